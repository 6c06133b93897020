"""附件 files: which kinds are taken, how large, by which first bytes they are known, and why one is not taken (F58, T19)."""

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Invalid, NotAllowed, Unknown, WrongMoment

LARGEST = 20 * 1024 * 1024
"""Bytes of one file as sent; pictures are kept far smaller."""
LONGEST_NAME = 80
MOST_AT_ONCE = 9
"""Files of one form: as many as WeChat lets choose at once."""


class Kind(StrEnum):
    """What is taken. The value is the ending under which it is handed out."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    DOC = "doc"
    XLS = "xls"
    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    CSV = "csv"

    @property
    def is_picture(self) -> bool:
        return self in (Kind.JPEG, Kind.PNG, Kind.WEBP)

    @property
    def mime(self) -> str:
        return _MIME[self]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_MIME = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    Kind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    Kind.DOC: "application/msword",
    Kind.XLS: "application/vnd.ms-excel",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.WEBP: "image/webp",
    Kind.CSV: "text/csv",
}
_ENDINGS = {kind.value: kind for kind in Kind} | {"jpeg": Kind.JPEG}
_FIRST_BYTES: tuple[tuple[bytes, frozenset[Kind]], ...] = (
    (b"%PDF-", frozenset({Kind.PDF})),
    (b"PK\x03\x04", frozenset({Kind.DOCX, Kind.XLSX})),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", frozenset({Kind.DOC, Kind.XLS})),
    (b"\xff\xd8\xff", frozenset({Kind.JPEG})),
    (b"\x89PNG\r\n\x1a\n", frozenset({Kind.PNG})),
    (b"RIFF", frozenset({Kind.WEBP})),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies in the store: `digest` is the SHA-256 of what was kept, `size` its bytes."""

    digest: str
    name: str
    kind: Kind
    size: int


class NoSuchFile(Unknown):
    code = "no_such_file"
    sentence = "没有找到这个附件，或链接已过期。请回到原来的页面重新打开。"


class FileMissing(Invalid):
    code = "file_missing"
    sentence = "请先选择要上传的文件，再提交。"
    field = "file"


class FileTooLarge(Invalid):
    code = "file_too_large"
    sentence = "“{name}”太大，单个文件最多20 MB。照片请选“标准”画质，文件请压缩或拆分后再上传。"
    field = "file"


class KindNotTaken(Invalid):
    code = "kind_not_taken"
    sentence = "“{name}”不是可以接收的文件。请上传 PDF、Word、Excel 文件，或 JPG、PNG 照片。"
    field = "file"


class PictureUnreadable(Invalid):
    code = "picture_unreadable"
    sentence = "照片“{name}”打不开，可能已损坏或尺寸过大。请重新拍摄，或截图后再上传。"
    field = "file"


class TooManyFiles(Invalid):
    code = "too_many_files"
    sentence = "一次最多上传9个文件，请分几次提交。"
    field = "file"


class NoRoom(WrongMoment):
    """The disk is full (R15)."""

    code = "no_room"
    sentence = "存储空间已满，文件没有收下，其他内容不受影响。请联系运维人员清理后再上传。"


class NotYourFile(NotAllowed):
    code = "not_your_file"
    sentence = "只能提交自己刚上传的文件，请重新上传。"


def shown_name(said: str) -> str:
    """The name as sent, without folders and signs that no name needs; its ending stays when it is cut."""
    plain = "".join(sign for sign in said.replace("\\", "/").rpartition("/")[2] if sign.isprintable() and sign not in '<>:"|?*').strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(plain) <= LONGEST_NAME:
        return plain[:LONGEST_NAME] or "附件"
    return stem[: LONGEST_NAME - len(ending) - 1] + dot + ending


def kind_of(name: str, first: bytes) -> Kind:
    """The kind that ending and first bytes agree on; a picture is what its bytes say. Raises `KindNotTaken`."""
    possible = next((kinds for begin, kinds in _FIRST_BYTES if first.startswith(begin)), frozenset[Kind]())
    if len(possible) == 1:
        return next(iter(possible))
    said = _ENDINGS.get(name.rpartition(".")[2].lower())
    if said is Kind.CSV and not possible and b"\0" not in first:  # letters in whatever code: nothing that a program would run
        return said
    if said is None or said not in possible:
        raise KindNotTaken(name=name)
    return said
