"""Languages by their codes, and pairs of them: "ar-ko" is somebody who carries either into the other."""

# ISO 639-1 whole, and of ISO 639-3 what a city is likely to meet that has no shorter code.
_TWO_LETTERS = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee
el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is
it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms
mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk
sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi
yo za zh zu
"""
_THREE_LETTERS = "ceb fil hak haw hmn nan prs wuu yue"
KNOWN = frozenset(f"{_TWO_LETTERS} {_THREE_LETTERS}".split())


def is_language(code: str) -> bool:
    """Whether this is the code of a language."""
    return code in KNOWN


def is_pair(code: str) -> bool:
    """Whether this names two different languages, such as "ar-ko"."""
    both = code.split("-")
    return len(both) == 2 and both[0] != both[1] and all(is_language(each) for each in both)
