"""Papers, page by page, against pictures looked at by eye; what was made lies in tests/artefacts/."""

from dataclasses import asdict

import pytest

from scheduler.papers.programme import programme_pictures
from scheduler.papers.typesetting import pictures
from tests.papers.fixed_papers import HEADING, PEOPLE, SIGNS, day_sheet, programme
from tests.papers.printed import DOTS_PER_INCH, differing

LANGUAGES = ("ko", "en", "zh", "ja", "ar")


def heading(**several):
    return asdict(HEADING) | {name: [asdict(each) for each in told] for name, told in several.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_programme_looks_as_it_did_when_it_was_looked_at(language):
    pages = programme_pictures(programme(language), dots_per_inch=DOTS_PER_INCH)
    assert differing(f"programme-{language}", pages) == []


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "ko"])
def test_so_does_a_programme_with_korean_beside_it(language):
    pages = programme_pictures(programme(language), programme("ko"), dots_per_inch=DOTS_PER_INCH)
    assert differing(f"programme-{language}-ko", pages) == []


@pytest.mark.parametrize("number", [0, 6, 40])
def test_so_does_a_day_sheet(number):
    pages = pictures("day_sheet", day_sheet(number), dots_per_inch=DOTS_PER_INCH)
    assert differing(f"day-sheet-{number}-visits", pages) == []


@pytest.mark.parametrize("paper", ["badges", "name_plates"])
def test_so_do_names_in_six_scripts_without_end_and_hostile(paper):
    pages = pictures(paper, heading(people=PEOPLE), dots_per_inch=DOTS_PER_INCH)
    assert differing(paper.replace("_", "-"), pages) == []


def test_so_does_a_vehicle_sign():
    pages = pictures("vehicle_sign", heading(signs=SIGNS), dots_per_inch=DOTS_PER_INCH)
    assert differing("vehicle-sign", pages) == []
