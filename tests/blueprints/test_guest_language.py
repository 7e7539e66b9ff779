"""In which language guests are written to, when nobody asked for one."""

import pytest

from scheduler.language import guest_language
from scheduler.records.delegations import Delegation


@pytest.mark.parametrize(
    ("country", "spoken", "language"),
    [
        ("JP", {"en", "ja"}, "ja"),
        ("JP", {"en"}, "en"),
        ("TW", {"en", "zh"}, "zh"),
        ("SG", {"zh", "en"}, "en"),
        ("SG", {"zh", "ms"}, "zh"),
        ("MA", {"fr", "ar"}, "ar"),
        ("VN", {"vi", "en", "ko"}, "en"),
        ("VN", {"vi", "zh", "ko"}, "ko"),
        ("VN", {"vi"}, "en"),
        (None, {"ja"}, "ja"),
        ("XX", set(), "en"),
    ],
)
def test_guests_are_written_to_in_a_language_of_theirs(app, country, spoken, language):
    assert guest_language(Delegation(country=country, languages=frozenset(spoken))) == language


def test_a_language_that_we_do_not_have_is_not_promised(app):
    app.config["LANGUAGES"] = {"en": "English", "ko": "한국어"}
    assert guest_language(Delegation(country="JP", languages=frozenset({"ja", "ko"}))) == "ko"
