"""The words of a mail, in whatever charset and shape they come."""

from base64 import b64encode
from datetime import UTC, datetime
from quopri import encodestring

import pytest

from scheduler.post.reading import LONGEST_TEXT, read_mail
from tests.post.mails import a_mail, encoded_word, of_parts


@pytest.mark.parametrize(
    ("text", "charset", "named"),
    [
        ("서울 교통정보센터", "euc-kr", "euc-kr"),
        ("똠방각하", "cp949", "ks_c_5601-1987"),
        ("청", "euc-kr", "EUC-KR"),
        ("서울", "iso-2022-kr", "iso-2022-kr"),
        ("東京からの訪問", "iso-2022-jp", "ISO-2022-JP"),
        ("髙橋①", "cp932", "shift_jis"),
        ("北京代表團", "gb18030", "gb2312"),
        ("臺北", "big5", "big5"),
        ("Это согласовано", "koi8-r", "koi8-r"),
        ("شكرا جزيلا", "cp1256", "windows-1256"),
        ("Jürgen – “ja”", "cp1252", "iso-8859-1"),
        ("서울", "utf-8", "iso-8859-1"),
        ("서울", "utf-8", ""),
        ("서울", "utf-8", "x-nonsense"),
        ("서울", "utf-8", "rot13"),
        ("서울", "utf-16", "utf-16"),
        ("서울", "utf-8-sig", "utf-8"),
    ],
)
def test_text_is_read_in_its_charset(text, charset, named):
    parameter = f"; charset={named}" if named else ""
    mail = a_mail(f"Content-Type: text/plain{parameter}", body=text.encode(charset))
    assert read_mail(mail).text == text


def test_a_charset_that_lies_costs_no_more_than_the_letters_it_hides():
    mail = a_mail("Content-Type: text/plain; charset=utf-8", body=b"ja, M\xfcnchen kommt")
    assert read_mail(mail).text == "ja, M\ufffdnchen kommt"


@pytest.mark.parametrize(
    ("field", "subject"),
    [
        ("Subject: plain", "plain"),
        ("Subject: 서울 방문", "서울 방문"),
        (f"Subject: Re: {encoded_word('수락됨', 'euc-kr')}: TOPIS", "Re: 수락됨: TOPIS"),
        ("Subject: =?utf-8?B?7ISc?=\r\n =?UTF-8?b?7Jq4?= x", "서울 x"),
        ("Subject: =?utf-8?B?7ISc7A==?= =?utf-8?B?mrg=?=", "서울"),
        ("Subject: =?utf-8*ko?Q?a_b=5Fc?=", "a b_c"),
        ("Subject: a\r\n\tb", "a b"),
        ("Subject: =?utf-8?Q?a=0D=0ABcc:_x@y.example?=", "a Bcc: x@y.example"),
        ("Subject: =?utf-8?Q?a=00=E2=80=AEb?=", "ab"),
        ("Subject: =?utf-8?X?aa?=", "=?utf-8?X?aa?="),
        ("Subject: =?=?=?=?=?", "=?=?=?=?=?"),
        ("Subject:", ""),
        ("Subject : spaced", "spaced"),
        ("SUBJECT:x", "x"),
    ],
)
def test_a_subject_is_one_clean_line(field, subject):
    assert read_mail(a_mail(field, body=b"x")).subject == subject


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two &amp; three</p>", "one\n\ntwo & three"),
        ("a<br>b<BR/>c", "a\nb\nc"),
        ("<style>p{x}</style><script>if (a<b) {}</script><title>t</title>words", "words"),
        ("<!-- <p>hidden</p> -->shown", "shown"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("a\r\n  b\t c", "a b c"),
        ("&lt;script&gt;x&lt;/script&gt;", "<script>x</script>"),
        ('<a href="https://evil.example">click</a>', "click"),
        ("cut off <a href=", "cut off"),
        ("<script>never closed", ""),
        ("<!-- never closed", ""),
        ("&#" + "9" * 5_000 + ";", "\ufffd;"),
        ("&#x" + "f" * 5_000 + ";", "\ufffd;"),
        ("&#0;&#8238;&#13;x", "\ufffd\nx"),
        ("<ul><li>one<li>two</ul>", "one\ntwo"),
    ],
)
def test_html_becomes_its_words(html, text):
    mail = a_mail("Content-Type: text/html; charset=utf-8", body=html.encode())
    assert read_mail(mail).text == text


