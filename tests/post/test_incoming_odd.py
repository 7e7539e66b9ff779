"""Mails that nobody wrote: cut, flipped, beyond measure. Each is kept, and none is believed wrongly."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from scheduler.records.database import db
from scheduler.records.mails import Mail
from scheduler.records.replies import Reply
from tests.engines import on_sqlite
from tests.lasting import lasting_app_on
from tests.post.answering import GUESTS, taken, the_visit
from tests.post.mails import NAMES, a_mail, mail_named

ANSWERING = {address.lower() for address in GUESTS.values()}


@pytest.fixture
def app(engine_url):
    yield from lasting_app_on(engine_url)


@pytest.fixture
def visit(app):
    return the_visit()


def kept(mail):
    db.session.expire_all()
    return db.session.scalars(select(Mail.raw).where(Mail.id == mail.id)).one()


@on_sqlite
@settings(max_examples=60)
@given(name=st.sampled_from(NAMES), seed=st.integers(0, 2**32), cut=st.integers(0, 3_000))
def test_a_damaged_mail_is_kept_and_breaks_nothing(visit, name, seed, cut):
    chance = random.Random(seed)
    raw = bytearray(mail_named(name))
    for _flip in range(chance.randrange(12)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    damaged = bytes(raw[: len(raw) - cut] if cut % 2 else raw)
    assert kept(taken(damaged)) == damaged
    answered = set(db.session.scalars(select(Reply.address)))
    assert answered <= ANSWERING


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n"
        + b"--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" * 5_000,
        b"Subject: " + "장".encode("euc-kr") * 5_000 + b"\r\n\r\n",
        a_mail(
            "From: \u202eexample.moc@x", "Subject: \u2028\u2029\ud7ff", body="\U0001f600".encode("utf-16")
        ),
        a_mail(*[f"X-{number}: {'y' * 900}" for number in range(3_000)]),
    ],
)
def test_mails_beyond_all_measure_are_kept(app, raw):
    mail = taken(raw)
    assert (mail.state, kept(mail)) == ("waiting", raw)
