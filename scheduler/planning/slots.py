"""So many planners at once on a machine: each holds a file's lock for as long as it lives.

Whoever looks at these files, takes or leaves one, holds the door's lock; so nobody is counted twice.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

IDLE, BUSY = b"idle", b"busy"


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of one city's planners: files in a folder, named after its database."""

    folder: Path
    city: str
    most: int

    @contextmanager
    def door(self) -> Iterator[None]:
        """One at a time: held for moments only. Raises OSError where the folder cannot be written."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = _opened(self.folder / "door")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def idle(self) -> int:
        """How many planners live and have nothing to do."""
        return sum(
            1 for path in self._paths() if path.exists() and not _is_free(path) and _says(path) == IDLE
        )

    def take(self) -> "Slot | None":
        """A free slot, locked, or None where so many planners live already."""
        for path in self._paths():
            handle = _opened(path)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(handle)
                continue
            slot = Slot(handle, path)
            slot.say(IDLE)
            return slot
        return None

    def _paths(self) -> list[Path]:
        return [self.folder / f"{self.city}-{number}" for number in range(self.most)]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place among the planners. The lock goes on with whoever inherits the handle."""

    handle: int
    path: Path

    def say(self, what: bytes) -> None:
        """Tell whether its planner has something to do."""
        os.pwrite(self.handle, what, 0)

    def leave(self) -> None:
        """Give it up, with the door held."""
        self.path.unlink(missing_ok=True)
        os.close(self.handle)


def city_called(database_url: str) -> str:
    """A short name of a city, the same for everybody who serves it from this machine."""
    return hashlib.sha256(database_url.encode()).hexdigest()[:16]


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


def _is_free(path: Path) -> bool:
    handle = _opened(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


def _says(path: Path) -> bytes:
    return path.read_bytes()
