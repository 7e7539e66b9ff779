"""Request letters as files."""

from io import BytesIO

import pytest

from scheduler.records.database import db
from scheduler.records.documents import Document
from tests import make


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.pdf", b"%PDF-1.4", "application/pdf"),
        ("a.JPG", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("a.docx", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.hwp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-hwp"),
    ],
)
def test_papers_pictures_and_office_files_are_taken(as_officer, name, content, media_type):
    who = make.delegation()
    as_officer.get(f"/delegations/{who.id}")
    as_officer.submit(f"/delegations/{who.id}/letter", {"letter": (BytesIO(content), name)})
    as_officer.get(f"/delegations/{who.id}/letter")
    assert (as_officer.answer.data, as_officer.answer.mimetype) == (content, media_type)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<script>alert(1)</script>"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.pdf", b"MZ\x90\x00 a program that calls itself a paper"),
        ("a.pdf", b""),
        ("noending", b"%PDF-1.4"),
    ],
)
def test_anything_else_is_refused_whatever_it_calls_itself(as_officer, name, content):
    who = make.delegation()
    as_officer.get(f"/delegations/{who.id}")
    page = as_officer.submit(
        f"/delegations/{who.id}/letter", {"letter": (BytesIO(content), name)}, status=422
    )
    assert "Send one of these kinds of file: pdf, jpg," in page
    assert db.session.query(Document).count() == 0


def test_a_file_over_ten_megabytes_is_refused(as_officer):
    who = make.delegation()
    as_officer.get(f"/delegations/{who.id}")
    large = BytesIO(b"%PDF-" + b"0" * (10 * 1024 * 1024))
    page = as_officer.submit(f"/delegations/{who.id}/letter", {"letter": (large, "large.pdf")}, status=422)
    assert "This file is larger than ten megabytes." in page


def test_no_file_is_told_so(as_officer):
    who = make.delegation()
    as_officer.get(f"/delegations/{who.id}")
    page = as_officer.submit(f"/delegations/{who.id}/letter", status=422)
    assert "Choose a file." in page


def test_a_new_letter_takes_the_place_of_the_old_one(as_officer):
    who = make.delegation()
    as_officer.get(f"/delegations/{who.id}")
    for content in (b"%PDF-1", b"%PDF-2"):
        as_officer.submit(f"/delegations/{who.id}/letter", {"letter": (BytesIO(content), "a.pdf")})
    as_officer.get(f"/delegations/{who.id}/letter")
    assert as_officer.answer.data == b"%PDF-2"
    assert db.session.query(Document).count() == 1


def test_where_no_letter_is_there_is_nothing_to_fetch(as_officer):
    as_officer.get(f"/delegations/{make.delegation().id}/letter", status=404)
