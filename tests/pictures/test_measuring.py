"""Words measured and wrapped without a font: with and without spaces, marks kept with their letters."""

import pytest

from scheduler.pictures.measuring import width_of, wrapped


@pytest.mark.parametrize(
    "words",
    [
        "Jungnang Water Recycling Center / Sewerage Science Museum",
        "중랑물재생센터·서울하수도과학관",
        "首爾市立大學環境工程學系污水處理廠",
        "مركز جونغنانغ لإعادة تدوير المياه",
        "x" * 200,
        "กรุงเทพมหานคร" * 5,
    ],
)
def test_words_fit_in_two_lines(words):
    lines = wrapped(words, size=12, widest=124)
    assert 1 <= len(lines) <= 2
    assert all(width_of(line, 12) <= 124 for line in lines)


def test_a_cut_is_marked_and_what_fits_is_whole():
    assert wrapped("Reception at City Hall", size=12, widest=124) == ["Reception at City", "Hall"]
    assert wrapped("x" * 200, size=12, widest=124)[1].endswith("…")


def test_a_mark_stays_with_its_letter():
    assert not wrapped("e\u0301" * 60, size=12, widest=124)[1].startswith("\u0301")


def test_no_words_are_no_line():
    assert wrapped("  ", size=12, widest=124) == []
