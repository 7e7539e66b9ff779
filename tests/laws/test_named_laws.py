"""Every law the database names has words for a person, and both engines mean the same by it."""

import re

import pytest

from scheduler.core.lifecycle import OCCUPYING, VisitState
from scheduler.migrations.laws import SQL
from scheduler.words.law_words import LAWS, law_in
from tests import make
from tests.cast import seoul
from tests.laws.by_hand import Hand

REVISIONS = ("0001", "0002")
SQLITE, POSTGRESQL = (
    "\n".join((SQL / f"{revision}_{engine}.sql").read_text(encoding="utf-8") for revision in REVISIONS)
    for engine in ("sqlite", "postgresql")
)
TABLES = "\n".join(path.read_text(encoding="utf-8") for path in (SQL.parent / "versions").glob("*.py"))
# PostgreSQL keeps one form of instants, and knows no REPLACE.
SQLITE_ALONE = {"session_instants", "duty_instants", "row_is_not_replaced"}


def test_every_law_of_sqlite_has_words():
    assert set(re.findall(r"RAISE\(ABORT, '(\w+)'\)", SQLITE)) == set(LAWS)


def test_every_law_of_postgresql_has_words():
    refused = set(re.findall(r"refuse\('(\w+)'", POSTGRESQL)) | {"site_limits", "tour_limits"}
    excluded = set(re.findall(r"ADD CONSTRAINT (\w+)", POSTGRESQL))
    foreign_keys = {name for name in LAWS if name.startswith("fk_") and re.search(rf"\b{name}\b", TABLES)}
    assert refused | excluded | foreign_keys == set(LAWS) - SQLITE_ALONE


@pytest.mark.parametrize("name", sorted(LAWS))
def test_a_law_is_known_by_its_name_alone(name):
    assert law_in(f"{name}: 31 people for 30 places") == name


def test_a_constraint_that_only_sounds_like_a_law_is_none():
    assert law_in("CHECK constraint failed: ck_site_groups_at_once_positive") is None


@pytest.mark.parametrize("laws", [SQLITE, POSTGRESQL], ids=["sqlite", "postgresql"])
def test_the_states_that_occupy_are_those_of_the_rules(laws):
    lists = re.findall(r"IN \(('held'[^)]*)\)", laws)
    assert lists
    assert {frozenset(re.findall(r"'(\w+)'", told)) for told in lists} == {OCCUPYING}


def test_every_state_of_the_rules_is_known_to_the_database_and_no_other(hand: Hand):
    where = make.tour_session(make.tour(make.site(), places=100), seoul(14, 10))
    for state in VisitState:
        hand.write(hand.visit(make.delegation(), where, 1, state))
    assert hand.rows("SELECT count(*) FROM visit") == [(len(VisitState),)]
    assert hand.law_against(hand.visit(make.delegation(), where, 1, "awaited")) is None


def test_a_hold_without_an_end_is_refused(hand: Hand):
    where = make.tour_session(make.tour(make.site()), seoul(14, 10))
    hand.write(hand.visit(make.delegation(), where, 1))
    assert hand.law_against("UPDATE visit SET state = 'held'") is None
