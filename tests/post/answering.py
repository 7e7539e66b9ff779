"""A visit that the mails of the corpus are about, and what became of the mails taken in."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from scheduler.actions.incoming import take_in
from scheduler.actions.mail_judgement import Desk
from scheduler.actions.members import add_delegate
from scheduler.records.database import db
from scheduler.records.letters import Letter, LetterKind, LetterState, Side
from scheduler.records.mails import Mail
from scheduler.records.replies import Reply
from tests import make
from tests.cast import AT, OFFICER, seoul
from tests.post.mails import UID, a_mail

DESK = Desk(address="desk@city.example")
STARTS_AT = datetime(2026, 12, 1, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))
GUESTS = {
    "Bat-Erdene": "bat@ulaanbaatar.example",
    "Lina Haddad": "lina.haddad@amman.example",
    "Min Seo": "Min.Seo@gmail.example",
    "Sofia Rossi": "sofia@torino.example",
    "Jürgen Gröning": "j.groening@bremen.example",
    "Piet de Vries": "piet.de.vries@rotterdam.example",
}


def the_visit(uid=UID, sequence=2, guests=GUESTS):
    """A visit of the UID and revision that the corpus answers, with everybody who answers in it."""
    tour = make.tour(make.site(), minutes=90)
    who = make.delegation(arrives_at=seoul(30, month=11), contact_email="")
    make.tour_session(tour, STARTS_AT.replace(hour=14))
    visit = make.visit(who, make.tour_session(tour, STARTS_AT))
    for number, (name, address) in enumerate(guests.items()):
        told = {"print_as": name, "email": address, "precedence": number}
        add_delegate(who.id, told, by=OFFICER, at=AT)
    visit.uid, visit.sequence = uid, sequence
    db.session.commit()
    return visit


def taken(raw, *, at=AT, desk=DESK, **told):
    """What became of a mail: it is given back as it is kept."""
    return take_in(raw, channel="imap", desk=desk, at=at, **told).mail


def outcome(raw, **told):
    """How a mail ended: its state, and why."""
    mail = taken(raw, **told)
    return mail.state.value, mail.doubt


def answers():
    """Who has answered what, by address."""
    rows = db.session.scalars(select(Reply).execution_options(populate_existing=True))
    return {reply.address: reply.participation.value for reply in rows}


def how_many_kept():
    return len(db.session.scalars(select(Mail.id)).all())


def reply_mail(calendar, *fields, sender="bat@ulaanbaatar.example", number=1):
    """A mail that brings one calendar object."""
    return a_mail(
        f"From: {sender}",
        f"Message-ID: <answer-{number}@ulaanbaatar.example>",
        *fields,
        "Content-Type: text/calendar; method=REPLY; charset=utf-8",
        body=calendar,
    )


def letter_to(address, visit, *, message_id="<visit-7f3a.2@city.example>", **facts):
    """A letter of ours that went out."""
    given = {
        "kind": LetterKind.INVITATION,
        "side": Side.GUEST,
        "visit_id": visit.id,
        "delegation_id": visit.delegation_id,
        "language": "en",
        "uid": visit.uid,
        "method": "REQUEST",
        "sequence": visit.sequence,
        "starts_at": visit.starts_at,
        "ends_at": visit.ends_at,
        "subject": "Visit to TOPIS",
        "text": "",
        "html": "",
        "state": LetterState.POSTED,
        "written_at": AT,
        "due_at": AT,
    }
    letter = Letter(address=address, message_id=message_id, **(given | facts))
    db.session.add(letter)
    db.session.commit()
    return letter
