"""机构: the tree keeps its shape: names are unique, nothing hangs under itself, what is in use is not closed (F10)."""

from collections.abc import Callable
from typing import Any

import pytest

from domain.bodies import BodyInUse, BodyNameMissing, BodyNameTaken, NoSuchBody, UnderItself, WrongParent
from domain.calendar import local_day
from domain.errors import NotAllowed
from domain.ports import House
from services import bodies
from tests.bureau import Bureau

Do = Callable[..., Any]


@pytest.fixture
def do(bureau: Bureau, house: House) -> Do:
    """`do(bodies.add, …)` as the office."""

    def act(verb: Callable[..., Any], *words: Any, by: str = "office") -> Any:
        with house.database.transaction() as db:
            return verb(db, bureau.actor(by), *words, house.now())

    return act


@pytest.fixture
def ids(house: House, bureau: Bureau) -> dict[str, int]:
    with house.database.reading() as db:
        return {node.name: node.id for node in bodies.tree(db, local_day(house.now())) if node.kind != "service_window"}


def names(house: House) -> list[tuple[int, str]]:
    with house.database.reading() as db:
        return [(node.depth, node.name) for node in bodies.tree(db, local_day(house.now()))]


def test_the_tree_is_read_from_the_top_with_windows_under_their_body(do: Do, house: House, ids: dict[str, int]) -> None:
    group = do(bodies.add, "leading_group", "领导小组", ids["局党委"])
    do(bodies.add, "leading_office", "第二办公室", group)
    assert names(house)[:3] == [(0, "局党委"), (1, "领导小组"), (2, "第二办公室")]
    assert (1, "3号窗口（不动产登记窗口）") in names(house)


@pytest.mark.parametrize(
    ("name", "refusal"), [("", BodyNameMissing), ("长" * 61, BodyNameMissing), ("换\u202e行", BodyNameMissing), ("窗口党支部", BodyNameTaken)]
)
def test_a_name_that_cannot_be(do: Do, ids: dict[str, int], name: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        do(bodies.add, "branch", name, ids["局党委"])


def test_a_body_is_not_moved_under_itself(do: Do, ids: dict[str, int]) -> None:
    upper = do(bodies.add, "section", "上级科", ids["局党委"])
    middle = do(bodies.add, "section", "中间科", upper)
    lower = do(bodies.add, "section", "下级科", middle)
    for parent in (upper, middle, lower):
        with pytest.raises(UnderItself):
            do(bodies.move, upper, parent)
    do(bodies.move, lower, upper)


@pytest.mark.parametrize(
    ("kind", "under"), [("committee", "局党委"), ("branch", "领导小组办公室"), ("kingdom", "局党委"), ("section", "领导小组办公室")]
)
def test_each_kind_has_its_place(do: Do, ids: dict[str, int], kind: str, under: str) -> None:
    with pytest.raises(WrongParent):
        do(bodies.add, kind, "新机构", ids[under])


def test_what_is_in_use_is_not_closed_and_says_by_what(do: Do, ids: dict[str, int]) -> None:
    with pytest.raises(BodyInUse) as refusal:
        do(bodies.close, ids["窗口党支部"])
    assert refusal.value.text == "“窗口党支部”还有人员3人、任职1个、窗口3个，不能撤销。请先转走、移交或撤销它们。"


def test_a_closed_body_is_gone_from_the_tree_and_takes_nothing(do: Do, house: House, ids: dict[str, int]) -> None:
    empty = do(bodies.add, "branch", "空支部", ids["局党委"])
    do(bodies.rename, empty, "旧支部")
    do(bodies.close, empty)
    assert "旧支部" not in [name for _, name in names(house)]
    for verb in (lambda: do(bodies.close, empty), lambda: do(bodies.add, "section", "科", empty), lambda: do(bodies.rename, empty, "新")):
        with pytest.raises(NoSuchBody):
            verb()


@pytest.mark.parametrize("by", ["secretary", "committee", "clerk", "auditor"])
def test_only_the_office_keeps_the_tree(do: Do, ids: dict[str, int], by: str) -> None:
    with pytest.raises(NotAllowed):
        do(bodies.add, "branch", "新支部", ids["局党委"], by=by)