def test_plain_text_goes_before_html_and_what_is_attached_is_not_text():
    mail = of_parts(
        b"Content-Type: text/html\r\n\r\n<p>rich</p>",
        b"Content-Type: text/plain\r\n\r\n  \r\n",
        b"Content-Disposition: attachment\r\n\r\nattached",
        b'Content-Type: text/plain; name="list.txt"\r\n\r\nlist',
        b"\r\nplain",
    )
    assert read_mail(mail).text == "plain"


def test_a_long_text_is_cut():
    found = read_mail(a_mail("Subject: x", body="가".encode() * 100_000)).text
    assert found == "가" * (LONGEST_TEXT - 1) + "…"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("base64", b64encode("예, 갑니다".encode())),
        ("BASE64 ", b" \r\n".join([b64encode("예, 갑니다".encode()), b"=?junk"])),
        ("base64", b64encode("예, 갑니다".encode()).rstrip(b"=") + b"\r\n\r\n"),
        ("base64", b"!!" + b64encode("예, 갑니다".encode())),
        ("quoted-printable", encodestring("예, 갑니다".encode())),
        ("8bit", "예, 갑니다".encode()),
        ("x-unknown", "예, 갑니다".encode()),
    ],
)
def test_what_was_done_to_a_text_on_its_way_is_undone(encoding, body):
    mail = a_mail(
        "Content-Type: text/plain; charset=utf-8", f"Content-Transfer-Encoding: {encoding}", body=body
    )
    assert read_mail(mail).text == "예, 갑니다"


@pytest.mark.parametrize("body", [b"A", b"QUJDR", b"====", b"\xff\xfe", b""])
def test_broken_base64_is_read_as_far_as_it_goes(body):
    mail = a_mail("Content-Type: text/plain", "Content-Transfer-Encoding: base64", body=body)
    assert read_mail(mail).text == ("ABC" if body == b"QUJDR" else "")


@pytest.mark.parametrize(
    ("value", "written_at"),
    [
        ("Mon, 2 Nov 2026 10:00:00 +0900", datetime(2026, 11, 2, 1, 0, tzinfo=UTC)),
        ("2 Nov 2026 10:00 KST", datetime(2026, 11, 2, 10, 0, tzinfo=UTC)),
        ("Mon, 02 Nov 2026 10:00:00 -0000", datetime(2026, 11, 2, 10, 0, tzinfo=UTC)),
        ("Mon, 2 Nov 2026 10:00:00 GMT (comment)", datetime(2026, 11, 2, 10, 0, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
        ("Mon, 32 Nov 2026 25:61:00 +9999", None),
        ("1 Jan 1850 00:00:00 +0000", None),
        ("31 Dec 9999 23:59:59 -2359", None),
        ("1 Jan 99999999999999999999 00:00:00 +0000", None),
        ("Mon, 2 Nov 2026 10:00:00 +" + "9" * 90, None),
    ],
)
def test_a_date_is_a_moment_or_nothing(value, written_at):
    assert read_mail(a_mail(f"Date: {value}", body=b"x")).written_at == written_at


@pytest.mark.parametrize(
    ("field", "message_id"),
    [
        ("Message-ID: <a@b.example>", "<a@b.example>"),
        ("Message-Id:\r\n  <a@b.example> (comment)", "<a@b.example>"),
        ("MESSAGE-ID: a@b.example", "<a@b.example>"),
        ("Message-ID: <a@b.example> <c@d.example>", "<a@b.example>"),
        ("Message-ID: <>", ""),
        ("Message-ID: <a b@c.example>", ""),
        ("Message-ID: two words", ""),
        ("Message-ID: <" + "x" * 300 + "@b.example>", ""),
        ("X-Other: <a@b.example>", ""),
    ],
)
def test_a_message_id_is_clean_or_missing(field, message_id):
    assert read_mail(a_mail(field, body=b"x")).message_id == message_id
