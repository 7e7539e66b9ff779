"""Answers are read leniently, and what is none says why."""

from datetime import UTC, datetime

import pytest

from scheduler.calendars.answer import AnswerMethod, read_answer
from scheduler.calendars.misunderstanding import Misunderstanding, NotForUs, NotUnderstood
from scheduler.core.participation import Participation
from tests.calendars.answers import ATTENDEE, BAT, UID, answer_of, calendar_of, event_of

STAMP = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)


def test_the_least_that_is_an_answer_is_one():
    answer = read_answer(answer_of())
    assert (answer.method, answer.uid, answer.attendee, answer.partstat) == (
        AnswerMethod.REPLY,
        UID,
        BAT,
        Participation.ACCEPTED,
    )
    assert (answer.sequence, answer.stamped_at, answer.recurrence_at, answer.organizer) == (
        None,
        None,
        None,
        "",
    )


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_any_line_end_and_a_byte_order_mark_will_do(end, mark):
    data = mark.encode() + calendar_of(*event_of("DTSTAMP:20261102T050000Z"), end=end)
    assert read_answer(data).stamped_at == STAMP


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_two_byte_characters_is_read(charset):
    mark = "" if charset == "utf-16" else "\ufeff"
    assert read_answer((mark + answer_of().decode()).encode(charset)).attendee == BAT


@pytest.mark.parametrize(
    ("said", "partstat"),
    [
        ("ACCEPTED", Participation.ACCEPTED),
        ("declined", Participation.DECLINED),
        ("Tentative", Participation.TENTATIVE),
        ('"DELEGATED"', Participation.DELEGATED),
        ("NEEDS-ACTION", Participation.NEEDS_ACTION),
        ("COMPLETED", Participation.NEEDS_ACTION),
        ("X-MAYBE", Participation.NEEDS_ACTION),
        ("ACCEPTED,DECLINED", Participation.NEEDS_ACTION),
        ("", Participation.NEEDS_ACTION),
    ],
)
def test_an_unknown_answer_is_no_answer_yet(said, partstat):
    assert read_answer(answer_of(attendee=f"ATTENDEE;PARTSTAT={said}:mailto:{BAT}")).partstat == partstat


@pytest.mark.parametrize(
    "attendee",
    [
        f"ATTENDEE:mailto:{BAT}",
        f"ATTENDEE:MAILTO:{BAT.upper()}",
        f"attendee;partstat=accepted:Mailto:{BAT}",
        f"ATTENDEE:{BAT}",
        f"ATTENDEE: mailto: {BAT} ",
        f"ATTENDEE:mailto:{BAT.replace('@', '%40')}",
        f'ATTENDEE;CN="Bat: mayor; of, all":mailto:{BAT}',
        f"ATTENDEE;EMAIL={BAT}:urn:uuid:7f3a0000-0000-0000-0000-000000000000",
        f"ATTENDEE;CN=x:mailto:{BAT[:5]}\r\n {BAT[5:]}",
        f"ATTENDEE;\r\n\tCN=x:mailto:{BAT}",
        f"ATTENDEE ; CN = x :mailto:{BAT}",
        f"ATTENDEE:mailto:{BAT}\r\nATTENDEE:MAILTO:{BAT.upper()}",
    ],
)
def test_an_address_is_read_however_it_is_written(attendee):
    assert read_answer(answer_of(attendee=attendee)).attendee == BAT


def test_a_character_cut_in_two_by_a_fold_is_whole_again():
    data = answer_of("COMMENT:네").replace("네".encode(), b"\xeb\r\n \x84\r\n \xa4")
    assert read_answer(data).comment == "네"


@pytest.mark.parametrize(
    ("text", "charset"),
    [("김민서, 참석합니다", "euc-kr"), ("東京", "iso-2022-jp"), ("Grüße", "iso-8859-1"), ("서울", "utf-8")],
)
def test_words_are_read_in_the_charset_that_the_mail_names(text, charset):
    data = answer_of(f"COMMENT:{text}").decode().encode(charset)
    assert read_answer(data, charset=charset).comment == text


def test_a_wrong_charset_spoils_words_and_nothing_else():
    answer = read_answer(answer_of("COMMENT:참석").decode().encode("euc-kr"), charset="utf-8")
    assert (answer.attendee, set(answer.comment)) == (BAT, {"\ufffd"})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"a\, b\; c\nd\Ne \\n \x", "a, b; c\nd\ne \\n x"),
        ("https://x.example/a:b;c", "https://x.example/a:b;c"),
        ("a\x00\x1b[31m\u202eb", "a[31mb"),
        ("trailing\\", "trailing\\"),
    ],
)
def test_a_comment_is_read_without_its_escapes_and_cleaned(written, read):
    assert read_answer(answer_of(f"COMMENT:{written}")).comment == read


def test_where_google_puts_a_comment_it_is_found():
    attendee = f'ATTENDEE;X-RESPONSE-COMMENT="yes, but^nlate":mailto:{BAT}'
    assert "yes, but" in read_answer(answer_of(attendee=attendee)).comment


def test_the_whole_series_goes_before_its_exceptions():
    data = calendar_of(
        *event_of("RECURRENCE-ID:20261201T010000Z", "SEQUENCE:1"),
        *event_of("SEQUENCE:7"),
        *event_of("RECURRENCE-ID:20261202T010000Z", "SEQUENCE:9"),
    )
    answer = read_answer(data)
    assert (answer.sequence, answer.recurrence_at) == (7, None)


@pytest.mark.parametrize("hint", ["REPLY", "reply", " Reply "])
def test_the_method_may_stand_in_the_header_of_the_mail_alone(hint):
    data = calendar_of(*event_of(), method="")
    assert read_answer(data, method_hint=hint).method == AnswerMethod.REPLY


