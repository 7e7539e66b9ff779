"""Bytes from strangers turned into text, whatever charset they name or fail to name."""

import re
from encodings.aliases import aliases

_LONGEST_NAME = 40
# What mails are written in. Names outside this list are never looked up: Python keeps every name it was
# ever asked for, and some of its codecs are no charsets at all.
_CODECS = """
    ascii utf_8 cp949 gb18030 cp932 big5hkscs euc_jp johab hz koi8_r koi8_u koi8_t iso2022_jp_2
    iso2022_jp_ext iso2022_kr utf_16 utf_16_le utf_16_be cp874 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255
    cp1256 cp1257 cp1258 iso8859_2 iso8859_3 iso8859_4 iso8859_5 iso8859_6 iso8859_7 iso8859_8
    iso8859_10 iso8859_13 iso8859_14 iso8859_15 iso8859_16 mac_roman
"""
_READ = frozenset(_CODECS.split())
# Programs name a charset and write the larger one that grew out of it.
_LARGER = {
    "latin_1": "cp1252",
    "iso8859_1": "cp1252",
    "iso8859_9": "cp1254",
    "iso8859_11": "cp874",
    "tis_620": "cp874",
    "euc_kr": "cp949",
    "ks_c_5601": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "iso2022_jp": "iso2022_jp_2",
    "iso2022_jp_1": "iso2022_jp_2",
    "windows_949": "cp949",
    "x_windows_949": "cp949",
    "windows_31j": "cp932",
    "iso_8859_8_i": "iso8859_8",
    "unicode": "utf_16",
}
# Such text is made of ASCII bytes alone, so that it would pass for ASCII.
_SEVEN_BIT = frozenset({"iso2022_jp_2", "iso2022_jp_ext", "iso2022_kr", "hz"})
# In these a short word may by chance be UTF-8 as well, so that their name counts first.
_MANY_BYTES = frozenset({"cp949", "cp932", "gb18030", "big5hkscs", "euc_jp", "johab", "cp874"})
_MARKS = {b"\xef\xbb\xbf": "utf_8", b"\xff\xfe": "utf_16_le", b"\xfe\xff": "utf_16_be"}


def decoded(data: bytes, *, charset: str = "") -> str:
    """The text of `data`: by its byte order mark, else as UTF-8 or in `charset`. Never raises.

    What is valid UTF-8 is UTF-8, whatever name it was given, unless the name is that of a charset that makes
    such bytes by itself. What nothing explains becomes U+FFFD, so that the ASCII around it stays readable.
    """
    for mark, codec in _MARKS.items():
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    named = codec_named(charset)
    if named in _SEVEN_BIT or named.startswith("utf_16"):
        return data.decode(named, "replace")
    for codec in (named, "utf_8") if named in _MANY_BYTES else ("utf_8",):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return data.decode(named, "replace")


def codec_named(charset: str) -> str:
    """The codec for a charset's name as mails write it; UTF-8 for a name that is none."""
    if len(charset) > _LONGEST_NAME or not charset.isascii():
        return "utf_8"
    plain = re.sub("[^a-z0-9]+", "_", charset.lower()).strip("_")
    codec = aliases.get(plain, plain)
    codec = _LARGER.get(codec, codec)
    return codec if codec in _READ else "utf_8"
