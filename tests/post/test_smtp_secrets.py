"""Encryption and logging in: what is insisted on, what fails safely, and that no password is ever told."""

from base64 import b64encode
from dataclasses import replace

import pytest

from scheduler.post.delivery import Outcome
from scheduler.post.mail import as_bytes
from scheduler.post.server import SmtpServer
from scheduler.post.smtp import SmtpCarrier
from tests.post.letters import a_mail
from tests.post.smtp_server import Certificate, LocalSmtpServer

LETTER = as_bytes(a_mail())
LOGIN = ("desk", "p@ss:wo/rd")
LOGIN_IN_URL = "desk:p%40ss%3Awo%2Frd@"


def sent(server, *, login="", options=""):
    """One letter to `server`, with what stands before and after the host of its address."""
    url = server.url.replace("://", f"://{login}") + options
    with SmtpCarrier(SmtpServer.from_url(url)) as carrier:
        return carrier.deliver(sender="desk@city.example", recipient="guest@x.example", data=LETTER)


def trusting(certificate):
    return f"?ca={certificate.authority_file}"


def test_a_server_that_needs_starttls_gets_it_without_being_asked(certificate):
    with LocalSmtpServer(certificate=certificate, needs_starttls=True) as server:
        assert sent(server).outcome is Outcome.TAKEN
        assert len(server.taken) == 1


def test_a_server_that_needs_starttls_takes_nothing_without_and_burns_nothing(certificate):
    with LocalSmtpServer(certificate=certificate, needs_starttls=True) as server:
        delivery = sent(server, options="?starttls=never")
    assert (delivery.outcome, delivery.said) == (Outcome.LATER, "530 Must issue a STARTTLS command first")


def test_starttls_that_is_required_is_not_done_without(smtp_server):
    delivery = sent(smtp_server, options="?starttls=required")
    assert (delivery.outcome, delivery.can_go_on) == (Outcome.LATER, False)
    assert "STARTTLS extension not supported" in delivery.said
    assert smtp_server.taken == []


@pytest.mark.parametrize("kind", [{"needs_starttls": True}, {"tls_from_start": True}])
def test_a_server_known_by_its_authority_is_trusted(certificate, kind):
    with LocalSmtpServer(certificate=certificate, **kind) as server:
        assert sent(server, options=trusting(certificate)).outcome is Outcome.TAKEN


@pytest.mark.parametrize(
    ("kind", "options"),
    [({"needs_starttls": True}, "?starttls=required"), ({"tls_from_start": True}, "")],
)
def test_a_server_nobody_vouches_for_gets_no_letter(certificate, kind, options):
    with LocalSmtpServer(certificate=certificate, **kind) as server:
        delivery = sent(server, options=options)
        assert server.taken == []
    assert (delivery.outcome, delivery.can_go_on) == (Outcome.LATER, False)
    assert "certificate verify failed" in delivery.said


def test_a_server_with_another_authoritys_certificate_gets_no_letter(certificate, tmp_path):
    with LocalSmtpServer(certificate=certificate, needs_starttls=True) as server:
        delivery = sent(server, options=trusting(Certificate(tmp_path)))
    assert delivery.outcome is Outcome.LATER
    assert "certificate verify failed" in delivery.said


def test_a_file_without_certificates_burns_no_letter(certificate, tmp_path):
    empty = tmp_path / "empty.pem"
    empty.write_text("nothing")
    with LocalSmtpServer(certificate=certificate, tls_from_start=True) as server:
        delivery = sent(server, options=f"?ca={empty}")
    assert (delivery.outcome, delivery.can_go_on) == (Outcome.LATER, False)


@pytest.mark.parametrize("kind", [{"needs_starttls": True}, {"tls_from_start": True}])
def test_the_right_login_is_let_in(certificate, kind):
    with LocalSmtpServer(certificate=certificate, login=LOGIN, **kind) as server:
        delivery = sent(server, login=LOGIN_IN_URL, options=trusting(certificate))
        assert (delivery.outcome, len(server.taken)) == (Outcome.TAKEN, 1)


@pytest.mark.parametrize(
    ("login", "said"),
    [
        ("", "530 5.7.0 Authentication required"),
        ("desk:wrong@", "535 5.7.8 Authentication credentials invalid"),
        ("nobody:p%40ss%3Awo%2Frd@", "535 5.7.8 Authentication credentials invalid"),
    ],
)
def test_a_wrong_login_or_none_burns_no_letter(certificate, login, said):
    with LocalSmtpServer(certificate=certificate, tls_from_start=True, login=LOGIN) as server:
        delivery = sent(server, login=login, options=trusting(certificate))
        assert server.taken == []
    assert delivery.outcome is Outcome.LATER
    assert delivery.said.endswith(said)


def test_a_password_is_sent_to_nobody_who_is_not_vouched_for(certificate):
    """Without a certificate we trust, the login ends before the password, not after it."""
    with LocalSmtpServer(certificate=certificate, needs_starttls=True, login=LOGIN) as server:
        delivery = sent(server, login=LOGIN_IN_URL)
        assert server.logins == []
    assert "certificate verify failed" in delivery.said


def test_a_password_is_not_sent_in_the_clear(smtp_server):
    assert "STARTTLS extension not supported" in sent(smtp_server, login=LOGIN_IN_URL).said
    assert smtp_server.logins == []


@pytest.mark.parametrize(
    "secret",
    [LOGIN[1], b64encode(LOGIN[1].encode()).decode(), b64encode(b"\0desk\0p@ss:wo/rd").decode()],
)
def test_a_server_that_repeats_the_password_is_not_quoted(certificate, secret):
    with LocalSmtpServer(certificate=certificate, tls_from_start=True, login=LOGIN) as server:
        server.refused["guest@x.example"] = f"550 AUTH PLAIN {secret} is what you said"
        delivery = sent(server, login=LOGIN_IN_URL, options=trusting(certificate))
    assert delivery.said == "550 AUTH PLAIN … is what you said"


def test_a_server_is_shown_without_its_password():
    server = SmtpServer(host="mail.city.example", port=465, user=LOGIN[0], password=LOGIN[1])
    assert LOGIN[1] not in repr(server)
    assert replace(server, password="x") != server
