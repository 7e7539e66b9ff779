"""Days as people read them, in the form of the reader's language."""

from datetime import date

import pytest

from scheduler.words.instants import days_in_short


@pytest.mark.parametrize(
    ("language", "first", "last", "told"),
    [
        ("en", date(2026, 12, 14), date(2026, 12, 16), "Mon 14 Dec – Wed 16 Dec 2026"),
        ("en", date(2026, 12, 30), date(2027, 1, 3), "Wed 30 Dec 2026 – Sun 3 Jan 2027"),
        ("ko", date(2026, 12, 14), date(2026, 12, 16), "2026. 12. 14.(월) – 12. 16.(수)"),
        ("ko", date(2026, 12, 30), date(2027, 1, 3), "2026. 12. 30.(수) – 2027. 1. 3.(일)"),
    ],
)
def test_a_stay_names_its_year_where_the_language_wants_it(app, language, first, last, told):
    with app.test_request_context(f"/?lang={language}"):
        assert days_in_short(first, last) == told
