"""The project's own files, parsed: what each imports, calls and holds."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "scheduler"


@dataclass(frozen=True)
class Module:
    """One Python file of the project."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def lines(self) -> int:
        return len(self.path.read_text(encoding="utf-8").splitlines())

    @property
    def imports(self) -> set[str]:
        """Every module it imports, wherever in the file, in full."""
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                module = self._absolute(node)
                found |= {module} | {f"{module}.{alias.name}" for alias in node.names}
        return found

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parents = self.name.split(".")
        is_package = self.path.name == "__init__.py"
        kept = parents[: len(parents) - node.level + (1 if is_package else 0)]
        return ".".join([*kept, *([node.module] if node.module else [])])


@cache
def modules_of(directory: Path = PACKAGE) -> tuple[Module, ...]:
    """Every Python file under a directory; written-once migrations are left out."""
    return tuple(
        Module(_name(path), path, ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(directory.rglob("*.py"))
        if "versions" not in path.parts
    )


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
