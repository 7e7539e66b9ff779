"""Nobody overwrites what they have not seen."""


class StaleVersion(Exception):
    """The thing was changed since the asker read it. `current` is its version now."""

    def __init__(self, current: int) -> None:
        super().__init__(f"it is at version {current} by now")
        self.current = current


def must_be_current(current: int, seen: int | None) -> None:
    """Raise StaleVersion when the asker says which version they saw and it is no longer the one."""
    if seen is not None and seen != current:
        raise StaleVersion(current)
