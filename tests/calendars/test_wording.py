"""What becomes of texts before they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.calendars import wording
from tests.calendars.samples import HOSTILE_TEXTS

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=300) | st.sampled_from(
    list(HOSTILE_TEXTS.values())
)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain", "plain"),
        ("", ""),
        ("  around  ", "around"),
        ("one\r\ntwo\rthree\nfour", "one two three four"),
        ("one \r\n\r\n\t two", "one two"),
        ("one\u0085two\u2028three\u2029four", "one two three four"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("user\u202egpj.exe\u202c", "usergpj.exe"),
        ("\ufeffname\ud800", "name"),
        ("a  b", "a  b"),
        ("왼쪽\u200f오른쪽", "왼쪽\u200f오른쪽"),
        ("👩🏽‍🚒", "👩🏽‍🚒"),
        ("안녕", "안녕"),
    ],
)
def test_a_line_is_one_line(text, cleaned):
    assert wording.line(text) == cleaned


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("one\r\ntwo\rthree\n\nfour", "one\ntwo\nthree\n\nfour"),
        ("one\u2028two\u0085three\x0bfour\x0cfive", "one\ntwo\nthree\nfour\nfive"),
        ("a\tb\x00", "a\tb"),
        ("\n\n x \n", "x"),
    ],
)
def test_paragraphs_keep_their_line_breaks(text, cleaned):
    assert wording.paragraphs(text) == cleaned


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ('Dr. "Bat" Erdene', "Dr. Bat Erdene"),
        ("O'Neil", "O'Neil"),
        ("back\\", "back"),
        ("a^nb^^c^'d", "anbc'd"),
        ('"\\^', ""),
        ("a;b:c,d", "a;b:c,d"),
    ],
)
def test_a_name_has_nothing_that_ends_a_parameter(text, cleaned):
    assert wording.name(text) == cleaned


def test_long_texts_end_in_an_ellipsis():
    assert wording.line("abcdef", most=5) == "abcd…"
    assert wording.line("abcde", most=5) == "abcde"
    assert len(wording.name("가" * 300)) == 255
    assert len(wording.paragraphs("가" * 20_000)) == 10_000


def test_shortening_parts_no_accent_and_no_emoji():
    assert wording.line("abe\u0301f", most=4) == "ab…"
    assert wording.line("ab👩🏽‍🚒x", most=5) == "ab…"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://city.example/visits/7", "https://city.example/visits/7"),
        ("http://127.0.0.1:5000/a?b=c&d=e#f", "http://127.0.0.1:5000/a?b=c&d=e#f"),
        ("https://[::1]:8000/", "https://[::1]:8000/"),
        ("https://city.example/방문", "https://city.example/%EB%B0%A9%EB%AC%B8"),
        ('https://city.example/a b"c\\d', "https://city.example/a%20b%22c%5Cd"),
        ("https://city.example/a%2Fb", "https://city.example/a%2Fb"),
        ("https://city.example/\r\nATTENDEE:x", "https://city.example/%0D%0AATTENDEE:x"),
    ],
)
def test_a_web_address_is_ascii_and_one_line(text, address):
    assert wording.web_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/visits/7",
        "city.example",
        "javascript:alert(1)",
        "ftp://x.example/",
        "https://",
        "https://a@b.example/",
        "https://도시.example/",
        "https://x\r\ny/",
        " https://x.example/",
        "https:/x.example",
    ],
)
def test_what_is_no_web_address_is_refused(text):
    with pytest.raises(wording.NotAWebAddress, match="is no web address; write it like https://"):
        wording.web_address(text)


@pytest.mark.parametrize(
    ("text", "saved_as"),
    [
        ("Amman 2026", "Amman 2026.ics"),
        ("서울 · 방문", "서울 · 방문.ics"),
        ("../../etc/passwd", "etc passwd.ics"),
        ('x"; filename="evil.exe', "x   filename= evil.exe.ics"),
        ("a\r\nSet-Cookie: b", "a Set-Cookie  b.ics"),
        ("\u202egpj.exe", "gpj.exe.ics"),
        ("...", "calendar.ics"),
        ("", "calendar.ics"),
        ("가" * 300, "가" * 99 + "….ics"),
    ],
)
def test_a_file_name_is_no_path_and_no_header(text, saved_as):
    assert wording.file_name(text) == saved_as


def test_a_file_name_falls_back_to_what_the_caller_says():
    assert wording.file_name("//", fallback="visit-7") == "visit-7.ics"


@given(text=ANY_TEXT)
def test_cleaning_twice_changes_nothing(text):
    for clean in (wording.line, wording.paragraphs, wording.name):
        assert clean(clean(text)) == clean(text)


@given(text=ANY_TEXT)
def test_a_cleaned_line_is_one_line_for_python_too(text):
    assert len(wording.line(text).splitlines()) <= 1
    assert len(wording.name(text).splitlines()) <= 1
    wording.line(text).encode()
    wording.paragraphs(text).encode()
