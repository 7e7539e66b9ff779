"""Links for people without an account: made, opened once, run out, revoked, forged."""

from datetime import timedelta

import pytest

from scheduler.access import NotPermitted
from scheduler.actions.invalid import Invalid
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.link_answers import VisitAnswer, VisitAnswerKind, answer_site_link
from scheduler.actions.links import (
    LinkExpired,
    LinkRevoked,
    LinkUnknown,
    LinkUsed,
    NothingToAsk,
    link_opened_by,
    make_day_link,
    make_site_link,
    revoke_link,
)
from scheduler.actions.sites import close_site
from scheduler.actions.tokens import digest_of
from scheduler.core.lifecycle import Act
from scheduler.core.spans import Span
from scheduler.records.absence import NotFound
from scheduler.records.link_lookup import answered_since, open_links, page_of_links
from scheduler.records.links import LinkState
from tests import make
from tests.actions.seen import confirm, journal
from tests.cast import AT, HEAD, OFFICER, manager_of, seoul

pytestmark = pytest.mark.usefixtures("app")
DAY = seoul(14).date()


@pytest.fixture
def tour():
    return make.tour(make.site(), needs_agreement=True)


@pytest.fixture
def visit(tour):
    return make.visit(make.delegation(), make.tour_session(tour, seoul(14, 10)))


def link_for(*visits, **how):
    return make_site_link(visits[0].site_id, [visit.id for visit in visits], by=OFFICER, at=AT, **how)


def yes_to(visit):
    return VisitAnswer(visit_id=visit.id, seen=visit.version, kind=VisitAnswerKind.AGREE)


def test_a_link_is_for_fourteen_days_and_only_the_digest_of_its_secret_is_kept(visit):
    link, secret = link_for(visit)
    assert len(secret) == 43
    assert (link.digest, link.asked) == (digest_of(secret), [[visit.id, 1]])
    assert link.expires_at == AT + timedelta(days=14)
    assert secret not in str(journal("make_link")[0].after)
    assert link_opened_by(secret, AT) is link


def test_a_link_lasts_no_longer_than_until_the_first_visit_begins(tour):
    soon = make.visit(
        make.delegation(arrives_at=seoul(20, month=11)), make.tour_session(tour, seoul(25, 10, month=11))
    )
    assert link_for(soon)[0].expires_at == soon.starts_at
    wanted = soon.starts_at - timedelta(hours=1)
    assert link_for(soon, expires_at=wanted)[0].expires_at == wanted


@pytest.mark.parametrize("wanted", [AT, AT - timedelta(days=1), seoul(14, 10, 1)])
def test_a_link_cannot_end_before_now_nor_after_the_visit_began(visit, wanted):
    with pytest.raises(Invalid) as caught:
        link_for(visit, expires_at=wanted)
    assert (caught.value.field, caught.value.code) == ("expires_at", "out_of_range")


def test_a_day_is_asked_with_all_that_waits_there_and_nothing_else(tour, visit):
    agreed = make.visit(make.delegation("B"), make.tour_session(tour, seoul(14, 11)))
    confirm(agreed)
    make.visit(make.delegation("C"), make.tour_session(tour, seoul(15, 11)))
    late = make.visit(make.delegation("D"), make.tour_session(tour, seoul(14, 16)))
    assert make_day_link(tour.site_id, DAY, by=OFFICER, at=AT)[0].asked == [[visit.id, 1], [late.id, 1]]
    close_site(tour.site_id, Span(seoul(14, 11), seoul(14, 12)), "Drill", by=OFFICER, at=AT)
    asked = make_day_link(tour.site_id, DAY, by=OFFICER, at=AT)[0].asked
    assert [number for number, _version in asked] == [visit.id, agreed.id, late.id]


def test_only_what_waits_for_an_answer_can_be_asked_about(tour, visit):
    with pytest.raises(NothingToAsk):
        make_site_link(tour.site_id, [], by=OFFICER, at=AT)
    with pytest.raises(NothingToAsk):
        make_day_link(tour.site_id, seoul(15).date(), by=OFFICER, at=AT)
    with pytest.raises(NothingToAsk):
        make_site_link(tour.site_id, [visit.id], by=OFFICER, at=visit.starts_at)
    confirm(visit)
    with pytest.raises(NothingToAsk):
        link_for(visit)
    with pytest.raises(NotFound):
        make_site_link(make.site("OTHER").id, [visit.id], by=OFFICER, at=AT)


