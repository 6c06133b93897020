"""引号: inside “ ” the inner pair is ‘ ’, wherever a name is put between them."""

import re
from pathlib import Path

import pytest

from domain.errors import NotNow
from domain.letter_texts import _SENTENCES, spoken
from domain.quoting import fill, inner, quoted

HERE = Path(__file__).parent.parent.parent
TASK = "服务“双承诺”"
NESTED = re.compile("“[^”]*“")
ROOMS = ("bot", "domain", "miniapp_api", "scheduler", "services", "web")


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("双承诺", "“双承诺”"),
        (TASK, "“服务‘双承诺’”"),
        ("他说“见‘细则’第三条”", "“他说‘见“细则”第三条’”"),
        ("服务“双承", "“服务‘双承”"),
    ],
)
def test_quotation_marks_alternate(said: str, read: str) -> None:
    assert quoted(said) == read


def test_only_what_stands_between_marks_is_turned_inward() -> None:
    assert fill("“{a}”的{a}，{n:02d}项", {"a": TASK, "n": 3}) == f"“{inner(TASK)}”的{TASK}，03项"


@pytest.mark.parametrize("kind", _SENTENCES)
def test_no_letter_has_marks_within_the_same_marks(kind: str) -> None:
    words = dict.fromkeys(("task", "pledge", "campaign", "name", "text", "answer", "why"), TASK)
    assert NESTED.search(spoken(kind, words)) is None


def test_no_refusal_has_them_either() -> None:
    assert NotNow(state=TASK, verb="修改").text == "当前状态是“服务‘双承诺’”，不能“修改”。请刷新后按页面提示办理。"


def bare() -> list[str]:
    """Places where a value is put between “ ” as it comes."""
    found = []
    for path in (path for room in ROOMS for path in (HERE / room).rglob("*")):
        if path.suffix == ".py":
            found += [
                f"{path.name}: {line.strip()}"
                for line in path.read_text(encoding="utf-8").splitlines()
                if re.search(r'\bf["\'].*“\{(?!inner\()', line)
            ]
        if path.suffix == ".html":
            found += [f"{path.name}: {one}" for one in re.findall(r"“\{\{(?![^}]*\|inner \}\}).*", path.read_text(encoding="utf-8"))]
    return found


def test_every_name_between_marks_is_turned_inward() -> None:
    assert [one for one in bare() if not one.startswith("quoting.py")] == []
