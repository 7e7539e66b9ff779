"""Resources as they are looked for, and the duties they have before them."""

from datetime import date

import pytest

from scheduler.core.duties import DutyState, ResourceKind
from scheduler.core.spans import Span
from scheduler.records.resource_lookup import ResourceSearch, duties_touching, next_duties, resources_found
from tests import make, staff
from tests.cast import seoul

pytestmark = pytest.mark.usefixtures("app")
GUIDE, INTERPRETER = ResourceKind.GUIDE, ResourceKind.INTERPRETER


def test_resources_are_found_by_kind_language_site_and_name():
    topis, museum = make.site("TOPIS"), make.site("CGC-M")
    staff.guide(topis, "en", "ar", name="Guide A")
    staff.guide(museum, "ja", name="Guide B")
    staff.interpreter("ar-ko", "en-ko", name="Interpreter A")
    staff.interpreter("ko-zh", name="Interpreter B", active_to=date(2026, 11, 1))
    staff.vehicle(45, name="Bus 100%")

    def names(**asked):
        return [found.name for found in resources_found(ResourceSearch(**asked))]

    assert names() == ["Guide A", "Guide B", "Interpreter A", "Interpreter B", "Bus 100%"]
    assert names(kind=GUIDE) == ["Guide A", "Guide B"]
    assert names(language="ar") == ["Guide A", "Interpreter A"]
    assert names(language="ko") == ["Interpreter A", "Interpreter B"]
    assert names(language="k") == []
    assert names(site="CGC-M") == ["Guide B"]
    assert names(words="interpreter b") == ["Interpreter B"]
    assert names(words="100%") == ["Bus 100%"]
    assert names(words="%") == ["Bus 100%"]
    assert names(kind=INTERPRETER, on=date(2026, 12, 1)) == ["Interpreter A"]


def test_duties_are_those_that_occupy_and_touch():
    bus, who = staff.vehicle(), make.delegation()
    kept = staff.day_duty(bus, who, seoul(14, 9))
    staff.day_duty(bus, who, seoul(15, 9), state=DutyState.REFUSED)
    touching = duties_touching(bus.id, Span(seoul(14, 16), seoul(20)))
    assert [duty.id for duty in touching] == [kept.id]
    assert duties_touching(bus.id, Span(seoul(14, 17), seoul(20))) == []
    assert next_duties([bus.id, 999], seoul(14, 16)) == {bus.id: 1}
