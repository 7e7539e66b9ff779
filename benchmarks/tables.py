"""Tables of figures: a line per number, a column per load, and the growth from the first to the last."""

from collections.abc import Iterator, Mapping

from benchmarks.figures import Figure


def table(heading: str, by_load: Mapping[int, list[Figure]]) -> Iterator[str]:
    """The lines of one engine's table."""
    loads = list(by_load)
    yield heading
    yield _line("existing visits", "", [f"{load:,}" for load in loads], "growth")
    subject = None
    for number, figure in enumerate(by_load[loads[0]]):
        row = [by_load[load][number] for load in loads]
        growth = f"x {row[-1].value / row[0].value:.2f}" if figure.grows and len(row) > 1 else ""
        shown = figure.subject if figure.subject != subject else ""
        yield _line(shown, figure.name, [f"{f.value:,.{f.digits}f}" for f in row], growth)
        subject = figure.subject


def _line(subject: str, name: str, values: list[str], growth: str) -> str:
    return f"{subject:<38} {name:<12}" + "".join(f"{value:>11}" for value in values) + f"{growth:>9}"
