"""In which language a name is best printed, by the signs it is written in: Han signs differ between them."""

from collections.abc import Collection

KANA, HANGUL, ARABIC = (
    (("\u3040", "\u30ff"),),
    (("\u1100", "\u11ff"), ("\u3130", "\u318f"), ("\uac00", "\ud7af")),
    (
        ("\u0600", "\u06ff"),
        ("\u0750", "\u077f"),
        ("\u08a0", "\u08ff"),
    ),
)
HAN = (("\u3400", "\u9fff"), ("\uf900", "\ufaff"))
Stretches = tuple[tuple[str, str], ...]


def language_of_name(name: str, spoken: Collection[str] = ()) -> str:
    """The language (ko, zh, ja, ar, en) whose fonts and direction a name wants; `spoken` are those of whoever
    bears it, which tell Japanese from Chinese where the signs do not."""
    if _has(name, HANGUL):
        return "ko"
    if _has(name, KANA):
        return "ja"
    if _has(name, ARABIC):
        return "ar"
    if _has(name, HAN):
        return next((code for code in ("zh", "ja", "ko") if code in spoken), "zh")
    return "en"


def _has(name: str, stretches: Stretches) -> bool:
    return any(first <= sign <= last for sign in name for first, last in stretches)
