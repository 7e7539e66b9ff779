"""How wide words are, roughly and rather too wide: no font is at hand where a picture is drawn."""

import unicodedata
from collections.abc import Iterable, Iterator

NARROW = frozenset("iljtfrI.,:;!'|()[] -·")
WIDE = frozenset("mwMW@%")
ELLIPSIS = "…"
BREAKS_AFTER, BREAKS_BEFORE = frozenset(" ·/-–"), frozenset("([（")


def width_of(words: str, size: float) -> float:
    """The width of a line in the units of its size."""
    return sum(_share(character) for character in words) * size


def wrapped(words: str, *, size: float, widest: float, most_lines: int = 2) -> list[str]:
    """Words in a few lines no wider than asked; what does not fit is cut, and the cut is marked."""
    lines = [""]
    for piece in _fitting(_pieces(words), size, widest):
        if not lines[-1] or width_of(lines[-1] + piece.rstrip(), size) <= widest:
            lines[-1] += piece
        else:
            lines.append(piece)
    lines = [line.strip() for line in lines]
    kept = lines[:most_lines]
    if len(lines) > most_lines:
        kept[-1] += ELLIPSIS
    return [_cut(line, size, widest) for line in kept if line]


def _fitting(pieces: Iterable[str], size: float, widest: float) -> Iterator[str]:
    """The pieces, one that is wider than a whole line broken up."""
    for piece in pieces:
        if width_of(piece.rstrip(), size) <= widest:
            yield piece
        else:
            yield from _clusters(piece)


def _cut(line: str, size: float, widest: float) -> str:
    """A line that ends before it is too wide, never between a letter and its marks."""
    if width_of(line, size) <= widest:
        return line
    kept = ""
    for cluster in _clusters(line.removesuffix(ELLIPSIS)):
        if width_of(kept + cluster + ELLIPSIS, size) > widest:
            break
        kept += cluster
    return kept.rstrip() + ELLIPSIS


def _pieces(words: str) -> Iterator[str]:
    """Where a line may break: after a space or dash, and around each character of scripts without spaces."""
    piece = ""
    for cluster in _clusters(" ".join(words.split())):
        if _is_square(cluster[0]):
            if piece:
                yield piece
            piece = ""
            yield cluster
        elif cluster in BREAKS_AFTER:
            yield piece + cluster
            piece = ""
        elif cluster in BREAKS_BEFORE and piece:
            yield piece
            piece = cluster
        else:
            piece += cluster
    if piece:
        yield piece


def _clusters(words: str) -> Iterator[str]:
    cluster = ""
    for character in words:
        if (
            cluster
            and not unicodedata.category(character).startswith("M")
            and "\u200d"
            not in (
                character,
                cluster[-1],
            )
        ):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _is_square(character: str) -> bool:
    """Chinese characters and kana; Korean is written with spaces."""
    return unicodedata.east_asian_width(character) in "WF" and not "가" <= character <= "힣"


def _share(character: str) -> float:
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf", "Cc"):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character in NARROW:
        return 0.36
    if character in WIDE:
        return 0.95
    return 0.7 if category == "Lu" else 0.6
