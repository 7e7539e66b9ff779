"""Letters carried to a real mail server: what becomes of each, whatever the server does."""

import pytest

from scheduler.post.delivery import Outcome
from scheduler.post.mail import as_bytes
from scheduler.post.server import SmtpServer
from scheduler.post.smtp import SmtpCarrier
from tests.post.letters import a_mail
from tests.post.smtp_server import Mood, Taken

SENDER, GUEST = "desk@city.example", "guest@x.example"
# Short patience where silence is waited for, long where it must not run out.
IMPATIENT, PATIENT = "?timeout=0.2", ""
LETTER = as_bytes(a_mail())
# More than the buffers of both sides hold.
LARGE_LETTER = LETTER + (b"x" * 70 + b"\r\n") * 400_000


def carrier_to(server, options=PATIENT):
    return SmtpCarrier(SmtpServer.from_url(server.url + options))


def sent(carrier, *, recipient=GUEST, data=LETTER):
    return carrier.deliver(sender=SENDER, recipient=recipient, data=data)


def test_a_letter_arrives_as_the_very_bytes_it_was(smtp_server):
    with carrier_to(smtp_server) as carrier:
        delivery = sent(carrier)
    assert (delivery.outcome, delivery.said) == (Outcome.TAKEN, "250 2.0.0 Taken")
    assert smtp_server.taken == [Taken(SENDER, (GUEST,), LETTER)]


def test_many_letters_share_one_connection(smtp_server):
    with carrier_to(smtp_server) as carrier:
        outcomes = {sent(carrier).outcome for _ in range(20)}
    assert outcomes == {Outcome.TAKEN}
    assert (len(smtp_server.taken), smtp_server.connections) == (20, 1)


def test_lines_of_a_dot_and_bare_line_ends_neither_end_a_letter_nor_begin_another(smtp_server):
    """What one server takes for the end of a letter and another does not is how mail is smuggled in."""
    data = b"Subject: x\r\n\r\n.\r\n..\r\n\n.\nMAIL FROM:<evil@x.example>\r.\r.\r\nend"
    with carrier_to(smtp_server) as carrier:
        assert sent(carrier, data=data).outcome is Outcome.TAKEN
    expected = b"Subject: x\r\n\r\n.\r\n..\r\n\r\n.\r\nMAIL FROM:<evil@x.example>\r\n.\r\n.\r\nend\r\n"
    assert [letter.data for letter in smtp_server.taken] == [expected]


def test_one_refused_recipient_of_five_is_one_letters_matter(smtp_server):
    smtp_server.refused["gone@x.example"] = "550 5.1.1 No such mailbox"
    recipients = ["a@x.example", "b@x.example", "gone@x.example", "d@x.example", "e@x.example"]
    with carrier_to(smtp_server) as carrier:
        deliveries = [sent(carrier, recipient=recipient) for recipient in recipients]
    assert [delivery.outcome for delivery in deliveries] == ["taken", "taken", "refused", "taken", "taken"]
    assert deliveries[2].said == "550 5.1.1 No such mailbox"
    assert [letter.recipients for letter in smtp_server.taken] == [
        (recipient,) for recipient in recipients if recipient != "gone@x.example"
    ]
    assert smtp_server.connections == 1


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("550 5.1.1 No such mailbox", Outcome.REFUSED),
        ("553 5.1.3 No such address", Outcome.REFUSED),
        ("451 4.7.1 Greylisted", Outcome.LATER),
        ("452 4.2.2 Mailbox full", Outcome.LATER),
        ("421 4.3.2 Going down", Outcome.LATER),
        ("530 5.7.0 Must issue a STARTTLS command first", Outcome.LATER),
        ("503 5.5.1 Bad sequence of commands", Outcome.LATER),
        ("950 What is this", Outcome.LATER),
        ("gibberish", Outcome.LATER),
    ],
)
def test_what_a_recipients_refusal_means(smtp_server, answer, outcome):
    smtp_server.refused[GUEST] = answer
    with carrier_to(smtp_server) as carrier:
        assert sent(carrier).outcome is outcome
        assert sent(carrier, recipient="other@x.example").outcome is Outcome.TAKEN


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("550 5.7.1 This sender may not send here", Outcome.LATER),
        ("451 4.3.0 Try later", Outcome.LATER),
        ("552 5.3.4 Message too large", Outcome.REFUSED),
    ],
)
def test_a_refused_sender_is_a_matter_of_the_settings_and_burns_no_letter(smtp_server, answer, outcome):
    smtp_server.refused[SENDER] = answer
    with carrier_to(smtp_server) as carrier:
        delivery = sent(carrier)
    assert (delivery.outcome, delivery.said) == (outcome, answer)


