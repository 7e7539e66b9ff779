"""Request letters as files: which kinds of paper are taken, believed by their first bytes alone."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from flask_babel import gettext as _
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import Form
from wtforms.validators import ValidationError

from scheduler.core.lines import is_one_line

MOST_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 200

PDF, JPEG, PNG = b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OFFICE = "application/vnd.openxmlformats-officedocument."
# Ending -> how such a file begins, and the media type we give it. HWP and HWPX are Korea's own office papers.
KINDS = {
    "pdf": (PDF, "application/pdf"),
    "jpg": (JPEG, "image/jpeg"),
    "jpeg": (JPEG, "image/jpeg"),
    "png": (PNG, "image/png"),
    "docx": (ZIP, f"{OFFICE}wordprocessingml.document"),
    "xlsx": (ZIP, f"{OFFICE}spreadsheetml.sheet"),
    "pptx": (ZIP, f"{OFFICE}presentationml.presentation"),
    "odt": (ZIP, "application/vnd.oasis.opendocument.text"),
    "hwpx": (ZIP, "application/hwp+zip"),
    "doc": (OLE, "application/msword"),
    "xls": (OLE, "application/vnd.ms-excel"),
    "ppt": (OLE, "application/vnd.ms-powerpoint"),
    "hwp": (OLE, "application/x-hwp"),
}


@dataclass(frozen=True)
class Paper:
    """A file that was sent and may be kept."""

    name: str
    media_type: str
    content: bytes


class LetterField(FileField):
    """A file of a kind we take, up to ten megabytes; nothing is fine too. `paper` is what was sent."""

    paper: Paper | None = None

    def pre_validate(self, form: Form) -> None:
        sent: Any = self.data
        if not isinstance(sent, FileStorage) or not sent.filename:
            return
        name = _plain_name(sent.filename)
        starts, media_type = KINDS.get(PurePosixPath(name).suffix.lower().lstrip("."), (None, ""))
        content = sent.read(MOST_BYTES + 1)
        sent.close()
        if len(content) > MOST_BYTES:
            raise ValidationError(
                _("This file is larger than ten megabytes. Scan it smaller, or send a part.")
            )
        if starts is None or not content.startswith(starts):
            endings = ", ".join(KINDS)
            raise ValidationError(_("Send one of these kinds of file: %(endings)s.", endings=endings))
        self.paper = Paper(name, media_type, content)

    def process_data(self, value: Any) -> None:
        self.data = None


def _plain_name(sent: str) -> str:
    """The name of a file without the folders that some browsers send along; shortened before its ending."""
    name = sent.replace("\\", "/").rsplit("/", 1)[-1].strip(" .")
    if not name or not is_one_line(name):
        raise ValidationError(_("Give the file a plain name on one line."))
    ending = PurePosixPath(name).suffix[:20]
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - len(ending)] + ending
