"""Tables of figures: a line per number, a column per load, and the growth from the first to the last."""

from collections.abc import Iterable, Iterator

from benchmarks.figures import Figure


def table(heading: str, loads: list[int], figures: Iterable[Figure]) -> Iterator[str]:
    """The lines of one engine's table."""
    yield heading
    yield _line("existing visits", "", [f"{load:,}" for load in loads], "growth")
    subject = None
    for figure in figures:
        growth = f"x {figure.values[-1] / figure.values[0]:.2f}" if figure.grows and len(loads) > 1 else ""
        values = [f"{value:,.{figure.digits}f}" for value in figure.values]
        yield _line(figure.subject if figure.subject != subject else "", figure.name, values, growth)
        subject = figure.subject


def _line(subject: str, name: str, values: list[str], growth: str) -> str:
    return f"{subject:<38} {name:<12}" + "".join(f"{value:>11}" for value in values) + f"{growth:>9}"
