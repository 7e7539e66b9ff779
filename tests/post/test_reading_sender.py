"""Who wrote a mail, and what the servers on its way say about that."""

import pytest

from scheduler.core.belief import trusted_verdict
from scheduler.post.reading import read_mail
from tests.post.mails import BAT, a_mail, encoded_word


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (f"From: {BAT}", (BAT, "")),
        ("From: <BAT@Ulaanbaatar.Example>", (BAT, "")),
        (f'From: "Bat, Mayor; of <Ulaanbaatar>" <{BAT}>', (BAT, "Bat, Mayor; of <Ulaanbaatar>")),
        (f"From: Bat Erdene (the mayor) <{BAT}> (office)", (BAT, "Bat Erdene")),
        (f"From: {BAT} (Bat)", (BAT, "")),
        (f'From: "desk@city.example" <{BAT}>', (BAT, "desk@city.example")),
        (f"From: {encoded_word('권민서', 'euc-kr')} <{BAT}>", (BAT, "권민서")),
        (f"From: =?utf-8?B?6raM66+8?=\r\n =?utf-8?B?7ISc?= <{BAT}>", (BAT, "권민서")),
        (f"From: =?utf-8?Q?=EA=B6=8C=EB=AF?= =?utf-8?Q?=BC?= <{BAT}>", (BAT, "권민")),
        (f"From: {encoded_word('청', 'euc-kr')} <{BAT}>", (BAT, "청")),
        (f"From: {encoded_word('永田', 'iso-2022-jp')} <{BAT}>", (BAT, "永田")),
        (f"From: =?no-such-charset?B?Qg==?= <{BAT}>", (BAT, "B")),
        (f"From: =?utf-8?B?!!!?= <{BAT}>", (BAT, "")),
        (f"From: Bat <{BAT}>\r\n ", (BAT, "Bat")),
    ],
)
def test_one_mailbox_is_the_sender(field, expected):
    mail = read_mail(a_mail(field))
    assert (mail.sender, mail.sender_name) == expected


@pytest.mark.parametrize(
    "fields",
    [
        ("Subject: nobody",),
        ("From:",),
        (f"From: {BAT}", "From: mallory@evil.example"),
        (f"From: {BAT}, mallory@evil.example",),
        (f"From: mallory@evil.example <{BAT}>",),
        (f"From: mallory@evil.example, <{BAT}>",),
        (f"From: <mallory@evil.example> <{BAT}>",),
        (f"From: Friends: {BAT};",),
        (f"From: <<{BAT}>>",),
        (f"From: <{BAT}",),
        (f"From: <{BAT}> mallory@evil.example",),
        (f'From: <"{BAT}">',),
        (f'From: "{BAT}"',),
        (f"From: <{BAT} mallory@evil.example>",),
        ("From: bat@ulaanbaatar.example\x00@evil.example",),
        ("From: bàt@ulaanbaatar.example",),
        ("From: bat",),
        ("From: " + "(" * 5_000 + BAT,),
        ("From: " + "x" * 3_000 + f" <{BAT}>",),
    ],
)
def test_a_sender_in_doubt_is_nobody(fields):
    mail = read_mail(a_mail(*fields))
    assert (mail.sender, mail.sender_name) == ("", "")


OURS = "mx.city.example"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ([f"{OURS}; dmarc=pass header.from=a.example"], "pass"),
        ([f"{OURS}; dmarc=pass (p=none) header.from=evil.example"], "none"),
        ([f"{OURS} 1; spf=fail; dmarc=fail (p=none)"], "fail"),
        (["MX.City.Example; DMARC=Pass"], "pass"),
        ([f"{OURS}; dmarc/1 = pass"], "pass"),
        ([f"{OURS}; dmarc=bestguesspass action=none"], "bestguesspass"),
        ([f"{OURS}; dmarc=temperror"], "temperror"),
        ([f"{OURS}; none"], "none"),
        ([f"{OURS}"], "none"),
        ([], "none"),
        (["mx.evil.example; dmarc=pass"], "none"),
        ([f"{OURS}.evil.example; dmarc=pass"], "none"),
        ([f"(dmarc=pass) {OURS}; spf=pass (dmarc=pass; dmarc=pass)"], "none"),
        ([f'{OURS}; spf=pass smtp.mailfrom="x; dmarc=pass"'], "none"),
        ([f'{OURS}; dmarc="pass"'], "none"),
        ([f"{OURS}; spf=pass reason=dmarc=pass"], "none"),
        ([f"{OURS}; dmarc=fail; dmarc=pass"], "fail"),
        ([f"{OURS}; dmarc=pass; dmarc=fail"], "fail"),
        ([f"{OURS}; dmarc=fail", f"{OURS}; dmarc=pass"], "fail"),
        ([f"{OURS}; spf=none", f"{OURS}; dmarc=pass"], "none"),
        (["mx.relay.example; dmarc=fail", f"{OURS}; dmarc=pass"], "pass"),
        ([f"{OURS}; (((((dmarc=pass"], "none"),
        ([f'{OURS}; "dmarc=pass'], "none"),
        ([";;;", "=", "", f"{OURS}; =pass; dmarc; dmarc=; dmarc==; dmarc=pass"], "pass"),
    ],
)
def test_only_what_our_own_server_found_counts(fields, expected):
    mail = read_mail(a_mail(*(f"Authentication-Results: {field}" for field in fields), f"From: {BAT}"))
    assert trusted_verdict(mail.authentication, OURS, "bat@a.example") == expected


def test_results_are_given_by_server_from_the_top():
    mail = read_mail(
        a_mail(
            f"Authentication-Results: {OURS};\r\n dkim=fail (bad signature) header.d=list.example;"
            "\r\n dkim=pass header.d=a.example; spf=softfail",
            "ARC-Authentication-Results: i=1; mx.other.example; dmarc=pass",
            "Authentication-Results: mx.other.example; spf=pass; iprev=pass",
        )
    )
    assert mail.authentication == (
        (OURS, {"dkim": "pass", "spf": "softfail"}),
        ("mx.other.example", {"spf": "pass"}),
    )


def test_what_one_server_writes_into_thousands_of_fields_is_not_all_read():
    mail = read_mail(a_mail(*[f"Authentication-Results: {OURS}; spf=pass"] * 1_000))
    assert len(mail.authentication) == 50
