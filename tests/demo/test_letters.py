"""A newcomer finds letters of every side in the demo city: to guests, sites, the office and those on duty."""

import email
from email.policy import default

from scheduler.demo.load import load_demo_city
from scheduler.post_room import bytes_of, in_post_room
from scheduler.records.letters import LetterKind, Side
from tests import posting
from tests.cast import seoul

AT = seoul(23, 9, month=11)


class StandingClock:
    """The computer's clock, as `scheduler.clock` asks it."""

    @staticmethod
    def now(zone):
        return AT.astimezone(zone)


def test_every_side_is_written_to_at_addresses_that_nobody_has(sqlite_app, monkeypatch):
    monkeypatch.setattr("scheduler.clock.datetime", StandingClock)
    load_demo_city(AT)
    letters = posting.written(sqlite_app)
    assert {letter.side for letter in letters} == set(Side)
    assert {letter.kind for letter in letters} == {LetterKind.INVITATION}
    assert {letter.address.rpartition(".")[2] for letter in letters} == {"example"}
    domains = {letter.address.partition("@")[2] for letter in letters}
    assert domains == {"demo.example", "guests.example", "staff.example", "hangang.example"}
    assert len({(letter.uid, letter.address) for letter in letters}) == len(letters)


def test_the_pier_without_an_account_is_asked_with_a_link_to_answer_by(sqlite_app, monkeypatch):
    monkeypatch.setattr("scheduler.clock.datetime", StandingClock)
    load_demo_city(AT)
    letter = next(each for each in posting.written(sqlite_app) if each.address == "pier@hangang.example")
    with in_post_room(sqlite_app):
        mail = email.message_from_bytes(bytes_of(letter), policy=default)
    assert str(mail["To"]) == "Pier office <pier@hangang.example>"
    assert "/answer/" in mail.get_body(("plain",)).get_content()
