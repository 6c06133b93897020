"""四明确: what stops a pledge, and the hints beside the form, which never do."""

from dataclasses import replace
from datetime import date

import pytest

from domain.errors import ClearsMissing
from domain.four_clears import SAMPLE, Course, check, hints, missing
from domain.pledge.wording import NOTHING_WRITTEN, Wording

COURSE = Course(date(2026, 11, 16), date(2026, 3, 1), date(2026, 12, 31))
GOOD = replace(SAMPLE, deadline=date(2026, 12, 20))


def said(wording: Wording, field: str) -> str:
    return "".join(hint.text for hint in hints(wording, COURSE) if hint.field == field)


def test_the_sample_beside_the_form_passes_its_own_hints() -> None:
    assert hints(GOOD, COURSE) == ()


def test_an_empty_form_is_told_what_it_needs_in_the_forms_order() -> None:
    found = hints(NOTHING_WRITTEN, COURSE)
    assert [hint.field for hint in found] == ["content", "measures", "standard", "deadline"]
    assert all(hint.needed and hint.example for hint in found)
    assert missing(NOTHING_WRITTEN) == ("content", "measures", "standard", "deadline")


def test_a_missing_clear_stops_and_points_at_its_field() -> None:
    with pytest.raises(ClearsMissing) as refusal:
        check(replace(GOOD, standard="", deadline=None))
    assert (refusal.value.text, refusal.value.field) == ("“四明确”还缺：标准、时限。请补充后再提交。", "standard")


def test_hints_alone_never_stop_anybody() -> None:
    vague = Wording("提高服务意识，改进服务态度", "加强学习，不断提高", "群众满意", date(2030, 1, 1))
    assert {hint.field for hint in hints(vague, COURSE)} == {"content", "measures", "standard", "deadline"}
    check(vague)


@pytest.mark.parametrize(
    ("field", "text", "word"),
    [
        ("content", "提高服务意识，改进服务态度", "笼统"),
        ("content", "热情服务每一位群众", "笼统"),
        ("content", "快办", "只有2个字"),
        ("content", "字" * 90, "90个字"),
        ("content", "有事打我电话13800138000", "电话"),
        ("measures", "加强学习，不断提高", "笼统"),
        ("standard", "群众满意", "没有数字"),
        ("standard", "让大家都高兴", "没有数字"),
    ],
)
def test_what_a_slogan_instead_of_a_pledge_is_told(field: str, text: str, word: str) -> None:
    assert word in said(replace(GOOD, **{field: text}), field)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("content", "加强学习管理，每月为农民工讲一堂安全课，全年12堂"),
        ("content", "12319工单逐件回访"),
        ("measures", "办结次日电话回访，不满意的退回重办"),
        ("standard", "2个工作日内办结的不低于八成"),
        ("standard", "查不到的出具书面说明"),
        ("standard", "三项同步，群众不再另跑"),
        ("standard", "漏告知每月为零"),
    ],
)
def test_a_pledge_one_can_measure_is_left_alone(field: str, text: str) -> None:
    assert said(replace(GOOD, **{field: text}), field) == ""  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "word"),
    [(date(2026, 11, 15), "已经过去"), (date(2027, 1, 1), "不在活动期间（2026年3月1日至2026年12月31日）"), (date(2026, 12, 31), "")],
)
def test_a_deadline_is_held_against_today_and_the_campaign(day: date, word: str) -> None:
    found = said(replace(GOOD, deadline=day), "deadline")
    assert word in found if word else found == ""


def test_a_campaign_that_is_over_has_no_say_in_new_dates() -> None:
    assert hints(GOOD, Course(COURSE.today, date(2010, 8, 11), date(2011, 6, 30))) == ()


def test_a_theme_of_key_works_asks_for_its_schedule() -> None:
    works = frozenset({"重点为民工程"})
    wording = replace(GOOD, theme="重点为民工程")
    assert [hint.field for hint in hints(wording, COURSE, works)] == ["theme"]
    assert hints(wording, COURSE, works, linked=True) == ()
