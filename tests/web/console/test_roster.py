"""花名册导入 in the console: previewed by cell, applied by a yes, anew when the register changed; what is no list is said to be none."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from domain.ports import House
from models.people import Person
from tests.bureau import Bureau
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]
PHONE = "13800138000"


@pytest.fixture(autouse=True)
def number(house: House, bureau: Bureau) -> None:
    """The clerk has a number."""
    with house.database.transaction() as db:
        person = db.get(Person, bureau.people["clerk"])
        person.phone_index, person.phone_sealed = house.pseudonyms.phone(PHONE), house.sealer.seal(PHONE)


LIST = """姓名,党支部,手机号
禾小满,窗口党支部,13800138000
苏明礼,窗口党支部,13800138009
林知远,窗口党支部,
新来者,窗口党支部,1380013
另一人,窗口党支部,13800138777
"""


def upload(office: Browser, text: bytes, name: str = "名单.csv", expect: int = 303) -> Any:
    return office.open("POST", "/console/roster/upload", expect, data={"file": (io.BytesIO(text), name)}, headers={"Origin": "http://localhost"})


def test_a_list_is_previewed_cell_by_cell_and_applied_only_by_a_yes(staff: Browsers, house: House) -> None:
    office = staff("office")
    preview = upload(office, LIST.encode("gbk")).headers["Location"]
    page = office.get(preview)
    assert "C5" in page
    assert "手机号应是11位数字" in page
    assert "138****8777" in page
    stamp = re.search(r'name="stamp" value="([^"]+)"', page)
    assert stamp is not None
    with house.database.reading() as db:
        assert db.scalar(select(Person.id).where(Person.name == "另一人")) is None
    office.post(f"{preview}/apply", 303, stamp=stamp[1])
    assert "已导入：新增1人，修改1人" in words_of(office.get("/console/people/"))


def test_a_second_import_of_the_same_file_changes_nothing(staff: Browsers) -> None:
    office = staff("office")
    for says in ("已导入：新增1人", "花名册与名单一致，没有改动"):
        preview = upload(office, LIST.encode()).headers["Location"]
        stamp = re.search(r'name="stamp" value="([^"]+)"', office.get(preview))
        assert stamp is not None
        office.post(f"{preview}/apply", 303, stamp=stamp[1])
        assert says in words_of(office.get("/console/people/"))


def test_the_rows_written_so_far_are_told(staff: Browsers) -> None:
    office = staff("office")
    preview = upload(office, LIST.encode()).headers["Location"]
    assert "已完成" not in office.get(f"{preview}/progress")
    stamp = re.search(r'name="stamp" value="([^"]+)"', office.get(preview))
    assert stamp is not None
    office.post(f"{preview}/apply", 303, stamp=stamp[1])
    assert "已完成2人" in office.get(f"{preview}/progress")


def test_a_register_that_changed_meanwhile_is_previewed_anew(staff: Browsers) -> None:
    office = staff("office")
    preview = upload(office, LIST.encode()).headers["Location"]
    assert "刚才有人先一步办理了" in words_of(office.post(f"{preview}/apply", 409, stamp="1-2-3-4").get_data(as_text=True))


@pytest.mark.parametrize(
    ("body", "name", "says"),
    [
        (b"", "empty.csv", "选择要上传的文件"),
        (b"MZ\x90\x00", "virus.exe", "不是可以接收的文件"),
        (b"\x00\x01\x02", "x.csv", "不是可以接收的文件"),
        (b"PK\x03\x04nothing", "x.xlsx", "不是可以接收的文件"),
        ("甲,乙\n1,2\n".encode(), "wrong.csv", "姓名"),
    ],
)
def test_a_file_that_is_no_list_is_said_to_be_none(staff: Browsers, body: bytes, name: str, says: str) -> None:
    assert says in words_of(upload(staff("office"), body, name, 422).get_data(as_text=True))


def test_another_persons_upload_is_not_there(staff: Browsers, bureau: Bureau, house: House) -> None:
    preview = upload(staff("office"), LIST.encode()).headers["Location"]
    staff("secretary").get(preview, 403)
    with house.database.transaction() as db:
        db.connection().exec_driver_sql(f"UPDATE files SET person_id = {bureau.people['clerk']}")
    staff("office").get(preview, 404)