@pytest.mark.parametrize("who", ["head", "manager"])
def test_only_officers_make_and_revoke_links(tour, visit, who):
    by = HEAD if who == "head" else manager_of(tour.site_id)
    link, _secret = link_for(visit)
    with pytest.raises(NotPermitted):
        make_site_link(tour.site_id, [visit.id], by=by, at=AT)
    with pytest.raises(NotPermitted):
        revoke_link(link.id, by=by, at=AT)


def test_a_forged_secret_opens_nothing(visit):
    link, secret = link_for(visit)
    forged = [
        "",
        "x",
        secret[:-1],
        secret + "A",
        secret.swapcase(),
        link.digest,
        "'; DROP TABLE link; --",
        "한" * 43,
    ]
    for wrong in forged:
        with pytest.raises(LinkUnknown):
            link_opened_by(wrong, AT)
        with pytest.raises(LinkUnknown):
            answer_site_link(wrong, [yes_to(visit)], answered_by="Kim", at=AT)


def test_a_link_runs_out_to_the_second(visit):
    link, secret = link_for(visit)
    assert link_opened_by(secret, link.expires_at - timedelta(seconds=1))
    with pytest.raises(LinkExpired):
        link_opened_by(secret, link.expires_at)
    with pytest.raises(LinkExpired):
        answer_site_link(secret, [yes_to(visit)], answered_by="Kim", at=link.expires_at)


def test_a_link_that_was_taken_back_opens_nothing_and_can_be_taken_back_again(visit):
    link, secret = link_for(visit)
    revoke_link(link.id, by=OFFICER, at=AT)
    revoke_link(link.id, by=OFFICER, at=AT)
    assert len(journal("revoke_link")) == 1
    with pytest.raises(LinkRevoked):
        link_opened_by(secret, AT)
    with pytest.raises(LinkRevoked):
        answer_site_link(secret, [yes_to(visit)], answered_by="Kim", at=AT)
    with pytest.raises(NotFound):
        revoke_link(999, by=OFFICER, at=AT)


def test_what_was_answered_cannot_be_taken_back(visit):
    link, secret = link_for(visit)
    answer_site_link(secret, [yes_to(visit)], answered_by="Kim", at=AT)
    with pytest.raises(LinkUsed):
        revoke_link(link.id, by=OFFICER, at=AT)
    with pytest.raises(LinkUsed):
        link_opened_by(secret, link.expires_at + timedelta(days=1))


def test_links_are_listed_by_how_they_stand(tour, visit):
    others = [
        make.visit(make.delegation(name), make.tour_session(tour, seoul(14, hour)))
        for name, hour in (("B", 11), ("C", 12), ("D", 13))
    ]
    links = [link_for(each) for each in (visit, *others[:2])]
    ending = link_for(others[2], expires_at=AT + timedelta(hours=1))[0]
    answer_site_link(links[0][1], [yes_to(visit)], answered_by="Kim", at=AT)
    revoke_link(links[1][0].id, by=OFFICER, at=AT)
    later = AT + timedelta(hours=1)
    standing = {state: [link.id for link in page_of_links(1, later, state=state)[0]] for state in LinkState}
    assert standing == {
        LinkState.ANSWERED: [links[0][0].id],
        LinkState.REVOKED: [links[1][0].id],
        LinkState.OPEN: [links[2][0].id],
        LinkState.EXPIRED: [ending.id],
    }
    assert {link.state_at(later) for link in page_of_links(1, later)[0]} == set(LinkState)
    assert [link.id for link in open_links(later, site_id=tour.site_id)] == [links[2][0].id]
    assert [link.id for link in answered_since(AT - timedelta(seconds=1))] == [links[0][0].id]
    assert answered_since(AT) == []


def test_a_cancelled_visit_cannot_be_asked_about(visit):
    act_upon(visit.id, Act.CANCEL, Told(reason="ill"), by=OFFICER, at=AT)
    with pytest.raises(NothingToAsk):
        link_for(visit)
