"""A mail taken apart into its leaves (RFC 2046), in bounded time however often it is nested.

The standard library's parser hands every line through every level, so that deep nesting takes it minutes or
runs into the limit of recursion; here each level is one search for its boundary.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.post.encoded import from_transfer, words
from scheduler.post.fields import Fields, read_fields
from scheduler.post.structured import parameters

MOST_PARTS = 1_000
MOST_DELIMITERS = 20_000
DEEPEST = 12
LONGEST_BOUNDARY = 250


@dataclass(frozen=True)
class Part:
    """A leaf of a mail: where its content lies in the mail, and what its header says about it.

    `kind` is the media type in lower case, `parameters` those of the Content-Type, `names` every name
    that the part gives its file.
    """

    start: int
    end: int
    kind: str
    parameters: dict[str, str]
    encoding: str
    is_attachment: bool
    names: tuple[str, ...]

    def content(self, raw: bytes, *, most: int) -> bytes:
        """The first `most` bytes of the content in the mail `raw`, its transfer encoding undone."""
        # Three bytes in base64 are four signs, in quoted-printable up to nine, and line ends besides.
        return from_transfer(raw[self.start : min(self.end, self.start + 10 * most)], self.encoding)[:most]


@dataclass
class Walk:
    """What is spent of the bounds while a mail is taken apart."""

    parts: int = 0
    delimiters: int = 0
    is_whole: bool = True


def leaves(raw: bytes, walk: Walk) -> Iterator[Part]:
    """The leaves of the mail `raw` in their order; mails within the mail are leaves.

    At most MOST_PARTS parts, DEEPEST multiparts within each other and MOST_DELIMITERS delimiters are
    looked at; `walk.is_whole` becomes False when that was not all.
    """
    waiting = [(0, len(raw), 0)]
    while waiting:
        start, end, depth = waiting.pop()
        walk.parts += 1
        if walk.parts > MOST_PARTS:
            walk.is_whole = False
            return
        fields, body, is_all = read_fields(raw, start, end)
        walk.is_whole = walk.is_whole and is_all
        kind, given = parameters(fields.first("content-type"))
        boundary = given.get("boundary", "").rstrip()
        if not kind.startswith("multipart/") or not 0 < len(boundary) <= LONGEST_BOUNDARY:
            yield _leaf(fields, body, end)
        elif depth == DEEPEST:
            walk.is_whole = False
        else:
            inside = list(_split(raw, (body, end), boundary.encode("utf-8", "replace"), walk))
            waiting += [(*span, depth + 1) for span in reversed(inside)]
            if not inside:
                yield _leaf(fields, body, end)


def _leaf(fields: Fields, start: int, end: int) -> Part:
    kind, given = parameters(fields.first("content-type"))
    disposition, more = parameters(fields.first("content-disposition"))
    if "/" not in kind or kind.startswith("multipart/"):
        kind = "text/plain"
    return Part(
        start=start,
        end=end,
        kind=kind,
        parameters=given,
        encoding=fields.first("content-transfer-encoding"),
        is_attachment=disposition == "attachment",
        names=tuple(words(name) for name in (given.get("name", ""), more.get("filename", "")) if name),
    )


def _split(raw: bytes, span: tuple[int, int], boundary: bytes, walk: Walk) -> Iterator[tuple[int, int]]:
    """Where the parts between the delimiters lie; without the closing one the last goes to the end."""
    start, end = span
    delimiter = b"\n--" + boundary
    at = start - 1 if raw.startswith(delimiter[1:], start) else raw.find(delimiter, start, end)
    begun: int | None = None
    while at >= 0:
        walk.delimiters += 1
        if walk.delimiters > MOST_DELIMITERS:
            walk.is_whole = False
            break
        line_end = raw.find(b"\n", at + len(delimiter), end)
        after = end if line_end < 0 else line_end + 1
        rest = raw[at + len(delimiter) : min(after, at + len(delimiter) + 100)].strip(b" \t\r\n")
        if rest in (b"", b"--"):
            if begun is not None:
                yield begun, max(begun, at - (raw[at - 1 : at] == b"\r"))
            begun = after if rest == b"" else None
            if begun is None:
                return
        at = raw.find(delimiter, max(after - 1, at + 1), end)
    if begun is not None:
        yield begun, end
