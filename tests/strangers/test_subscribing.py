"""A stranger's calendar program subscribes to our feeds and sees what changed, all of it and nothing else."""

from datetime import timedelta

import pytest

from tests.engines import on_sqlite
from tests.strangers.clients import Seen, SyncFailed

pytestmark = on_sqlite
HOUR = timedelta(hours=1)
RENAMED = "Hội An · 호이안"


@pytest.fixture
def guests_feed(office, town):
    """The number and the address of Hanoi's feed."""
    return office.feed("delegation", delegation_id=town.hanoi)


@pytest.fixture
def guest(subscribe, guests_feed):
    """One of Hanoi's guests, who subscribed."""
    return subscribe(guests_feed[1])


def shown(starts_at, title, status):
    return Seen(starts_at, starts_at + HOUR, title, status)


def unchanged(before, after):
    """The files that were not written again."""
    return {name for name, file in after.items() if before.get(name) == file}


def test_a_guest_sees_every_change_of_the_programme_and_nothing_else(guest, office, town):
    assert guest.look() == []

    topis = office.book(town.hanoi, "TOPIS-T", town.at(10))
    asked = shown(town.at(10), "TOPIS: Tour of TOPIS", "TENTATIVE")
    assert guest.look() == [asked]

    park = office.book(town.hanoi, "PARK-T", town.at(14, day=1))
    last = shown(town.at(14, day=1), "PARK: Tour of PARK", "TENTATIVE")
    before = guest.fetching.files()
    assert guest.look() == [asked, last]
    assert unchanged(before, guest.fetching.files()) == set(before)

    agreement = {"by": "Ms Kim", "at": "2026-01-05T10:00:00+09:00", "channel": "telephone"}
    office.ask("POST", f"/visits/{topis}/confirm", {"agreement": agreement})
    agreed = shown(town.at(10), "TOPIS: Tour of TOPIS", "CONFIRMED")
    assert guest.look() == [agreed, last]

    moved_to = {"tour_code": "TOPIS-T", "starts_at": town.at(14).isoformat(), "acknowledge": ["all"]}
    office.ask("POST", f"/visits/{topis}/move", moved_to)
    moved = shown(town.at(14), "TOPIS: Tour of TOPIS", "TENTATIVE")
    assert guest.look() == [moved, last]

    office.ask("POST", f"/visits/{topis}/decline", {"reason": "The hall is closed."})
    declined = shown(town.at(14), "TOPIS: Tour of TOPIS", "CANCELLED")
    assert guest.look() == [declined, last]

    before = guest.fetching.files()
    office.ask("POST", f"/visits/{park}/cancel", {"reason": "They fly home."})
    cancelled = shown(town.at(14, day=1), "PARK: Tour of PARK", "CANCELLED")
    assert guest.look() == [declined, cancelled]
    assert len(unchanged(before, guest.fetching.files())) == 1


def test_nothing_is_written_when_nothing_changed_and_nothing_is_told_of_others(guest, office, town):
    office.book(town.hanoi, "TOPIS-T", town.at(10))
    office.book(town.hanoi, "PARK-T", town.at(14))
    first, _second = guest.look()
    assert first.location == "TOPIS, Sejong-daero 1"
    assert "Delegation: Hanoi, 10 people" in first.description

    before = guest.fetching.files()
    office.book(town.kampala, "TOPIS-T", town.at(14, day=1))
    guest.look()
    assert guest.fetching.files() == before
    assert not [data for _, data in before.values() if b"Kampala" in data]


def test_a_site_sees_who_comes_by_their_new_name_and_no_longer_who_goes_elsewhere(subscribe, office, town):
    manager = subscribe(office.feed("site", site="TOPIS")[1])
    hanoi = office.book(town.hanoi, "TOPIS-T", town.at(10))
    office.book(town.kampala, "TOPIS-T", town.at(14))
    kampala = shown(town.at(14), "Kampala (10)", "TENTATIVE")
    assert manager.look() == [shown(town.at(10), "Hanoi (10)", "TENTATIVE"), kampala]

    before = manager.fetching.files()
    office.ask("PATCH", f"/delegations/{town.hanoi}", {"name": RENAMED})
    assert manager.look() == [shown(town.at(10), f"{RENAMED} (10)", "TENTATIVE"), kampala]
    assert len(unchanged(before, manager.fetching.files())) == 1

    before = manager.fetching.files()
    elsewhere = {"tour_code": "PARK-T", "starts_at": town.at(10).isoformat(), "acknowledge": ["all"]}
    office.ask("POST", f"/visits/{hanoi}/move", elsewhere)
    assert manager.look() == [kampala]
    assert unchanged(before, manager.fetching.files()) == set(manager.fetching.files())


def test_a_withdrawn_feed_is_an_error_and_what_was_fetched_stays(guest, guests_feed, office, town):
    office.book(town.hanoi, "TOPIS-T", town.at(10))
    fetched, files = guest.look(), guest.fetching.files()
    office.ask("DELETE", f"/feeds/{guests_feed[0]}")
    with pytest.raises(SyncFailed, match="GONE"):
        guest.look()
    assert (guest.shown(), guest.fetching.files()) == (fetched, files)
    assert len(fetched) == 1
