"""Who is told what: each rule of the planner by itself; test_receivers.py has them all at once."""

from datetime import UTC, datetime

import pytest

from scheduler.calendars.correspondence import Message, News, Plan, Told, plan

AT = datetime(2026, 11, 2, 3, 4, 5, tzinfo=UTC)
BAT, DESK, GUIDE = "bat@ulaanbaatar.example", "desk@site.example", "guide@city.example"


def asked(seen="old", sequence=3):
    return Told("REQUEST", sequence, AT, seen)


def called_off(sequence=3):
    return Told("CANCEL", sequence, AT, "old")


@pytest.mark.parametrize(
    ("is_cancelled", "wanted", "told", "sequence", "news"),
    [
        (False, {BAT: "new"}, {}, 3, News.INVITATION),
        (True, {BAT: "new"}, {}, 3, None),
        (False, {BAT: "old"}, {BAT: asked()}, 3, None),
        (False, {BAT: "new"}, {BAT: asked()}, 4, News.CHANGE),
        (True, {BAT: "new"}, {BAT: asked()}, 4, News.CANCELLATION),
        (True, {}, {BAT: asked()}, 4, News.CANCELLATION),
        (False, {}, {BAT: asked()}, 4, News.WITHDRAWAL),
        (False, {BAT: "old"}, {BAT: called_off()}, 4, News.INVITATION),
        (False, {}, {BAT: called_off()}, 3, None),
        (True, {BAT: "old"}, {BAT: called_off()}, 3, None),
        (True, {}, {BAT: called_off()}, 3, None),
        (False, {}, {}, 3, None),
    ],
)
def test_one_person_is_told_what_they_do_not_know_yet(is_cancelled, wanted, told, sequence, news):
    found = plan(sequence=3, is_cancelled=is_cancelled, wanted=wanted, told=told)

    assert found == Plan(sequence, (Message(BAT, news),) if news else ())


def test_a_number_the_archive_has_raised_already_is_not_raised_again():
    found = plan(sequence=7, is_cancelled=False, wanted={BAT: "new"}, told={BAT: asked(sequence=6)})

    assert found.sequence == 7


def test_the_number_passes_the_highest_of_all_who_hear_of_it():
    told = {BAT: asked(sequence=9), DESK: asked(sequence=4)}

    found = plan(sequence=5, is_cancelled=False, wanted={BAT: "new", DESK: "new"}, told=told)

    assert found.sequence == 10


def test_a_newcomer_gets_the_number_the_others_have():
    told = {DESK: asked(sequence=6)}

    found = plan(sequence=2, is_cancelled=False, wanted={BAT: "old", DESK: "old"}, told=told)

    assert found == Plan(6, (Message(BAT, News.INVITATION),))


def test_a_corrected_address_is_a_withdrawal_and_then_an_invitation():
    found = plan(
        sequence=1,
        is_cancelled=False,
        wanted={BAT: "old", GUIDE: "old"},
        told={DESK: asked(), GUIDE: asked()},
    )

    assert found.messages == (Message(DESK, News.WITHDRAWAL), Message(BAT, News.INVITATION))


def test_the_order_of_the_messages_follows_the_addresses_and_not_the_rows():
    addresses = [f"{letter}@city.example" for letter in "qwertyuiop"]

    there = plan(sequence=0, is_cancelled=False, wanted=dict.fromkeys(addresses, "new"), told={})
    back = plan(sequence=0, is_cancelled=False, wanted=dict.fromkeys(addresses[::-1], "new"), told={})

    assert there == back
    assert [message.address for message in there.messages] == sorted(addresses)


def test_only_what_stands_in_a_calendar_counts_as_told():
    with pytest.raises(ValueError, match="keep REQUEST and CANCEL"):
        Told("DECLINECOUNTER", 3, AT, "old")
