"""One transaction an act: committed whole, rolled back whole, an act within an act sharing the outer one."""

import pytest
from sqlalchemy import select

from scheduler.records.database import db
from scheduler.records.journal import Journal, enter, snapshot
from scheduler.records.writing import Parents, writing
from tests import make
from tests.actions.seen import journal
from tests.cast import AT, OFFICER
from tests.engines import on_postgresql

pytestmark = pytest.mark.usefixtures("app")


class Stopped(Exception):
    """What an act raises in these tests."""


@writing()
def note(word, *, at):
    enter("test", word, by=OFFICER, at=at)


@writing()
def note_and_stop(word, *, at):
    enter("test", word, by=OFFICER, at=at)
    raise Stopped


@writing()
def note_twice(*, at):
    note("first", at=at)
    note("second", at=at)


@writing()
def note_and_stop_within(*, at):
    note("outer", at=at)
    note_and_stop("inner", at=at)


def acts():
    db.session.rollback()
    return [line.act for line in journal()]


def test_an_act_is_committed():
    note("done", at=AT)
    assert acts() == ["done"]


def test_an_act_that_raises_leaves_nothing():
    with pytest.raises(Stopped):
        note_and_stop("undone", at=AT)
    assert acts() == []


def test_an_act_within_an_act_shares_its_transaction():
    note_twice(at=AT)
    assert acts() == ["first", "second"]
    with pytest.raises(Stopped):
        note_and_stop_within(at=AT)
    assert acts() == ["first", "second"]


@on_postgresql
def test_parents_are_asked_again_once_they_are_locked_so_that_none_is_missed():
    sites = [make.site(code).id for code in ("TOPIS", "SEOC")]
    asked = []

    def parents(*, at):
        asked.append(at)
        return Parents(sites=frozenset(sites))

    writing(parents)(lambda *, at: None)(at=AT)
    assert len(asked) == 2


def test_what_was_read_before_the_lock_is_not_written_over():
    site = make.site()
    assert site.notice_days == 0
    site.notice_days = 5

    note("something else", at=AT)
    assert db.session.scalar(select(type(site).notice_days)) == 0


def test_a_line_of_the_journal_keeps_plain_values():
    site = make.site(languages={"ko", "en"})
    line = enter(site, "look", by=OFFICER, at=AT, after=snapshot(site, "languages", "active_from", "code"))
    db.session.commit()
    kept = db.session.get_one(Journal, line.id, populate_existing=True)
    assert kept.after == {"languages": ["en", "ko"], "active_from": None, "code": "TOPIS"}
    assert (kept.subject, kept.subject_id, kept.actor, kept.before, kept.reason) == (
        "site",
        site.id,
        OFFICER.email,
        None,
        "",
    )
