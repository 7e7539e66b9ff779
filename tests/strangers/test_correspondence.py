"""A stranger's mail program against the running city: invited, accepts, is moved, proposes, is called off.

Everything is real: web server, worker, mail server, mailbox. The stranger reads and writes calendars with
vobject, which is none of ours.
"""

import os
import subprocess
import sys
import time
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
import vobject

from tests.engines import on_sqlite
from tests.post.imap_server import ImapServer
from tests.post.smtp_server import LocalSmtpServer

pytestmark = on_sqlite
GUEST, PATIENCE_SECONDS = "contact@guests.example", 60


class Stranger:
    """Somebody's mail program: what arrived at their address, and what they send to the organizer."""

    def __init__(self, server, mailbox):
        self.server, self.mailbox, self.sent = server, mailbox, 0

    def inbox(self):
        mine = [taken.data for taken in self.server.taken if GUEST in taken.recipients]
        return [message_from_bytes(data, policy=policy.default) for data in mine]

    def wait_for(self, number):
        """The calendar in the letter of that number, once it has arrived."""
        until = time.monotonic() + PATIENCE_SECONDS
        while len(self.inbox()) < number and time.monotonic() < until:
            time.sleep(0.2)
        assert len(self.inbox()) == number
        letter = self.inbox()[-1]
        inside = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
        attached = [part for part in letter.walk() if part.get_content_type() == "application/ics"]
        assert inside[0].get_payload(decode=True) == attached[0].get_payload(decode=True)
        calendar = vobject.readOne(inside[0].get_payload(decode=True).decode())
        assert inside[0].get_param("method") == calendar.method.value
        return calendar

    def answer(self, calendar, method, **changes):
        """Send back the event of an invitation: an answer, another time, or the wish to have it again."""
        self.sent += 1
        answer = vobject.iCalendar()
        answer.add("method").value = method
        event, asked = answer.add("vevent"), calendar.vevent
        event.add("uid").value = asked.uid.value
        event.add("dtstamp").value = asked.dtstamp.value + timedelta(seconds=self.sent)
        event.add("organizer").value = asked.organizer.value
        if method != "REFRESH":
            event.add("sequence").value = asked.sequence.value
        if method == "COUNTER":
            event.add("dtstart").value = changes["starts_at"].astimezone(vobject.icalendar.utc)
            ends_at = changes["starts_at"] + timedelta(hours=1)
            event.add("dtend").value = ends_at.astimezone(vobject.icalendar.utc)
            event.add("summary").value = asked.summary.value
        attendee = event.add("attendee")
        attendee.value = f"mailto:{GUEST}"
        attendee.params["PARTSTAT"] = [changes.get("partstat", "TENTATIVE")]
        mail = EmailMessage()
        mail["From"], mail["To"] = f"The contact <{GUEST}>", "protocol@seoul.example"
        mail["Subject"], mail["Message-ID"] = f"{method} {self.sent}", f"<{self.sent}@guests.example>"
        mail.set_content("From my calendar")
        mail.add_alternative(answer.serialize().encode(), "text", "calendar", params={"method": method})
        self.mailbox.deliver(mail.as_bytes(policy=policy.SMTP))


@pytest.fixture
def stranger(app, office, tmp_path):
    folder = tmp_path / "imap"
    folder.mkdir()
    with LocalSmtpServer() as server:
        mailbox = ImapServer(folder)
        mailbox.start()
        environ = {
            **os.environ,
            "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
            "SECRET_KEY": app.config["SECRET_KEY"],
            "INSTANCE_PATH": str(tmp_path),
            "PUBLIC_URL": office.url,
            "SMTP_URL": server.url,
            "IMAP_URL": mailbox.url,
            "LETTERS_WAIT_SECONDS": "0",
            "REMINDERS_SECONDS": "0.5",
            "MAILBOX_SECONDS": "0.5",
        }
        worker = subprocess.Popen([sys.executable, "-m", "flask", "--app", "wsgi", "worker"], env=environ)
        try:
            yield Stranger(server, mailbox)
        finally:
            worker.terminate()
            worker.wait(30)
            mailbox.stop()


def soon(look, wanted):
    until = time.monotonic() + PATIENCE_SECONDS
    while look() != wanted and time.monotonic() < until:
        time.sleep(0.3)
    assert look() == wanted


def test_a_stranger_is_invited_answers_proposes_and_is_called_off(stranger, office, town):
    visit = office.book(town.hanoi, "TOPIS-T", town.at(10))
    invited = stranger.wait_for(1)
    assert (invited.method.value, invited.vevent.status.value) == ("REQUEST", "TENTATIVE")
    assert invited.vevent.dtstart.value == town.at(10)
    assert invited.vevent.attendee.value.lower() == f"mailto:{GUEST}"

    def answers():
        replies = office.ask("GET", f"/visits/{visit}/replies")
        return [each["participation"] for each in replies.get("items", replies)]

    stranger.answer(invited, "REPLY", partstat="ACCEPTED")
    soon(answers, ["ACCEPTED"])

    moved_to = {"tour_code": "TOPIS-T", "starts_at": town.at(14).isoformat(), "acknowledge": ["all"]}
    office.ask("POST", f"/visits/{visit}/move", moved_to)
    moved = stranger.wait_for(2)
    assert moved.vevent.uid.value == invited.vevent.uid.value
    assert int(moved.vevent.sequence.value) > int(invited.vevent.sequence.value)
    assert moved.vevent.dtstart.value == town.at(14)
    assert moved.vevent.attendee.params["PARTSTAT"] == ["NEEDS-ACTION"]

    stranger.answer(moved, "REFRESH")
    again = stranger.wait_for(3)
    assert again.vevent.sequence.value == moved.vevent.sequence.value
    assert again.vevent.dtstamp.value > moved.vevent.dtstamp.value

    def proposals(state):
        found = office.ask("GET", f"/proposals?state={state}")
        return [each["id"] for each in found.get("items", found)]

    stranger.answer(again, "COUNTER", starts_at=town.at(10, day=1))
    soon(lambda: len(proposals("open")), 1)
    office.ask("POST", f"/proposals/{proposals('open')[0]}/accept", {"acknowledge": ["all"]})
    as_proposed = stranger.wait_for(4)
    assert as_proposed.vevent.dtstart.value == town.at(10, day=1)
    assert int(as_proposed.vevent.sequence.value) > int(moved.vevent.sequence.value)

    stranger.answer(as_proposed, "COUNTER", starts_at=town.at(14, day=1))
    soon(lambda: len(proposals("open")), 1)
    office.ask("POST", f"/proposals/{proposals('open')[0]}/decline", {"reason": "The hall is taken."})
    declined = stranger.wait_for(5)
    assert declined.method.value == "DECLINECOUNTER"
    assert declined.vevent.dtstart.value == town.at(10, day=1)

    office.ask("POST", f"/visits/{visit}/cancel", {"reason": "The flight was cancelled."})
    called_off = stranger.wait_for(6)
    assert (called_off.method.value, called_off.vevent.status.value) == ("CANCEL", "CANCELLED")
    assert int(called_off.vevent.sequence.value) > int(as_proposed.vevent.sequence.value)
    assert called_off.vevent.uid.value == invited.vevent.uid.value
