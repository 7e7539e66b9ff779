"""What is not there, or not there for you: the two are told the same way."""


class NotFound(LookupError):
    """No such thing for whoever asks. `what` names the kind of thing, `which` how it was asked for."""

    def __init__(self, what: str, which: object) -> None:
        super().__init__(f"no {what} {which!r}")
        self.what, self.which = what, which
