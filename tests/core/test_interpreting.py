"""Who can speak with whom."""

import pytest

from scheduler.core.booking import decide
from scheduler.core.interpreting import common_language, language_refusals
from tests.cast import seoul
from tests.core.given import ASKED_AT, codes, delegation, diary, request, running, site


@pytest.mark.parametrize(
    ("guests", "guides", "asked_for", "has_interpreter", "refused"),
    [
        ({"en"}, {"en", "ko"}, None, False, False),
        ({"ar", "en"}, {"en"}, None, False, False),
        ({"ar"}, {"en"}, None, False, True),
        ({"ar"}, {"en"}, None, True, False),
        ({"ar", "en"}, {"en"}, "en", False, False),
        ({"ar", "en"}, {"en"}, "ar", False, True),
        ({"ar", "en"}, {"en"}, "ar", True, False),
        ({"en"}, {"en", "ko"}, "ko", False, True),
        ({"en"}, set(), None, False, True),
        (set(), {"en"}, None, False, True),
    ],
)
def test_a_common_language_or_an_interpreter_is_needed(guests, guides, asked_for, has_interpreter, refused):
    asked = diary(
        running(seoul(14, 10)),
        site=site(languages=frozenset(guides)),
        delegation=delegation(languages=frozenset(guests), has_interpreter=has_interpreter),
    )
    assert codes(decide(request(language=asked_for), asked, ASKED_AT)) == (
        {"no_common_language"} if refused else set()
    )


@pytest.mark.parametrize(("asked_for", "refused"), [(None, False), ("en", False), ("ja", True)])
def test_without_a_delegation_the_language_asked_for_stands_alone(asked_for, refused):
    asked = diary(running(seoul(14, 10)), delegation=None)
    assert codes(decide(request(language=asked_for), asked, ASKED_AT)) == (
        {"no_common_language"} if refused else set()
    )


@pytest.mark.parametrize(
    ("guests", "asked_for", "spoken"),
    [
        ({"ja", "en"}, None, "en"),
        ({"ja", "en"}, "ja", "ja"),
        ({"th", "ar"}, None, "ar"),
        (set(), None, None),
    ],
)
def test_the_visit_is_in_the_language_asked_for_or_shared_or_the_guests_own(guests, asked_for, spoken):
    assert common_language(site(), delegation(languages=frozenset(guests)), asked_for) == spoken


def test_a_language_that_the_guests_do_not_speak_is_told_as_such():
    (refusal,) = language_refusals(site(), delegation(languages=frozenset({"ja"})), "en")
    assert refusal.facts == {"wanted": ["en"], "site": ["en"], "guests": ["ja"]}
