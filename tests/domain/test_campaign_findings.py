"""Broken campaign files: each gives the line and the words that help to mend it, and never an exception."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.campaign_file import read_campaign, render_findings

SOUND = """\
id: spring
title: 春季承诺
kind: 主题活动
year: 2027
from: 2027-03-01
to: 2027-06-30
roles:
  - {id: branch, name: 党支部}
  - {id: member, name: 党员}
themes:
  - {id: service, text: 优质服务}
chains:
  - {id: pledge, name: 党员承诺, by: member}
phases:
  - {id: start, no: 1, name: 动员, when: 3月上旬}
  - {id: keep, no: 2, name: 兑现, when: 3月中旬开始，贯穿活动全过程, whole_course: true}
tasks:
  - {id: t1, title: 报计划, by: branch, phase: start, due: 2027-03-24}
  - {id: t2, title: 谈心, by: member, when: 适时}
"""
INDICATOR = "assessment:\n  principle: 实绩\n  indicators:\n    - {id: a, title: %s, counts: %s}\n"

# what is broken: (words of SOUND, what stands there instead, expected line, a word of the message)
EDITS = {
    "unknown key": ("kind: 主题活动", "kynd: 主题活动", 3, "是不是想写“kind”"),
    "unknown key of a task": ("by: branch, phase", "bye: branch, phase", 18, "是不是想写“by”"),
    "missing key": ("title: 春季承诺\n", "", 1, "缺少：title"),
    "missing key of a phase": ("no: 1, name: 动员, ", "name: 动员, ", 15, "缺少：no"),
    "key written twice": ("kind: 主题活动", "kind: 主题活动\ntitle: 又一个", 4, "写了两次"),
    "list in place of a word": ("title: 春季承诺", "title: [春季, 承诺]", 2, "不能是列表"),
    "word in place of a list": ("  - {id: service, text: 优质服务}", "  优质服务", 11, "应是一个列表"),
    "word in place of a mapping": ("  - {id: service, text: 优质服务}", "  - 优质服务", 11, "键: 值"),
    "mapping in place of a date": ("from: 2027-03-01", "from: {year: 2027}", 5, "应是日期"),
    "empty value": ("title: 春季承诺", "title:", 2, "是空的"),
    "empty text": ("title: 春季承诺", "title: '  '", 2, "是空的"),
    "empty list": ("  - {id: service, text: 优质服务}", "  []", 11, "列表是空的"),
    "text too long": ("title: 春季承诺", f"title: {'长' * 201}", 2, "最多200个字"),
    "unprintable escape": ("title: 春季承诺", 'title: "春\\x07季"', 2, "不能显示"),
    "lone surrogate escape": ("title: 春季承诺", 'title: "\\ud800"', 2, "不能显示"),
    "id with capitals": ("id: spring", "id: Spring-2027", 1, "小写字母"),
    "year in words": ("year: 2027", "year: 今年", 4, "1949到2100"),
    "number out of range": ("year: 2027", "year: 99999999999999999999", 4, "1949到2100"),
    "no such day": ("from: 2027-03-01", "from: 2027-02-30", 5, "没有“2027-02-30”这一天"),
    "wording in place of a date": ("from: 2027-03-01", "from: 3月上旬", 5, "写在 when 里"),
    "year far away": ("from: 2027-03-01", "from: 0207-03-01", 5, "年份207不对"),
    "neither true nor false": ("whole_course: true", "whole_course: 也许", 16, "true"),
    "campaign ends before it begins": ("to: 2027-06-30", "to: 2027-01-30", 5, "活动的 from 2027-03-01 晚于 to 2027-01-30"),
    "phase ends before it begins": ("when: 3月上旬", "from: 2027-03-10, to: 2027-03-01", 15, "晚于"),
    "phase without days": ("when: 3月上旬", "when: 适时", 15, "缺少 from、to"),
    "phase in a month that is none": ("when: 3月上旬", "when: 13月上旬", 15, "不存在的日期"),
    "task ends before it begins": ("due: 2027-03-24", "from: 2027-03-24, to: 2027-03-01", 18, "晚于"),
    "deadline before the beginning": ("due: 2027-03-24", "due: 2027-03-24, from: 2027-03-25", 18, "早于"),
    "phase number twice": ("no: 2", "no: 1", 16, "序号1重复"),
    "role twice": ("id: member, name", "id: branch, name", 9, "第8行已经用过"),
    "task twice": ("id: t2", "id: t1", 19, "第18行已经用过"),
    "phase twice": ("id: keep", "id: start", 16, "第15行已经用过"),
    "unknown role": ("by: branch, phase", "by: brunch, phase", 18, "是不是想写“branch”"),
    "unknown role among several": ("by: branch, phase", "by: [branch, office], phase", 18, "“office”不是本文件的角色"),
    "unknown role of a chain": ("by: member}", "by: mumber}", 13, "是不是想写“member”"),
    "unknown phase": ("phase: start", "phase: stort", 18, "是不是想写“start”"),
    "unknown chain": ("when: 适时", "chains: pledges", 19, "是不是想写“pledge”"),
    "unknown theme": ("when: 适时", "themes: [service, servise]", 19, "是不是想写“service”"),
    "unknown task": ("when: 适时", "together_with: t9", 19, "不是本文件的任务"),
    "track where there are none": ("when: 适时", "tracks: agency", 19, "请先写分类指导"),
    "task beside itself": ("when: 适时", "together_with: t2", 19, "不能与自己"),
    "task inside itself": ("phase: start, due", "part_of: t1, due", 18, "只分两级"),
    "fewest above most": ("when: 适时", "min_items: 3, max_items: 2", 19, "大于"),
    "unknown thing to open": ("when: 适时", "opens: rectify", 19, "是不是想写“rectification”"),
    "unknown system role": ("name: 党员}", "name: 党员, acts_as: membre}", 9, "是不是想写“member”"),
    "limit in other words": ("tasks:", "limits:\n  publicity: 一周\ntasks:", 18, "5 working_days"),
    "tabulator": ("  - {id: t1", "\t- {id: t1", 18, "缩进请用空格"),
    "colon in a text": ("title: 春季承诺", "title: 春季: 承诺", 2, "冒号"),
    "quotation mark left open": ("title: 春季承诺", 'title: "春季承诺', 2, "没有成对"),
    "crooked indent": ("  - {id: member", " - {id: member", 9, "缩进"),
    "anchor": ("title: 春季承诺", "title: &name 春季承诺", 2, "引用"),
    "alias": ("title: 春季承诺", "title: *name", 2, "引用"),
    "foreign tag": ("title: 春季承诺", "title: !!python/object/apply:os.system [ls]", 2, "标签"),
    "two documents": ("tasks:", "---\ntasks:", 17, "一个文件只写一个活动"),
    "deep nesting": ("title: 春季承诺", f"title: {'[' * 5000}", 2, "层次太深"),
    "null byte": ("title: 春季承诺", "title: 春\0季", 2, "不能显示"),
}  # fmt: skip


def findings_after(old: str, new: str) -> list[tuple[int, str, str]]:
    assert SOUND.count(old) == 1, old
    campaign, findings = read_campaign(SOUND.replace(old, new), "spring.yaml")
    assert (campaign is None) == any(item.severity == "error" for item in findings)
    return [(item.line, item.severity, item.message) for item in findings]


def test_the_sound_file_has_nothing_to_mend() -> None:
    campaign, findings = read_campaign(SOUND, "spring.yaml")
    assert campaign is not None
    assert findings == []


@pytest.mark.parametrize(("old", "new", "line", "word"), EDITS.values(), ids=EDITS)
def test_a_broken_file_names_the_line_and_the_remedy(old: str, new: str, line: int, word: str) -> None:
    found = findings_after(old, new)
    assert [(at, severity) for at, severity, message in found if word in message] == [(line, "error")], found


WHOLE_FILES = {
    "nothing": ("", "键: 值"),
    "a list": ("- 1\n- 2\n", "键: 值"),
    "one word": ("春季承诺", "键: 值"),
    "a picture": ("\x89PNG\r\n\x1a\n", "不能显示"),
    "300 KB": ("a" * 300_000, "文件太大"),
    "a bracket left open": ("annexes: [1, 2", "方括号"),
    "too many parts": (f"annexes: [{'1,' * 30_000}]", "内容太多"),
    "a percent sign": ("%x", "YAML 写法不对"),
}


@pytest.mark.parametrize(("text", "word"), WHOLE_FILES.values(), ids=WHOLE_FILES)
def test_a_file_that_is_no_campaign_is_refused_in_one_sentence(text: str, word: str) -> None:
    campaign, findings = read_campaign(text, "x.yaml")
    assert campaign is None
    assert [word in item.message for item in findings] == [True], findings


WARNINGS = {
    "phase wording against dates": ("when: 3月上旬", "when: 3月上旬, to: 2027-03-12", 15, "2027-03-12，而 when “3月上旬”换算为2027-03-10"),
    "task wording against deadline": ("due: 2027-03-24", "due: 2027-03-25, when: 3月24日前", 18, "2027-03-25，而 when “3月24日前”换算为2027-03-24"),
    "several dates in one wording": ("when: 适时", "when: 3月中旬、5月中旬", 19, "拆成几项任务"),
    "year of another campaign": ("year: 2027", "year: 2026", 4, "核对年份"),
    "task years away": ("due: 2027-03-24", "due: 2072-03-24", 18, "一年以上"),
}


@pytest.mark.parametrize(("old", "new", "line", "word"), WARNINGS.values(), ids=WARNINGS)
def test_what_looks_odd_is_mentioned_but_loads(old: str, new: str, line: int, word: str) -> None:
    found = findings_after(old, new)
    assert [(at, severity) for at, severity, message in found if word in message] == [(line, "warning")], found
    assert {severity for _at, severity, _message in found} == {"warning"}


IRREGULAR = {
    "phases that overlap": ("when: 3月上旬", "from: 2027-03-01, to: 2027-05-31"),
    "deadline outside its phase": ("due: 2027-03-24", "due: 2027-06-24"),
    "task before the first phase": ("when: 适时", "from: 2027-01-11, to: 2027-01-20"),
    "task without any date": ("when: 适时", "when: 定期"),
    "task without a wording": (", when: 适时", ""),
    "deadline inside the wording's range": ("due: 2027-03-24", "due: 2027-03-24, when: 3月下旬"),
}


@pytest.mark.parametrize(("old", "new"), IRREGULAR.values(), ids=IRREGULAR)
def test_what_the_papers_do_themselves_is_legal(old: str, new: str) -> None:
    assert findings_after(old, new) == []


APP_ACTIVITY = [
    *("登录次数", "每日签到率", "打卡天数", "在线时长", "点赞数", "转发量", "活跃度", "ｌｏｇｉｎ次数"),
    *("log_ins", "login count", "sign-ins", "online time", "likes", "page_views"),
]


@pytest.mark.parametrize("counted", APP_ACTIVITY)
def test_an_indicator_may_not_count_what_people_do_in_an_app(counted: str) -> None:
    _campaign, findings = read_campaign(SOUND + INDICATOR % ("工作成效", counted), "spring.yaml")
    assert [(item.line, "国办函" in item.message) for item in findings] == [(SOUND.count("\n") + 4, True)]


@pytest.mark.parametrize("counted", ["按期办结的整改件", "承诺兑现数", "群众满意率", "blog posts reviewed", "unlikely delays"])
def test_an_indicator_may_count_facts_of_the_work(counted: str) -> None:
    assert read_campaign(SOUND + INDICATOR % ("工作成效", counted), "spring.yaml")[1] == []


@given(st.integers(0, len(SOUND)), st.integers(0, 30), st.text(alphabet="{}[]:,-&*!|>'\"%@`#?\t\n \\\0abc三日月旬前至0123456789", max_size=12))
@settings(max_examples=100, deadline=None)
def test_a_file_damaged_anywhere_still_gets_an_answer(at: int, length: int, rubbish: str) -> None:
    campaign, findings = read_campaign(SOUND[:at] + rubbish + SOUND[at + length :], "x.yaml")
    assert campaign is not None or any(item.severity == "error" and item.message.isprintable() for item in findings)


def test_a_file_full_of_mistakes_is_answered_with_a_list_that_ends() -> None:
    _campaign, findings = read_campaign("".join(f"错{n}: 1\n" for n in range(3000)), "x.yaml")
    assert len(findings) == 101
    assert "没有列出" in " ".join(item.message for item in findings)


def test_findings_read_as_lines_with_file_number_and_verdict() -> None:
    _campaign, findings = read_campaign(SOUND.replace("kind:", "kynd:"), "spring.yaml")
    rendered = render_findings(findings)
    assert "spring.yaml 第3行 错误：" in rendered
    assert rendered.endswith("共2处错误、0处提醒。请改好错误后再检查一次。")
    assert render_findings([]) == "检查通过，没有发现问题。"


def test_a_finding_never_repeats_control_characters_of_the_file() -> None:
    _campaign, findings = read_campaign(SOUND.replace("id: spring", 'id: "\\e[31mred\\n"'), "x.yaml")
    assert findings
    assert all(char.isprintable() or char == "\n" for char in render_findings(findings))
