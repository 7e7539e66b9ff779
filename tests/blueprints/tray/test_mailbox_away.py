"""The tray says when answers do not come in, since when and why; the worker tells it."""

import threading
from datetime import timedelta

from scheduler.actions.hands import note_round
from scheduler.worker import HANDS, _note, do_round
from tests.cast import AT


def test_a_mailbox_that_is_read_needs_no_word(as_officer):
    note_round("mailbox", "", at=AT)
    assert "cannot be read" not in as_officer.get("/tray").text


def test_a_mailbox_that_is_away_is_told_with_what_its_server_said(as_officer):
    note_round("mailbox", "", at=AT - timedelta(hours=1))
    note_round("mailbox", "the mailbox cannot be used: <b>refused</b>", at=AT)
    text = as_officer.get("/tray").text
    assert "The mailbox has not been readable since" in text
    assert "<b>refused</b>" in text


def test_a_worker_that_is_silent_is_missed(as_officer):
    assert "No mail was fetched yet" in as_officer.get("/tray").text
    note_round("mailbox", "", at=AT - timedelta(hours=1))
    assert "No mail has been fetched since" in as_officer.get("/tray").text


def test_the_worker_tells_of_a_server_that_is_gone(as_officer, app):
    app.config["IMAP_URL"] = "imap://user:secret@127.0.0.1:9/INBOX?starttls=never&timeout=2"
    try:
        hand = next(hand for hand in HANDS if hand.name == "mailbox")
        trouble = do_round(app, hand, threading.Event())
        _note(app, hand, trouble)
    finally:
        app.config["IMAP_URL"] = ""
    text = as_officer.get("/tray").text
    assert "The mailbox cannot be read" in text
    assert "secret" not in text
