"""A member's mini-program sends a file; a citizen's may not."""

import io
from collections.abc import Callable

import pytest

from domain.files import LARGEST
from tests.bureau import Bureau
from tests.gateways.test_files import photo
from tests.miniapp_api.conftest import Mini


@pytest.fixture
def member(mini: Callable[[str], Mini], bureau: Bureau) -> Mini:
    bureau.bind("secretary", "o-su", "mini")
    return mini("su")


def send(mini: Mini, status: int, name: str, raw: bytes, field: str = "file") -> dict[str, str]:
    found: dict[str, str] = mini.ask(status, "POST", "/files", data={field: (io.BytesIO(raw), name)}, content_type="multipart/form-data")
    return found


def test_a_photo_comes_back_as_a_link_that_opens(member: Mini) -> None:
    kept = send(member, 201, "现场.jpg", photo(800, 600))

    assert kept["name"] == "现场.jpg"
    assert member.client.get(kept["url"]).content_type == "image/jpeg"


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [("照片.jpg", b"\xff\xd8\xff" + bytes(LARGEST), "file_too_large"), ("程序.exe", b"MZ", "kind_not_taken"), ("空.pdf", b"", "file_missing")],
)
def test_what_cannot_be_taken_is_said_by_its_field(member: Mini, name: str, raw: bytes, code: str) -> None:
    told = send(member, 422, name, raw)

    assert told["code"] == code
    assert told["fields"][0]["field"] == "file"  # type: ignore[index]


def test_thirty_megabytes_get_a_sentence(member: Mini) -> None:
    assert "20 MB" in send(member, 422, "照片.jpg", bytes(30 * 1024 * 1024))["message"]


def test_a_citizen_keeps_no_files_here(mini: Callable[[str], Mini]) -> None:
    send(mini("wang"), 403, "方案.pdf", b"%PDF-1.7")


def test_json_instead_of_a_form_is_refused(member: Mini) -> None:
    member.ask(415, "POST", "/files", {"file": "x"})
