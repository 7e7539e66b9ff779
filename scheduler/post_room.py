"""The post room: the worker's doors to the letters. It writes them, posts them, and fetches what comes in.

Everything here runs within a context of the public address, so that letters lead where their readers can go.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from flask import Flask, current_app, url_for

from scheduler.actions import occasions
from scheduler.actions.derived_links import derived_secret
from scheduler.actions.incoming import take_in
from scheduler.actions.letter_answers import write_answers
from scheduler.actions.letter_links import Leads, with_addresses
from scheduler.actions.letter_office import Office
from scheduler.actions.letters import write_due_letters
from scheduler.actions.occasions import Hours
from scheduler.actions.posting import Done, Patience, next_letter, note_outcome
from scheduler.calendars.entry import Person
from scheduler.clock import now
from scheduler.mail_desk import desk
from scheduler.post.carriers import carrier_for
from scheduler.post.delivery import Carrier, Delivery, Outcome
from scheduler.post.mail import Mail, as_bytes
from scheduler.post.mailbox import FoundMail, take
from scheduler.post.mailbox_address import MailboxAddress
from scheduler.records.account_lookup import is_demo_city
from scheduler.records.letters import Letter
from scheduler.words import calendar_texts
from scheduler.words.letter_words import LetterPen

DOORS = {Leads.GUESTS_PAGE: "portal.programme", Leads.CALENDAR: "calendar.feed"}
DOORS |= {Leads.DAY: "duties.day", Leads.ANSWER: "answers.answer"}


@contextmanager
def in_post_room(app: Flask) -> Iterator[None]:
    """A context whose address is the public one."""
    base = app.config["PUBLIC_URL"] or "http://127.0.0.1:8000"
    with app.test_request_context(base_url=base):
        yield


def office() -> Office:
    """This city's office, as its letters have it."""
    config = current_app.config
    return Office(
        organizer=calendar_texts.organizer(),
        pen=LetterPen(),
        key=str(current_app.secret_key).encode(),
        zone=config["CITY_ZONE"],
        waits=timedelta(seconds=config["LETTERS_WAIT_SECONDS"]),
    )


def write_letters() -> int:
    """Write what is due. How many letters there were."""
    return write_due_letters(office(), at=now())


def write_reminders() -> int:
    """Write what the clock has brought: reminders, and rosters of the next day. How many there were."""
    config = current_app.config
    hours = Hours(reminders=config["REMINDERS_HOUR"], rosters=config["ROSTERS_HOUR"])
    return occasions.write_reminders(office(), hours, at=now()) + write_answers(office(), at=now())


def carrier() -> Carrier:
    """Who carries letters here: a mail server, or a folder for a city without one and for the demo, whose
    guests do not exist."""
    return carrier_for(smtp_url(), Path(current_app.instance_path) / "mail")


def smtp_url() -> str:
    """The mail server that letters go to; empty where they become files."""
    return "" if is_demo_city() else str(current_app.config["SMTP_URL"])


def post_letters(by: Carrier, *, worker: str, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Post what is due, one after the other, until nothing is left, no server can be had, or one is told to
    stop. How many were taken. Whoever is killed meanwhile keeps back the one letter in hand."""
    taken, patience = 0, _patience()
    done: Done | None = None
    while goes_on():
        letter = next_letter(done, worker=worker, patience=patience, at=now())
        if letter is None:
            return taken
        done = Done(letter.id, _deliver(letter, by))
        taken += done.delivery.outcome is Outcome.TAKEN
        if not done.delivery.can_go_on:
            break
    if done is not None:
        note_outcome(done, worker=worker, patience=patience, at=now())
    return taken


def _patience() -> Patience:
    config = current_app.config
    gives_up_after = timedelta(hours=config["LETTERS_GIVE_UP_HOURS"])
    return Patience(gives_up_after, timedelta(seconds=config["LETTERS_LEASE_SECONDS"]))


def _deliver(letter: Letter, by: Carrier) -> Delivery:
    """A letter of which no mail can be made keeps the others back as little as one that is refused."""
    try:
        data = bytes_of(letter)
    except Exception as fault:
        return Delivery(Outcome.LATER, f"no mail can be made of it: {fault!r}")
    sender = calendar_texts.organizer().email
    return by.deliver(sender=sender, recipient=letter.address, data=data)


def fetch_mail() -> int:
    """Take in what lies in the mailbox, if there is one. How many mails there were. Raises MailboxAway, and
    MailLeft for what could not be kept."""
    if not current_app.config["IMAP_URL"]:
        return 0
    return take(MailboxAddress.from_url(current_app.config["IMAP_URL"]), _take_in)


def _take_in(mail: FoundMail) -> None:
    take_in(mail.raw, channel="imap", is_whole=mail.is_whole, desk=desk(), at=now())


def bytes_of(letter: Letter, *, tells_secrets: bool = True) -> bytes:
    """A letter as it is posted, the same bytes each time; for officers' eyes without its secret addresses."""
    key = str(current_app.secret_key).encode()

    def address_of(leads: Leads, seed: str) -> str:
        secret = derived_secret(key, seed) if tells_secrets else "…"
        return url_for(DOORS[leads], secret=secret, _external=True)

    return as_bytes(
        Mail(
            message_id=letter.message_id,
            written_at=letter.stamped_at or letter.written_at,
            sender=calendar_texts.organizer(),
            recipient=Person(email=letter.address, name=letter.name),
            subject=letter.subject,
            text=with_addresses(letter.text, letter, address_of),
            html=with_addresses(letter.html, letter, address_of),
            language=letter.language,
            calendar=letter.calendar,
            method=letter.method,
            paper=letter.paper,
            paper_name=letter.paper_name,
            in_reply_to=letter.in_reply_to,
        )
    )
