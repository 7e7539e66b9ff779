"""Papers hold whatever is typed, come out the same every time, and can be read by those who listen."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from scheduler.papers.day_sheet import day_sheet_pdf
from scheduler.papers.plates import badges_pdf, name_plates_pdf, vehicle_sign_pdf
from scheduler.papers.programme import programme_pdf
from scheduler.papers.scripts import language_of_name
from scheduler.papers.typesetting import FONTS, unprintable
from tests.papers.fixed_papers import HEADING, MADE_AT, PEOPLE, SIGNS, day_sheet, programme
from tests.papers.printed import text_of

HOSTILE = "#panic() *a* _b_ $x$ \\ `c` <d> @e = f /* g */ // h #import \"paper.typ\": * [i] {j} ~ -- 'k'"


def badges(*names):
    people = [replace(PEOPLE[0], name=name) for name in names]
    return badges_pdf(HEADING, people, made_at=MADE_AT)


def test_what_is_typed_is_printed_as_it_stands_and_never_obeyed():
    (page,) = text_of(badges(HOSTILE))
    assert HOSTILE.replace(" ", "") in page.replace(" ", "")


@pytest.mark.parametrize(
    "sign", ["\u202e", "\u2067", "\u200b", "\ufeff", "\u00ad", "\u200d", "\n", "\t", "\x07", "\x00"]
)
def test_signs_without_a_shape_do_no_harm(sign):
    (page,) = text_of(badges(f"An{sign}Na"))
    assert re.search("An.?Na", page)


def test_a_sign_that_no_font_has_leaves_a_box_in_its_place():
    assert "□□□ Abebe 🙂".replace("🙂", "□") in text_of(badges("አበበ Abebe 🙂"))[0]
    assert unprintable("አበበ Abebe 🙂") == ["አ", "በ", "🙂"]


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Thị Hồng Nhung",
        "김민아 柳寬順",
        "王小明 朱镕基 堃喆",
        "髙橋 﨑山 齋藤",
        "محمد بن عبد الله الغامدي",
        "สมชาย ใจดี",
        "Өвөр Улаанбаатар",
        "दिल्ली క్షేత్రం",
        "Ελένη Ørsted Łukasz",
    ],
)
def test_names_of_our_guests_can_be_printed(name):
    assert unprintable(name) == []
    assert "□" not in text_of(badges(name))[0]


def test_every_sign_on_the_list_is_in_a_font_in_both_weights_or_stands_in_for_it():
    """What COVERAGE promises is kept: PDF/UA refuses a sign without a glyph, so setting them is the test."""
    signs = []
    for line in (FONTS / "COVERAGE").read_text(encoding="ascii").split():
        first, _, last = line.partition("-")
        signs += range(int(first, 16), int(last or first, 16) + 1, 7)
    plain = "".join(map(chr, signs))
    lines = [plain[at : at + 200] for at in range(0, len(plain), 200)]
    row = replace(day_sheet(1).rows[0], notes=tuple(lines))
    assert day_sheet_pdf(replace(day_sheet(1), rows=(row,)), made_at=MADE_AT).startswith(b"%PDF-1.7")


def test_rare_hanja_of_korean_names_can_be_printed_in_bold():
    assert "乶" in text_of(badges("李乶伊"))[0]


def test_the_same_paper_has_the_same_bytes_from_any_thread():
    def printed(_number):
        return programme_pdf(programme("ar"), programme("ko"), made_at=MADE_AT)

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(printed, range(8)))) == 1


def test_a_paper_tells_its_title_its_language_and_its_order_to_who_listens():
    reader = PdfReader(BytesIO(programme_pdf(programme("ko"), made_at=MADE_AT)))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "ko-KR"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "일정표 – Jeddah"
    assert reader.metadata.creation_date == MADE_AT
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()


def test_three_hundred_badges_are_made_while_one_waits():
    began = time.monotonic()
    pages = PdfReader(BytesIO(badges(*[f"Delegate {number}" for number in range(300)]))).pages
    assert len(pages) == 38
    assert time.monotonic() - began < 30


def test_every_badge_and_plate_bears_its_name_whole_however_long():
    (page,) = text_of(badges("W" * 200))
    assert page.replace(" ", "").count("W") == 200
    pages = text_of(name_plates_pdf(HEADING, [replace(PEOPLE[0], name="Ж" * 200)], made_at=MADE_AT))
    assert pages[0].replace(" ", "").count("Ж") in (200, 400)


@pytest.mark.parametrize(
    "name", ["W" * 200, "Ж" * 200, "組" * 200, "ع" * 200, "김" * 200, "ไ" * 200, "क" * 200]
)
def test_no_name_runs_off_its_badge(name):
    """Nothing is set outside the sheet: the box around all glyphs of a page lies within it."""
    seen = []
    reader = PdfReader(BytesIO(badges(name)))
    width = float(reader.pages[0].mediabox.width)
    reader.pages[0].extract_text(visitor_text=lambda text, cm, tm, font, size: seen.append((text, cm, tm)))
    places = [cm[4] + tm[4] for text, cm, tm in seen if text.strip()]
    assert all(0 <= place < width / 2 + 20 for place in places)


def test_an_empty_day_says_so_and_forty_visits_say_how_many_pages():
    (page,) = text_of(day_sheet_pdf(day_sheet(0), made_at=MADE_AT))
    assert "No delegation and no other booking on this day." in page
    pages = text_of(day_sheet_pdf(day_sheet(40), made_at=MADE_AT))
    assert [page[-5:] for page in pages] == [f"{n} / {len(pages)}" for n in range(1, len(pages) + 1)]
    for number in range(1, 41):
        assert f"Delegation of city {number} " in " ".join(pages)


@pytest.mark.parametrize("number", [1, 9, 12, 15, 16, 24])
def test_an_ordinary_day_stands_on_one_sheet(number):
    assert len(text_of(day_sheet_pdf(day_sheet(number), made_at=MADE_AT))) == 1


def test_a_vehicle_sign_is_one_sheet_a_vehicle():
    assert len(text_of(vehicle_sign_pdf(HEADING, SIGNS * 3, made_at=MADE_AT))) == 3


@pytest.mark.parametrize(
    ("name", "spoken", "language"),
    [
        ("김민아", (), "ko"),
        ("柳寬順 유관순", (), "ko"),
        ("髙橋 なおこ", (), "ja"),
        ("東京都", ("ja",), "ja"),
        ("東京都", (), "zh"),
        ("北京市", ("en", "zh"), "zh"),
        ("محمد", ("en",), "ar"),
        ("Nguyễn", ("vi",), "en"),
    ],
)
def test_a_name_is_printed_with_the_signs_of_its_own_language(name, spoken, language):
    assert language_of_name(name, spoken) == language
