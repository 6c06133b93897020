"""One member's pledge from the list to the plate and back: import, bind, draft, return, approve, publish, print, scan, rate, fulfil.

Everything goes the way people go: through the console after scanning its code, through WeChat as the emulator speaks it, on paper
through a decoder. At the end every message that went out is counted at the emulator.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.clerks import Clerk, found, sheet, words_of
from tests.journeys.test_demo import ROOT, Demo, fetch
from tests.phones import wait_until
from tests.scanning import pages_of, zbar

pytestmark = pytest.mark.faults

HEAD = ["姓名", "党支部", "手机号", "入党时间", "党员类别"]
NEW = ["沈知秋", "政务服务窗口党支部", "13900000178", "2015年7月1日", "正式党员"]
CLEARS = {
    "content": "缺件一次告知，群众少跑一趟",
    "measures": "印制材料清单，逐项讲解，当面核对",
    "standard": "因缺件重复跑腿每月不超过2起",
    "deadline": "2026-12-31",
    "slogan": "一次告知，少跑一趟",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with Demo(tmp_path_factory.mktemp("campaign")) as running:
        yield running.ready()


def phone_of(demo: Demo, name: str) -> str:
    return next(str(one["key"]) for one in demo.look("/people")["people"] if one["name"] == name)


def enrolled(office: Clerk) -> None:
    """The office imports the list with the newcomer in it; a second import of the same file changes nothing."""
    for says in ("新增1人", "花名册与名单一致"):
        preview = office.post("/console/roster/upload", files={"file": ("花名册.xlsx", sheet(HEAD, NEW))})
        done = office.post(f"{office.at}/apply", stamp=found(r'name="stamp" value="([^"]+)"', preview))
        assert says in words_of(done)


def bound(demo: Demo, secretary: Clerk) -> str:
    """The secretary hands over a code, the member sends it from a phone; nobody else can use it again."""
    person = found(r'"(/console/people/\d+)"', secretary.get("/console/people/?name=沈知秋"))
    shown = secretary.post(f"{person}/invite")
    code = found(r'invitation__code">([^<]+)<', shown)
    phone = str(demo.phone("/people", name="党员沈知秋", subscribed=True)["people"][0]["key"])
    assert "绑定成功，沈知秋同志" in demo.says(phone, f"绑定 {code}")
    assert "绑定成功" not in demo.says("p08", f"绑定 {code}")
    return phone


def drafted(member: Clerk) -> str:
    """A first try without a measurable standard, handed in all the same: a hint never stops anybody."""
    member.post("/console/pledges/begin", campaign="pledge_pioneer_2010")
    code = member.at.split("/")[-2]
    saved = save(member, code, standard="进一步加强服务")
    assert "待审核" in words_of(saved)
    return code


def save(member: Clerk, code: str, **changed: str) -> str:
    version = found(r'name="version"[^>]* value="(\d+)"', member.get(f"/console/pledges/{code}/edit"))
    return member.post(f"/console/pledges/{code}/save", version=version, submit="1", **{**CLEARS, **changed})


def reviewed(secretary: Clerk, member: Clerk, code: str) -> None:
    """Returned with a reason, mended, approved, published."""
    secretary.decide("review", code, "no", "标准要能检查，请写明数字")
    assert "标准要能检查" in words_of(member.get(f"/console/pledges/{code}/edit"))
    save(member, code)
    secretary.decide("review", code, "yes")
    secretary.decide("publish", code, "yes")


def printed(demo: Demo, state: Path) -> str:
    """The window's plate on paper, read by a decoder: the link in its code."""
    file = state / "plate.pdf"
    settings = {"LIANGNUO_STATE": str(state), "PORT": str(demo.port), "EMULATOR_PORT": str(demo.emulator_port)}
    command = [sys.executable, "-c", _PRINT, "--window", "1", "--out", str(file)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}, check=True, capture_output=True)
    return next(link for link in zbar(pages_of(file.read_bytes())[0]) if "/p/" in link)


_PRINT = """
import os, sys
from operations.demo import environment
environment.prepare(os.environ)
from operations.badges import command
command(["print", *sys.argv[1:]])
"""


def rated(demo: Demo, citizen: str, link: str) -> None:
    """A citizen scans the printed code and rates in one word."""
    assert demo.phone(f"/people/{citizen}/scan", text=link)["leads"] == "web"
    assert "1号窗口" in words_of(fetch(link)[1])
    assert "“非常满意”已记下" in demo.says(citizen, "评价 1号窗口 非常满意")


def fulfilled(secretary: Clerk, member: Clerk, code: str) -> None:
    page = member.get(f"/console/pledges/{code}")
    version = found(r'action="/console/pledges/\w+/report".*?name="version"[^>]* value="(\d+)"', page)
    member.post(f"/console/pledges/{code}/report", version=version, kind="fulfil", words="全年没有重复跑腿的投诉", percent="100")
    secretary.decide("confirm", code, "yes")


def heard(demo: Demo, phone: str) -> list[str]:
    """What the server sent to this phone of itself, answers apart: the words of a chat message, or of a notice's first line."""
    messages = demo.look(f"/people/{phone}/inbox?last=200")["messages"]
    said = [one["body"] for one in messages if one["sender"] == "server"]
    return [str(body["lines"][0]["value"] if "lines" in body else body.get("content", body)) for body in said]


def test_a_pledge_goes_from_the_list_to_the_plate_and_is_kept(demo: Demo) -> None:
    office, secretary = Clerk(demo, phone_of(demo, "办公室叶知秋")), Clerk(demo, phone_of(demo, "书记李清明"))
    enrolled(office)
    phone = bound(demo, secretary)
    member = Clerk(demo, phone)
    code = drafted(member)
    assert "缺件一次告知" not in words_of(member.get("/board"))
    reviewed(secretary, member, code)
    assert "缺件一次告知，群众少跑一趟" in words_of(member.get(f"/board/{code}"))
    rated(demo, phone_of(demo, "群众赵小满"), printed(demo, Path(found(r"状态和日志在 (\S+)；", demo.words))))
    fulfilled(secretary, member, code)
    assert "已兑现" in words_of(member.get(f"/board/{code}"))

    expected = ["被退回", "已审核通过", "已公示", "已核实兑现"]
    wait_until(lambda: all(any(word in one for one in heard(demo, phone)) for word in expected), 30)
    assert [sum(word in one for one in heard(demo, phone)) for word in expected] == [1, 1, 1, 1]
    theirs = heard(demo, phone_of(demo, "书记李清明"))
    assert [sum(word in one for one in theirs) for word in ("待审核", "报告兑现", "邀请码")] == [2, 1, 1]
    assert demo.look("/record/received")["repeated"] == []
