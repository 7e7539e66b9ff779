"""QR codes as drawings: black on white, without style of their own, with a quiet zone."""

import xml.etree.ElementTree as ET

from scheduler.papers.qr import QUIET_ZONE, qr_svg

URL = "https://visits.seoul.example/gate/uUwAAAAHAAN6S9LZpWtZIRGv"


def test_an_address_of_this_length_makes_a_code_that_reads_in_the_rain():
    drawn = ET.fromstring(qr_svg(URL))  # noqa: S314  our own drawing
    assert drawn.get("viewBox") == f"0 0 {33 + 2 * QUIET_ZONE} {33 + 2 * QUIET_ZONE}"
    assert [path.get("fill") or path.get("stroke") for path in drawn] == ["#fff", "#000"]


def test_nothing_in_it_is_refused_by_a_strict_policy_and_it_is_drawn_the_same_each_time():
    assert "style" not in qr_svg(URL)
    assert "<script" not in qr_svg(URL)
    assert qr_svg(URL) == qr_svg(URL)
