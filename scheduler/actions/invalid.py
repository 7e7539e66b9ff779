"""A demand that has the right shape and still cannot be meant."""


class Invalid(Exception):
    """One field is at fault: which, and what would be right (a code and its facts; doors find the words)."""

    def __init__(self, field: str, code: str, **facts: object) -> None:
        super().__init__(f"{field}: {code}")
        self.field, self.code, self.facts = field, code, facts
