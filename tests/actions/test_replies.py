"""What guests answer to a stop: the last word of each person, what counts today, who leads a delegation."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduler.access import SYSTEM
from scheduler.actions.engagements import change_engagement, plan_engagement
from scheduler.actions.invalid import Invalid
from scheduler.actions.members import add_delegate
from scheduler.actions.replies import Answered, participation_now, record_reply
from scheduler.actions.visits import move_visit
from scheduler.core.engagements import EngagementRequest
from scheduler.core.facts import VisitRequest
from scheduler.core.participation import Participation
from scheduler.core.spans import Span
from scheduler.core.stops import EngagementKind
from scheduler.records.database import db
from scheduler.records.journal import Journal
from scheduler.records.letters import Letter, LetterKind, Side
from scheduler.records.replies import Reply, ReplyChannel
from scheduler.records.reply_lookup import declined_by_heads, replies_to, replies_to_many
from tests import make
from tests.cast import AT, OFFICER, seoul

pytestmark = pytest.mark.usefixtures("app")
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
ACCEPTED, DECLINED, NOTHING = Participation.ACCEPTED, Participation.DECLINED, Participation.NEEDS_ACTION


@pytest.fixture
def tour():
    return make.tour(make.site())


@pytest.fixture
def visit(tour):
    return make.visit(make.delegation(), make.tour_session(tour, seoul(14, 10)))


def said(participation=ACCEPTED, sequence=0, channel=ReplyChannel.MAIL, **told):
    given = {"address": "Linh@guests.example", "name": "Linh", "stamped_at": AT}
    return Answered(participation=participation, sequence=sequence, channel=channel, **(given | told))


def recorded(stop, what, at=AT + MINUTE):
    return record_reply(stop, what, by=SYSTEM, at=at)


def moved(visit, tour, day=15):
    where = make.tour_session(tour, seoul(day, 10))
    asked = VisitRequest(tour_session_id=where.id, headcount=10, acknowledge=("all",))
    return move_visit(visit.id, asked, by=OFFICER, at=AT)


def told_by_letter(visit, sequence=0):
    """A letter that told somebody of the visit as it is now."""
    letter = Letter(
        kind=LetterKind.INVITATION,
        side=Side.GUEST,
        visit_id=visit.id,
        address="somebody@guests.example",
        language="en",
        uid=visit.uid,
        method="REQUEST",
        sequence=sequence,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        message_id=f"<{visit.uid}.{sequence}@city.example>",
        subject="",
        text="",
        html="",
        written_at=AT,
        due_at=AT,
    )
    db.session.add(letter)
    db.session.commit()


def test_an_answer_is_kept_with_the_time_it_was_given_for(visit):
    reply = recorded(visit, said(comment="Gladly"))
    assert (reply.uid, reply.address, reply.name, reply.comment) == (
        visit.uid,
        "linh@guests.example",
        "Linh",
        "Gladly",
    )
    assert (reply.for_starts_at, reply.for_ends_at) == (seoul(14, 10), seoul(14, 11))
    assert (reply.delegation_id, reply.visit_id, participation_now(reply, visit)) == (
        visit.delegation_id,
        visit.id,
        ACCEPTED,
    )


def test_a_later_answer_takes_the_place_of_the_former(visit):
    recorded(visit, said(ACCEPTED))
    recorded(visit, said(DECLINED, stamped_at=AT + SECOND))
    assert [reply.participation for reply in replies_to(visit)] == [DECLINED]


@pytest.mark.parametrize("stamped_at", [AT, AT - SECOND])
def test_what_is_no_newer_than_the_last_answer_is_dropped(visit, stamped_at):
    recorded(visit, said(ACCEPTED))
    assert recorded(visit, said(DECLINED, stamped_at=stamped_at)) is None
    assert [reply.participation for reply in replies_to(visit)] == [ACCEPTED]


def test_an_answer_to_a_lower_revision_than_the_last_one_is_dropped_however_late_it_is(visit, tour):
    told_by_letter(visit)
    moved(visit, tour)
    recorded(visit, said(ACCEPTED, sequence=1))
    assert recorded(visit, said(DECLINED, sequence=0, stamped_at=AT + SECOND)) is None


def test_an_answer_to_what_was_never_sent_is_dropped(visit):
    assert recorded(visit, said(sequence=1)) is None
    assert replies_to(visit) == []


def test_a_clock_that_runs_ahead_does_not_silence_later_answers(visit):
    recorded(visit, said(ACCEPTED, stamped_at=AT + timedelta(days=365)))
    assert recorded(visit, said(DECLINED, stamped_at=AT + 2 * MINUTE), at=AT + 2 * MINUTE) is not None


def test_on_the_page_the_last_click_is_the_last_word(visit):
    recorded(visit, said(ACCEPTED, stamped_at=AT + 5 * MINUTE), at=AT + 5 * MINUTE)
    page = said(DECLINED, channel=ReplyChannel.PAGE, stamped_at=None)
    assert recorded(visit, page, at=AT) is not None
    assert recorded(visit, replace(page, participation=ACCEPTED), at=AT).participation is ACCEPTED


def test_after_a_move_an_answer_to_the_former_time_counts_not(visit, tour):
    told_by_letter(visit)
    reply = recorded(visit, said(ACCEPTED))
    now = moved(visit, tour)
    assert (reply.participation, participation_now(reply, now)) == (ACCEPTED, NOTHING)


def test_an_answer_that_arrives_after_the_move_counts_for_the_time_its_letter_told(visit, tour):
    told_by_letter(visit)
    now = moved(visit, tour)
    reply = recorded(now, said(ACCEPTED, sequence=0))
    assert (reply.for_starts_at, participation_now(reply, now)) == (seoul(14, 10), NOTHING)


def test_where_no_letter_told_of_a_revision_the_answer_itself_says_for_when_it_is(visit, tour):
    now = moved(visit, tour)
    reply = recorded(now, said(ACCEPTED, span=Span(seoul(14, 10), seoul(14, 11))))
    assert participation_now(reply, now) is NOTHING


def test_an_answer_to_a_former_revision_of_unknown_time_counts_not(visit, tour):
    assert recorded(moved(visit, tour), said(ACCEPTED)) is None


def test_a_former_revision_of_the_same_hour_still_counts(visit):
    told_by_letter(visit)
    visit.sequence = 3
    db.session.commit()
    assert participation_now(recorded(visit, said(ACCEPTED)), visit) is ACCEPTED


def test_people_without_an_address_are_told_apart(visit):
    lan = add_delegate(visit.delegation_id, {"print_as": "Lan"}, by=OFFICER, at=AT)
    minh = add_delegate(visit.delegation_id, {"print_as": "Minh"}, by=OFFICER, at=AT)
    for who, word in ((lan, ACCEPTED), (minh, DECLINED), (None, ACCEPTED), (lan, DECLINED)):
        page = said(
            word,
            channel=ReplyChannel.PAGE,
            address="",
            name=who.print_as if who else "",
            delegate_id=who.id if who else None,
        )
        recorded(visit, page)
    assert [(reply.name, reply.participation) for reply in replies_to(visit)] == [
        ("", ACCEPTED),
        ("Lan", DECLINED),
        ("Minh", DECLINED),
    ]


def test_an_address_longer_than_any_is_no_address(visit):
    with pytest.raises(Invalid):
        recorded(visit, said(address="a" * 250 + "@b.example"))


def test_long_names_and_comments_are_cut_to_what_is_kept(visit):
    reply = recorded(visit, said(name="n" * 500, comment="c" * 10_000))
    db.session.expire(reply)
    assert (len(reply.name), len(reply.comment)) == (200, 4_000)


def test_the_journal_knows_the_answer_and_no_address(visit):
    recorded(visit, said(DECLINED))
    line = db.session.scalars(select(Journal).where(Journal.act == "reply")).one()
    assert (line.subject, line.subject_id, line.after) == (
        "visit",
        visit.id,
        {"participation": "DECLINED", "delegate_id": None},
    )
    assert "guests.example" not in f"{line.actor}{line.before}{line.after}{line.reason}"


def test_an_engagement_is_answered_as_a_visit_is():
    who = make.delegation()
    request = EngagementRequest(
        delegation_id=who.id,
        kind=EngagementKind.MEAL,
        starts_at=seoul(14, 12),
        ends_at=seoul(14, 13),
        acknowledge=("all",),
        acknowledge_reason="known",
    )
    lunch = plan_engagement(request, by=OFFICER, at=AT)
    reply = recorded(lunch, said(ACCEPTED))
    assert (reply.engagement_id, replies_to_many((), [lunch.id]).of(lunch)) == (lunch.id, [reply])
    later = replace(request, ends_at=seoul(14, 14))
    lunch = change_engagement(lunch.id, later, by=OFFICER, at=AT)
    assert participation_now(reply, lunch) is NOTHING


def test_the_replies_of_many_stops_are_asked_at_once(visit, tour):
    other = make.visit(make.delegation("Hue"), make.tour_session(tour, seoul(16, 10)))
    first, second = recorded(visit, said()), recorded(other, said(DECLINED, address="hue@guests.example"))
    found = replies_to_many([visit.id, other.id])
    assert (found.of(visit), found.of(other)) == ([first], [second])
    assert db.session.scalars(select(Reply)).all() == [first, second]


def test_the_contact_leads_until_delegates_are_named(visit):
    reply = recorded(visit, said(DECLINED, address="contact@guests.example"))
    assert declined_by_heads(AT) == [reply]
    add_delegate(visit.delegation_id, {"print_as": "Lan"}, by=OFFICER, at=AT)
    assert declined_by_heads(AT) == []


def test_a_decline_of_the_first_in_precedence_is_called_to_attention_while_it_counts(visit, tour):
    second = {"print_as": "Lan", "email": "lan@guests.example", "precedence": 2}
    first = {"print_as": "Linh", "email": "Linh@guests.example", "precedence": 1}
    for told in (second, first):
        add_delegate(visit.delegation_id, told, by=OFFICER, at=AT)
    recorded(visit, said(DECLINED, address="lan@guests.example"))
    declined = recorded(visit, said(DECLINED))
    assert declined_by_heads(AT) == [declined]
    assert declined_by_heads(seoul(14, 11)) == []
    moved(visit, tour)
    assert declined_by_heads(AT) == []