@pytest.mark.parametrize(
    ("mood", "outcome", "taken", "connections"),
    [
        (Mood.TAKE, Outcome.TAKEN, 1, 1),
        (Mood.REFUSE, Outcome.REFUSED, 0, 1),
        (Mood.BUSY, Outcome.LATER, 0, 1),
        (Mood.CLOSING, Outcome.LATER, 0, 2),
        (Mood.HANG_UP, Outcome.UNSURE, 0, 2),
        (Mood.TAKE_AND_HANG_UP, Outcome.UNSURE, 1, 2),
        (Mood.TAKE_AND_MUMBLE, Outcome.UNSURE, 1, 2),
        (Mood.TAKE_AND_LEAVE, Outcome.TAKEN, 1, 2),
    ],
)
def test_what_becomes_of_a_letter_and_that_the_next_arrives(smtp_server, mood, outcome, taken, connections):
    smtp_server.moods.append(mood)
    with carrier_to(smtp_server) as carrier:
        assert sent(carrier).outcome is outcome
        assert len(smtp_server.taken) == taken
        assert sent(carrier).outcome is Outcome.TAKEN
    assert (len(smtp_server.taken), smtp_server.connections) == (taken + 1, connections)


def test_a_server_silent_after_a_letter_leaves_us_unsure(smtp_server):
    smtp_server.moods.append(Mood.TAKE_AND_KEEP_SILENT)
    with carrier_to(smtp_server, IMPATIENT) as carrier:
        delivery = sent(carrier)
    assert (delivery.outcome, delivery.can_go_on) == (Outcome.UNSURE, True)
    assert "timed out" in delivery.said


def test_a_slow_answer_is_waited_for_longer_than_any_other_step(smtp_server):
    smtp_server.delay_seconds = 0.4
    with carrier_to(smtp_server, IMPATIENT) as carrier:
        assert sent(carrier).outcome is Outcome.TAKEN


def test_a_connection_cut_amid_a_large_letter_has_surely_not_taken_it(smtp_server):
    smtp_server.moods.append(Mood.HANG_UP_AMID)
    with carrier_to(smtp_server) as carrier:
        assert sent(carrier, data=LARGE_LETTER).outcome is Outcome.LATER
    assert smtp_server.taken == []


def test_a_server_that_is_away_takes_it_later_and_when_back_on_a_new_connection(smtp_server):
    with carrier_to(smtp_server) as carrier:
        first = sent(carrier)
        smtp_server.stop()
        while_away = sent(carrier)
        smtp_server.start()
        last = sent(carrier)
    assert [each.outcome for each in (first, while_away, last)] == ["taken", "later", "taken"]
    assert [each.can_go_on for each in (first, while_away, last)] == [True, False, True]
    assert "Connection refused" in while_away.said
    assert len(smtp_server.taken) == 2


def test_a_server_that_came_back_meanwhile_takes_the_letter_at_once(smtp_server):
    with carrier_to(smtp_server) as carrier:
        sent(carrier)
        smtp_server.stop()
        smtp_server.start()
        assert sent(carrier).outcome is Outcome.TAKEN
    assert (len(smtp_server.taken), smtp_server.connections) == (2, 2)


@pytest.mark.parametrize(
    "recipient", ["", "nobody", "a@b\r\nRCPT TO:<evil@x.example>", "<a@b>", "가@x.example"]
)
def test_what_is_no_address_is_refused_before_any_server_is_asked(smtp_server, recipient):
    with carrier_to(smtp_server) as carrier:
        assert sent(carrier, recipient=recipient).outcome is Outcome.REFUSED
    assert smtp_server.connections == 0


def test_a_sender_that_is_no_address_burns_no_letter(smtp_server):
    with carrier_to(smtp_server) as carrier:
        delivery = carrier.deliver(sender="desk", recipient=GUEST, data=LETTER)
    assert delivery.outcome is Outcome.LATER


def test_what_the_server_says_is_told_on_one_short_line(smtp_server):
    smtp_server.refused[GUEST] = "550-5.1.1 No\x07 such\r\n550-5.1.1 mailbox\r\n550 5.1.1 " + "x" * 400
    with carrier_to(smtp_server) as carrier:
        said = sent(carrier).said
    assert said.startswith("550 5.1.1 No such 5.1.1 mailbox 5.1.1 xxx")
    assert (len(said), said.isprintable()) == (300, True)
