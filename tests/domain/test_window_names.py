"""A citizen names a window; only what is certain is taken."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.window_names import LONGEST_SAID, MOST_NEAR, REMEMBERED, Finding, NamedWindow, WindowIndex

HOUSING = NamedWindow(2, 3, "房管窗口", ("房产",))
BUREAU = [
    NamedWindow(1, 1, "住建窗口", ("住房建设",)),
    HOUSING,
    NamedWindow(3, 5, "不动产登记窗口", ()),
    NamedWindow(4, 6, "不动产抵押窗口", ()),
    NamedWindow(5, 12, "综合受理窗口", ("综窗",)),
    NamedWindow(6, None, "咨询台", ()),
    NamedWindow(7, 8, "公积金窗口", ()),
    NamedWindow(8, 8, "燃气窗口", ("综窗",)),
    NamedWindow(9, 33, "三农窗口", ()),
    NamedWindow(10, 10, "办不成事窗口", ()),
]
INDEX = WindowIndex(BUREAU)


def names(finding: Finding) -> list[str]:
    return [window.name for window in finding.near]


@pytest.mark.parametrize(
    "said",
    ["3号窗口", "３号", "三号窗口", "叁号窗口", "03号窗口", "3", "三", "窗口3", "第3号窗口", "3 号 窗口", "3号窗口！", "3号窗口的",
     "房管窗口", "房产", "3号房管窗口", "房管窗口3号"],
)  # fmt: skip
def test_a_number_a_full_name_or_an_alias_finds_the_window_itself(said: str) -> None:
    assert INDEX.find(said) == Finding(HOUSING)


@pytest.mark.parametrize(
    "said",
    ["房管的窗口", "房管", "fgck", "FGCK", "ｆｇｃｋ", "fg", "fangguan", "fangguanchuangkou", "fangguancuangkou", "房官窗口", "放管窗口",
     "去房管那边"],
)  # fmt: skip
def test_a_near_name_is_asked_back_with_the_window_first(said: str) -> None:
    finding = INDEX.find(said)
    assert finding.exact is None
    assert names(finding)[0] == "房管窗口"


@pytest.mark.parametrize(
    ("said", "offered"),
    [("8号窗口", {"公积金窗口", "燃气窗口"}), ("综窗", {"综合受理窗口", "燃气窗口"}), ("不动产", {"不动产登记窗口", "不动产抵押窗口"}),
     ("bdc", {"不动产登记窗口", "不动产抵押窗口"}), ("3号住建窗口", {"房管窗口", "住建窗口"})],
    ids=["shared number", "shared alias", "shared part", "shared initials", "number against name"],
)  # fmt: skip
def test_two_windows_that_fit_equally_are_both_offered(said: str, offered: set[str]) -> None:
    finding = INDEX.find(said)
    assert finding.exact is None
    assert set(names(finding)) == offered


@pytest.mark.parametrize("said", ["", "窗口", "今天天气不错", "太慢了", "9999号", "0", "!!!", "😀", "x", "3" * 65, "窗" * 10_000])
def test_nothing_sensible_finds_nothing(said: str) -> None:
    assert INDEX.find(said) == Finding()


@pytest.mark.parametrize(("said", "first"), [("13号窗口", "综合受理窗口"), ("31", "三农窗口"), ("7号", "不动产抵押窗口")])
def test_a_number_no_window_has_offers_the_numbers_next_to_it(said: str, first: str) -> None:
    finding = INDEX.find(said)
    assert finding.exact is None
    assert names(finding)[0] == first


def test_a_window_called_after_a_numeral_is_found_by_its_name() -> None:
    assert INDEX.find("三农窗口").exact == BUREAU[8]


def test_a_window_without_a_number_is_found_by_its_name() -> None:
    assert INDEX.find("咨询台").exact == BUREAU[5]


def test_a_flood_of_different_names_does_not_fill_the_memory() -> None:
    index = WindowIndex(BUREAU)
    for n in range(3 * REMEMBERED):
        index.find(f"窗{n}")
    assert len(index._remembered) <= REMEMBERED


def test_a_bureau_without_windows_finds_nothing() -> None:
    assert WindowIndex([]).find("3号窗口") == Finding()


@settings(max_examples=300)
@given(st.text(max_size=2 * LONGEST_SAID) | st.text("房管窗口3三号的不动产fgck ３", max_size=20))
def test_whatever_is_written_gets_one_window_or_at_most_three_to_choose(said: str) -> None:
    finding = INDEX.find(said)
    assert not (finding.exact and finding.near)
    assert len(set(finding.near)) == len(finding.near) <= MOST_NEAR
    assert INDEX.find(said) is finding or len(said) > LONGEST_SAID


@given(st.sampled_from(BUREAU))
def test_every_window_answers_to_its_own_name(window: NamedWindow) -> None:
    assert INDEX.find(window.name).exact == window
