"""Long lines cut into pieces that every reader puts together again (RFC 5545 3.1)."""

_MOST_OCTETS = 75
_LINE_END, _NEXT_PIECE = b"\r\n", b"\r\n "
_BACKSLASH = 0x5C


class BreaksALine(ValueError):
    """A content line holds a line end: something in it was not escaped, and could pass for a property."""


def folded(line: str) -> bytes:
    r"""One content line in UTF-8 with its CRLF, in pieces of at most 75 octets.

    No letter is cut in two, nor an escape: some readers look for `\,` before they put lines together.
    Raises `BreaksALine`.
    """
    if "\n" in line or "\r" in line:
        raise BreaksALine(f"{line[:80]!r} is more than one line")
    octets = line.encode()
    if len(octets) <= _MOST_OCTETS:
        return octets + _LINE_END
    pieces, begin, room = [], 0, _MOST_OCTETS
    while len(octets) - begin > room:
        end = _cut(octets, begin, begin + room)
        pieces.append(octets[begin:end])
        # The space at the start of each further piece counts.
        begin, room = end, _MOST_OCTETS - 1
    pieces.append(octets[begin:])
    return _NEXT_PIECE.join(pieces) + _LINE_END


def _cut(octets: bytes, begin: int, end: int) -> int:
    """The last place up to `end` where a letter or an escape begins."""
    while octets[end] & 0xC0 == 0x80:
        end -= 1
    first = end
    while first > begin and octets[first - 1] == _BACKSLASH:
        first -= 1
    # An even number of backslashes are escaped ones; the last of an odd number escapes what follows.
    return end - (end - first) % 2
