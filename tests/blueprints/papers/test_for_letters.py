"""The day sheet as the worker attaches it to a letter: in its reader's language, with no request at hand."""

from io import BytesIO

from flask_babel import force_locale
from pypdf import PdfReader

from scheduler.records.rosters import roster_of
from scheduler.words.day_sheets import day_sheet_of
from tests.cast import AT


def test_a_day_sheet_is_made_without_a_request(app, topis, visit):
    with force_locale("ko"):
        pdf = day_sheet_of(roster_of(topis, visit.starts_at.date()), at=AT)
    (page,) = PdfReader(BytesIO(pdf)).pages
    text = page.extract_text()
    for words in ("서울교통정보센터", "2026. 12. 14.(월)", "10:00~11:00", "교통 관제"):
        assert words in text