@pytest.mark.parametrize(
    "method", ["REQUEST", "CANCEL", "PUBLISH", "ADD", "DECLINECOUNTER", "X-JOIN", "reply x"]
)
def test_the_messages_of_an_organizer_are_not_for_us(method):
    with pytest.raises(NotForUs) as caught:
        read_answer(answer_of(method=method))
    assert (caught.value.code, caught.value.method, caught.value.uid) == (
        Misunderstanding.NOT_FOR_US,
        method.upper(),
        UID,
    )


M = Misunderstanding
EVENT = event_of()
NOT_UNDERSTOOD = {
    "nothing": (b"", M.NO_CALENDAR),
    "words": (b"I shall come", M.NO_CALENDAR),
    "html": (b"<html><body>BEGIN:VCALENDAR</body></html>", M.NO_CALENDAR),
    "no method": (calendar_of(*EVENT, method=""), M.NO_METHOD),
    "two methods": (calendar_of("METHOD:COUNTER", *EVENT), M.SEVERAL_METHODS),
    "no event": (calendar_of(), M.NO_EVENT),
    "a task": (calendar_of("BEGIN:VTODO", f"UID:{UID}", ATTENDEE, "END:VTODO"), M.NO_EVENT),
    "no uid": (calendar_of(*event_of(uid="")), M.NO_UID),
    "empty uid": (calendar_of(*event_of("UID:", uid="")), M.NO_UID),
    "long uid": (calendar_of(*event_of(uid="x" * 256)), M.NO_UID),
    "uid in one of two": (calendar_of(*EVENT, *event_of(uid="")), M.NO_UID),
    "two uids": (calendar_of(*EVENT, *event_of(uid="other@city.example")), M.SEVERAL_UIDS),
    "two uids in one": (calendar_of(*event_of("UID:other")), M.SEVERAL_UIDS),
    "no attendee": (answer_of(attendee=""), M.NO_ATTENDEE),
    "attendee is no address": (answer_of(attendee="ATTENDEE:invalid:nomail"), M.NO_ATTENDEE),
    "attendee with a line break": (answer_of(attendee=f"ATTENDEE:mailto:{BAT}%0d%0aBcc:x@y"), M.NO_ATTENDEE),
    "attendee with a question": (answer_of(attendee=f"ATTENDEE:mailto:{BAT}?cc=x@y"), M.NO_ATTENDEE),
    "two attendees": (answer_of("ATTENDEE:mailto:x@y.example"), M.SEVERAL_ATTENDEES),
    "two attendees, one unreadable": (answer_of("ATTENDEE:invalid:nomail"), M.SEVERAL_ATTENDEES),
    "attendees differ": (
        calendar_of(*EVENT, *event_of(attendee="ATTENDEE:mailto:x@y.example")),
        M.SEVERAL_ATTENDEES,
    ),
    "attendee in a component of the event": (
        calendar_of(*event_of("BEGIN:VALARM", ATTENDEE, "END:VALARM", attendee="")),
        M.NO_ATTENDEE,
    ),
    "cut off": (calendar_of(*EVENT)[:-20], M.BROKEN),
    "crossed ends": (calendar_of("BEGIN:VEVENT", f"UID:{UID}", "END:VCALENDAR", "END:VEVENT"), M.BROKEN),
    "end of nothing": (b"END:VCALENDAR\r\n" + calendar_of(*EVENT), M.BROKEN),
    "attendee without value": (answer_of(attendee="ATTENDEE;CN=x"), M.NO_ATTENDEE),
    "attendee with broken parameters": (answer_of(attendee=f"ATTENDEE;;=:mailto:{BAT}"), M.BROKEN),
    "sequence below nought": (answer_of("SEQUENCE:-1"), M.BROKEN),
    "sequence in words": (answer_of("SEQUENCE:two"), M.BROKEN),
    "sequence in other digits": (answer_of("SEQUENCE:٢"), M.BROKEN),
    "sequence beyond all": (answer_of("SEQUENCE:2147483648"), M.BROKEN),
    "recurrence without zone": (answer_of("RECURRENCE-ID:20261201T100000"), M.UNREADABLE_TIME),
    "recurrence on a day": (answer_of("RECURRENCE-ID;VALUE=DATE:20261201"), M.UNREADABLE_TIME),
}


@pytest.mark.parametrize("name", NOT_UNDERSTOOD)
def test_what_is_no_answer_says_why(name):
    data, code = NOT_UNDERSTOOD[name]
    with pytest.raises(NotUnderstood) as caught:
        read_answer(data)
    assert caught.value.code == code


def test_the_header_of_the_mail_must_not_contradict_the_file():
    with pytest.raises(NotUnderstood) as caught:
        read_answer(answer_of(), method_hint="COUNTER")
    assert caught.value.code == M.SEVERAL_METHODS


def test_what_was_found_before_it_went_wrong_is_told_too():
    with pytest.raises(NotUnderstood) as caught:
        read_answer(answer_of(attendee=""))
    assert (caught.value.method, caught.value.uid) == ("REPLY", UID)


@pytest.mark.parametrize("sequence", ["0", "007", "2147483647"])
def test_a_sequence_is_a_number(sequence):
    assert read_answer(answer_of(f"SEQUENCE:{sequence}")).sequence == int(sequence)


def test_the_organizer_is_read_and_a_wrong_one_is_left_out():
    assert read_answer(answer_of("ORGANIZER;CN=x:MAILTO:Desk@City.example")).organizer == "desk@city.example"
    assert read_answer(answer_of("ORGANIZER:https://city.example")).organizer == ""
