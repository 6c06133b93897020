"""待办: alike things on one line, at the place of the oldest; what is alone stays alone."""

from datetime import date

from domain.waiting import Waiting, grouped


def owed(key: str, who: str = "窗口党支部", task: str = "活动计划", day: int = 24) -> Waiting:
    return Waiting("todo", key, f"报送“{task}”（{who}）", date(2026, 11, day), group=f"报送“{task}”", who=who, unit="个单位")


def test_the_order_is_that_of_the_oldest() -> None:
    found = grouped([owed("1"), owed("2", task="总结"), owed("3", "机关党支部", day=25)])
    assert [(group.words, group.first.due) for group in found] == [
        ("报送“活动计划”，2个单位", date(2026, 11, 24)),
        ("报送“总结”（窗口党支部）", date(2026, 11, 24)),
    ]
    assert [one.key for one in found[0].members] == ["1", "3"]


def test_things_without_a_group_never_share_a_line() -> None:
    alike = Waiting("pledge", "a", "修改退回的承诺")
    assert [group.several for group in grouped([alike, alike])] == [False, False]


def test_what_is_alike_in_word_and_not_in_kind_is_apart() -> None:
    asked = Waiting("submission", "1", "待审核", group="报送“活动计划”")
    assert len(grouped([owed("1"), asked])) == 2
