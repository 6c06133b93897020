"""What people hand in is kept privately, known by its bytes, and its pictures tell nothing but the picture."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from domain.errors import Refusal
from domain.files import LARGEST, FileMissing, FileTooLarge, Kind, KindNotTaken, NoRoom, PictureUnreadable
from gateways.files import FileStore


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def photo(width: int = 4000, height: int = 3000) -> bytes:
    """A phone's photo: turned by its EXIF, which also says where and by what it was taken."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "a camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (35.0, 30.0, 0.0)})
    out = io.BytesIO()
    Image.new("RGB", (width, height), "firebrick").save(out, "JPEG", exif=exif)
    return out.getvalue()


def packed(folder: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(f"{folder}document.xml", "<a/>")
    return out.getvalue()


def test_a_photo_is_kept_upright_smaller_and_without_what_the_camera_wrote(store: FileStore) -> None:
    kept = store.keep("现场照片.jpg", io.BytesIO(photo()))

    with Image.open(store.path(kept.digest)) as picture:
        assert (picture.width, picture.height) == (1920, 2560)
        assert not picture.getexif()
        assert "exif" not in picture.info
    assert kept.name == "现场照片.jpg"
    assert kept.size == store.path(kept.digest).stat().st_size


@pytest.mark.parametrize(
    ("name", "raw", "kind"),
    [
        ("方案.pdf", b"%PDF-1.7 rest", Kind.PDF),
        ("方案.docx", packed("word/"), Kind.DOCX),
        ("名单.XLSX", packed("xl/"), Kind.XLSX),
        ("老方案.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", Kind.DOC),
        ("其实是照片.pdf", photo(20, 20), Kind.JPEG),
    ],
)
def test_a_file_is_what_its_bytes_say(store: FileStore, name: str, raw: bytes, kind: Kind) -> None:
    assert store.keep(name, io.BytesIO(raw)).kind is kind


@pytest.mark.parametrize(
    ("name", "raw", "refusal"),
    [
        ("空.pdf", b"", FileMissing),
        ("程序.exe", b"MZ\x90\x00", KindNotTaken),
        ("网页.pdf", b"<html><script>", KindNotTaken),
        ("假的.docx", packed("xl/"), KindNotTaken),
        ("压缩包.zip", packed("word/"), KindNotTaken),
        ("坏照片.jpg", b"\xff\xd8\xff\xe0 not a picture", PictureUnreadable),
        ("半张.jpg", photo()[:3000], PictureUnreadable),
        ("巨幅.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x86\xa0\x00\x01\x86\xa0\x08\x02\x00\x00\x00\x00\x00\x00\x00", PictureUnreadable),
        ("录像.mp4", b"\x00\x00\x00\x18ftypmp42", KindNotTaken),
        ("太大.pdf", b"%PDF-" + bytes(LARGEST), FileTooLarge),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_taken_is_refused_in_a_sentence(store: FileStore, name: str, raw: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as told:
        store.keep(name, io.BytesIO(raw))
    assert told.value.text.endswith("。")


def test_a_name_from_another_system_is_shown_without_its_folders(store: FileStore) -> None:
    kept = store.keep("C:\\我的文档\\..\\" + "长" * 200 + "<b>.pdf", io.BytesIO(b"%PDF-1.7"))

    assert kept.name.endswith(".pdf")
    assert len(kept.name) == 80
    assert not set(kept.name) & set("\\/<>")


def test_a_full_disk_takes_nothing_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file stands where the folder should be")

    with pytest.raises(NoRoom):
        FileStore(tmp_path / "files").keep("方案.pdf", io.BytesIO(b"%PDF-1.7"))


def test_the_same_file_that_has_just_come_again_is_not_dropped(store: FileStore) -> None:
    kept = store.keep("方案.pdf", io.BytesIO(b"%PDF-1.7"))
    now = datetime.now(UTC)

    store.drop(kept.digest, now - timedelta(hours=1))
    assert store.path(kept.digest).exists()
    store.drop(kept.digest, now + timedelta(minutes=1))
    assert not store.path(kept.digest).exists()
