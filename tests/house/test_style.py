"""What can be measured of the house's style: sizes, first lines, settings explained, no inline code."""

import ast
import re

import pytest

from scheduler import config
from tests.house.modules import PACKAGE, ROOT, modules_of

MOST_LINES = 250
# A test is a table of cases more often than a thought; it may run on a little.
MOST_LINES_OF_A_TEST = 300
MOST_LINES_OF_A_FUNCTION = 40
MOST_LINES_OF_A_TEMPLATE = 80
# A comment that explains a setting stands above it or above a neighbour no further than this.
NEAR = 3
TEMPLATES = sorted((PACKAGE / "templates").rglob("*.html"))
# A block of data is no script: the browser runs nothing of it.
INLINE = re.compile(
    r"\sstyle=|<style|<script(?![^>]*\s(src=|type=.application/json))|\son[a-z]+=\"|javascript:",
    re.IGNORECASE,
)


def all_modules():
    return (*modules_of(), *modules_of(ROOT / "tests"), *modules_of(ROOT / "benchmarks"))


def test_no_file_is_longer_than_two_hundred_and_fifty_lines():
    long = {m.name: m.lines for m in all_modules() if m.lines > most_lines_of(m)}
    assert long == {}


def most_lines_of(module):
    return MOST_LINES_OF_A_TEST if module.name.startswith("tests.") else MOST_LINES


def test_no_function_is_longer_than_forty_lines():
    long = {
        f"{m.name}.{node.name}": node.end_lineno - node.lineno + 1
        for m in modules_of()
        for node in ast.walk(m.tree)
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    }
    assert long == {}


def test_every_file_opens_by_saying_what_it_keeps():
    silent = {m.name for m in all_modules() if m.tree.body and not ast.get_docstring(m.tree)}
    assert silent == set()


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "misc"])
def test_there_is_no_drawer_for_everything(word):
    assert {m.name for m in all_modules() if word in m.name.split(".")} == set()


def test_public_functions_of_core_crafts_and_actions_say_what_they_do():
    silent = {
        f"{m.name}.{node.name}"
        for m in modules_of()
        if m.name.startswith(
            ("scheduler.core.", "scheduler.calendars.", "scheduler.post.", "scheduler.actions.")
        )
        for node in m.tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    }
    assert silent == SPEAKING_FOR_THEMSELVES


# Names that say all there is to say.
SPEAKING_FOR_THEMSELVES: set[str] = set()


def test_every_setting_is_explained_by_a_comment_beside_it():
    lines = (PACKAGE / "config.py").read_text(encoding="utf-8").splitlines()
    unexplained = []
    for key in config.SETTINGS:
        at = next(n for n, line in enumerate(lines) if line.startswith(f'    "{key}":'))
        if not any(line.startswith("    #") for line in lines[max(0, at - NEAR) : at]):
            unexplained.append(key)
    assert unexplained == []


def test_every_setting_that_is_read_is_one_that_is_explained():
    read = {
        found
        for m in modules_of()
        for found in re.findall(r"config\[\"([A-Z_]+)\"\]", m.path.read_text(encoding="utf-8"))
    }
    assert read - set(config.SETTINGS) - {"SECRET_KEY", "SQLALCHEMY_DATABASE_URI", "TESTING"} == set()


def test_no_page_is_longer_than_eighty_lines():
    lengths = {t.name: len(t.read_text(encoding="utf-8").splitlines()) for t in TEMPLATES}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES_OF_A_TEMPLATE} == {}


def test_no_page_carries_inline_style_or_script():
    """Mails do: their readers' programs know no style sheets of ours. No page of ours shows them unframed."""
    found = {
        f"{template.relative_to(PACKAGE)}:{number}"
        for template in TEMPLATES
        if template.parent.name != "mails"
        for number, line in enumerate(template.read_text(encoding="utf-8").splitlines(), start=1)
        if INLINE.search(line)
    }
    assert found == set()
