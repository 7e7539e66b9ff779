"""Long lines: pieces of at most 75 octets, never half a letter or escape, put together again as they were."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar.parser import Contentlines

from scheduler.calendars.folding import BreaksALine, folded

HALF_AN_ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*\\\r\n ")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("X:" + "a" * 73, [75]),
        ("X:" + "a" * 74, [75, 2]),
        ("X:" + "a" * 73 + "b" * 75, [75, 75, 2]),
        ("X:" + "가" * 25, [74, 4]),
        ("X:" + "🤝" * 19, [74, 5]),
        ("X:" + "a" * 72 + r"\,b", [74, 4]),
        ("X:" + "a" * 71 + r"\,b", [75, 2]),
        ("X:" + "a" * 71 + r"\\\,b", [75, 4]),
    ],
)
def test_a_line_is_cut_as_late_as_it_may_be(line, expected):
    pieces = folded(line).removesuffix(b"\r\n").split(b"\r\n")

    assert [len(piece) for piece in pieces] == expected


@given(text=st.text(alphabet=st.sampled_from("a\\,가🤝é"), max_size=400))
def test_every_line_is_put_together_again_as_it_was(text):
    line = "X:" + text.replace("\\", r"\\").replace(",", r"\,")

    data = folded(line)

    assert data.replace(b"\r\n ", b"").decode() == line + "\r\n"
    assert [str(found) for found in Contentlines.from_ical(data) if found] == [line]
    assert max(len(piece) for piece in data.split(b"\r\n")) <= 75
    assert not HALF_AN_ESCAPE.search(data)
    for piece in data.split(b"\r\n "):
        piece.decode()


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_line_end_inside_a_line_is_refused(end):
    with pytest.raises(BreaksALine, match="is more than one line"):
        folded(f"SUMMARY:x{end}ATTENDEE:mailto:evil@x.example")
