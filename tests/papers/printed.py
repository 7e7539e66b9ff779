"""Printed pages as tests see them: their text, and how they differ from pictures looked at by eye."""

import os
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops
from pypdf import PdfReader

REFERENCES = Path(__file__).parent / "pictures"
ARTEFACTS = Path(__file__).parents[1] / "artefacts" / "papers"
DOTS_PER_INCH = 60
# A sign may move by a hair with another machine's rounding: so many grey levels are no difference, and so
# many points in a thousand may differ by more.
SHADE, MOST_PER_MILLE = 48, 2.0


def text_of(pdf: bytes) -> list[str]:
    """The words of each page, each run of spaces as one."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def differing(name: str, pages: Sequence[bytes]) -> list[str]:
    """Keep the pages among the artefacts, and tell which of them are not as the references of that name.
    With PAPERS_LOOKED_AT set they become the references: look at them first, page by page."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    found = []
    for number, data in enumerate(pages, 1):
        page = Image.open(BytesIO(data)).convert("L")
        page.save(ARTEFACTS / f"{name}-{number}.png")
        reference = REFERENCES / f"{name}-{number}.png"
        if os.environ.get("PAPERS_LOOKED_AT"):
            page.quantize(16).save(reference, optimize=True)
        elif not reference.exists() or (per_mille := _difference(page, reference)) > MOST_PER_MILLE:
            told = (
                "has no reference" if not reference.exists() else f"differs by {per_mille:.1f} in a thousand"
            )
            found.append(f"{name}-{number} {told}")
    if len(pages) != len(list(REFERENCES.glob(f"{name}-[0-9].png"))):
        found.append(f"{name} has {len(pages)} pages")
    return found


def _difference(page: Image.Image, reference: Path) -> float:
    before = Image.open(reference).convert("L")
    if before.size != page.size:
        return 1000.0
    histogram = ImageChops.difference(page, before).histogram()
    return 1000 * sum(histogram[SHADE:]) / (page.width * page.height)
