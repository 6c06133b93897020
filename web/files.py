"""附件: handing out private files by checked link, and taking those that a page's form sends (F58)."""

from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from domain import file_links
from domain.actor import Actor
from domain.errors import Unknown
from domain.files import LARGEST, MOST_AT_ONCE, FileTooLarge, Kind, TooManyFiles
from domain.permissions import Can
from services import files
from services.files import Attached
from web import here
from web.deeds import needs

pages = Blueprint("web_files", __name__)

LARGEST_FORM = LARGEST + 1024 * 1024
"""Bytes of a form with files: one of the largest, or several smaller ones."""
_SHOWN_AT_ONCE = frozenset({Kind.PDF})
_PRIVATE = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'",
}


@pages.get("/files/<said>")
@needs(Can.BE_ANYONE)
def file(said: str) -> Response:
    """The file behind a checked link: whoever was shown the link may open it until it ends. Raises `NoSuchFile`."""
    house = here.house()
    code = file_links.read(house.pseudonyms, said, house.now())
    with house.database.reading() as db:
        found = files.find(db, code)
    shown = "inline" if found.kind.is_picture or found.kind in _SHOWN_AT_ONCE else "attachment"
    headers = _PRIVATE | {"Content-Disposition": f"{shown}; filename=\"file.{found.kind.value}\"; filename*=UTF-8''{quote(found.name)}"}
    return Response(_bytes(house.files.path(found.digest)), 200, headers, content_type=found.kind.mime)


def link(code: str) -> str:
    """The address under which this file opens for the next half hour; for pages that have asked the thing's own rule."""
    house = here.house()
    return f"/files/{file_links.make(house.pseudonyms, code, house.now())}"


def take(actor: Actor, field: str = "file") -> list[Attached]:
    """Keep the files that this form sent under `field`, as the actor's own; a deed then takes their codes in.

    None chosen is an empty list. Raises the refusals of `domain.files`: then nothing of the form was done.
    """
    house, sent = here.house(), [one for one in _sent(field) if one.filename]
    if len(sent) > MOST_AT_ONCE:
        raise TooManyFiles()
    kept = [house.files.keep(one.filename or "", one.stream) for one in sent]
    with house.database.transaction() as db:
        return [files.add(db, actor, one, house.now()) for one in kept]


def _sent(field: str) -> list[FileStorage]:
    """Before anything else is read of the form: werkzeug's own limit for it is that of a form without files."""
    request.max_content_length = LARGEST_FORM
    try:
        return request.files.getlist(field)
    except RequestEntityTooLarge:
        raise FileTooLarge(name="所选文件") from None


def _bytes(path: Path) -> bytes:
    """Raises `Unknown` in words when the disk has lost what the table remembers."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileLost() from None


class FileLost(Unknown):
    code = "file_lost"
    sentence = "附件的登记还在，但文件已找不到。请联系运维人员从备份恢复，或请提交人重新上传。"
