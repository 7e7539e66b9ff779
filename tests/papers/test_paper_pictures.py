"""Papers, page by page, against pictures looked at by eye; what was made lies in tests/artefacts/."""

from dataclasses import asdict, replace

import pytest

from scheduler.papers.programme import programme_pictures
from scheduler.papers.typesetting import pictures
from tests.papers.fixed_papers import HEADING, PEOPLE, SIGNS, arabic_day_sheet, day_sheet, programme
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


def test_so_does_a_day_sheet_in_arabic_with_names_of_other_scripts():
    pages = pictures("day_sheet", arabic_day_sheet(), dots_per_inch=DOTS_PER_INCH)
    assert differing("day-sheet-arabic", pages) == []


def test_so_does_a_draft_in_arabic_with_korean_beside_it():
    first, second = (
        replace(programme(language), draft=words) for language, words in (("ar", "مسودة"), ("ko", "초안"))
    )
    pages = programme_pictures(first, second, dots_per_inch=DOTS_PER_INCH)
    assert differing("programme-draft", pages) == []


def test_so_does_a_vehicle_sign_in_arabic():
    signs = heading(signs=SIGNS) | {"language": "ar"}
    pages = pictures("vehicle_sign", signs, dots_per_inch=DOTS_PER_INCH)
    assert differing("vehicle-sign", pages) == []
