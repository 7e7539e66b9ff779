"""One mail's page: what was read, why it waits, what can be done about it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from flask_babel import pgettext

from scheduler.access import Permission
from scheduler.actions.incoming_answers import ASKED
from scheduler.actions.mail_refusing import can_be_refused
from scheduler.blueprints.tray.forms import CountForm, NameForm
from scheduler.blueprints.tray.stops import about
from scheduler.blueprints.typed import city_zone
from scheduler.identity import actor
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.letter_entries import LetterEntry
from scheduler.records.mail_lookup import entry_of_mail, mail_numbered
from scheduler.records.mails import Mail, MailState
from scheduler.records.recipients import Recipient, recipients_of
from scheduler.words.instants import moment_in_words, span_in_words
from scheduler.words.lists import listed
from scheduler.words.mail_words import METHODS
from scheduler.words.names import TABLES, name_of

People = Mapping[str, Recipient]


def mail_page(mail_id: int, *, count: CountForm | None = None, name: NameForm | None = None) -> str:
    """The page; a form that came back with its faults takes the place of a new one."""
    mail = mail_numbered(mail_id)
    entry = entry_of_mail(mail)
    people = recipients_of(entry) if entry is not None else {}
    is_waiting = mail.state is MailState.WAITING
    count_form = count or CountForm(
        formdata=None, within="count", as_address=mail.attendee if mail.attendee in people else None
    )
    name_form = name or NameForm(
        formdata=None, within="name", name=mail.told.get("attendee_name") or mail.told.get("sender_name")
    )
    offer(mail, people, count_form, name_form)
    whose = db.session.get(Delegation, mail.delegation_id) if mail.delegation_id is not None else None
    return render_template(
        "tray/mail.html",
        mail=mail,
        about=about(entry) if entry is not None else None,
        whose=whose,
        facts_read=list(facts_read(mail)),
        count_form=count_form if is_waiting and can_be_counted(mail, entry) else None,
        name_form=name_form if is_waiting and name_form.address.choices and _may_name(entry) else None,
        may_refuse=is_waiting and entry is not None and can_be_refused(mail),
        is_waiting=is_waiting,
    )


def offer(mail: Mail, people: People, count: CountForm, name: NameForm) -> None:
    """Fill the choices: who was invited, and whose addresses in the mail were not."""
    count.offer(
        (each.address, f"{each.name} ({each.address})") for each in people.values() if each.side in ASKED
    )
    found = [mail.attendee, *mail.told.get("delegated_to", ())]
    name.offer(each for each in dict.fromkeys(found) if each and each not in people)


def can_be_counted(mail: Mail, entry: LetterEntry | None) -> bool:
    """Whether there is an answer in it, to something of ours."""
    return entry is not None and bool(mail.attendee) and mail.method in METHODS


def facts_read(mail: Mail) -> Iterator[tuple[str, Any]]:
    """What was read, in words."""
    told, zone = mail.told, str(city_zone())
    sender_name = told.get("sender_name", "")
    yield _("Sender"), f"{sender_name} <{mail.sender}>" if sender_name and mail.sender else mail.sender or "–"
    yield pgettext("when", "Received"), moment_in_words(mail.received_at, zone)
    yield _("What it is"), name_of(METHODS, mail.method) if mail.method else ""
    yield _("Who answers"), " ".join(filter(None, (told.get("attendee_name"), mail.attendee)))
    yield _("Sent on behalf by"), told.get("sent_by", "")
    if mail.method == "REPLY":
        yield _("Answer"), name_of(TABLES["participations"], told.get("participation", ""))
    yield _("Sends instead"), listed(told.get("delegated_to", ()))
    if len(told.get("proposed", ())) == 2:
        starts_at, ends_at = map(datetime.fromisoformat, told["proposed"])
        yield _("Time proposed"), span_in_words(starts_at, ends_at, zone)
    yield _("Their words"), told.get("comment", "")
    yield _("Version it answers"), told.get("sequence")
    if report := told.get("report"):
        yield (
            _("Report"),
            " ".join(filter(None, (report["recipient"], report["status"], report["diagnostic"]))),
        )
    yield _("Sender verified"), told.get("dmarc", "")


def _may_name(entry: LetterEntry | None) -> bool:
    return (
        actor().may(Permission.WRITE_DELEGATIONS) and entry is not None and not isinstance(entry, Assignment)
    )
