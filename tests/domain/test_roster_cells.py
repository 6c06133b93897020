"""Single cells of a roster: dates, phones, names and categories as bureaus write them."""

from datetime import date, datetime

import pytest

from domain.roster.categories import read_category, read_marks
from domain.roster.dates import read_joined
from domain.roster.names import read_name
from domain.roster.phones import masked, read_phone
from domain.roster.records import Cell, column_name

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("1998年7月1日", date(1998, 7, 1)),
        ("1998-7-1", date(1998, 7, 1)),
        ("1998.07.01", date(1998, 7, 1)),
        ("1998/7/1", date(1998, 7, 1)),
        ("１９９８年７月１日", date(1998, 7, 1)),
        ("19980701", date(1998, 7, 1)),
        (19980701.0, date(1998, 7, 1)),
        ("一九九八年七月一日", date(1998, 7, 1)),
        ("二〇〇一年十二月二十三日", date(2001, 12, 23)),
        ("1998-07-01 00:00:00", date(1998, 7, 1)),
        ("1998年7月1日入党", date(1998, 7, 1)),
        (35977.0, date(1998, 7, 1)),
        ("35977", date(1998, 7, 1)),
        (datetime(1998, 7, 1, 9), date(1998, 7, 1)),
        (date(1998, 7, 1), date(1998, 7, 1)),
        ("", None),
        ("不详", None),
        (None, None),
    ],
    ids=str,
)
def test_a_joining_date_is_read_without_a_doubt(said: Cell, day: date | None) -> None:
    assert read_joined(said, TODAY) == (day, "", "")


@pytest.mark.parametrize("said", ["1998.7", "1998年7月", "199807", 199807.0, 1998.7, "98.7.1", "一九九八年七月"], ids=str)
def test_half_a_date_is_taken_with_a_doubt(said: Cell) -> None:
    joined = read_joined(said, TODAY)
    assert (joined.day, joined.fault) == (date(1998, 7, 1), "")
    assert joined.doubt


def test_october_that_lost_its_nought_is_asked_about() -> None:
    assert "10月" in read_joined(1998.1, TODAY).doubt
    assert "10月" not in read_joined("1998.10", TODAY).doubt


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("1998", "只写了年份"),
        ("1998-13-40", "没有这一天"),
        ("1999年2月29日", "没有这一天"),
        ("去年", "请写成 1998-07-01"),
        ("2027-1-1", "还没有到"),
        ("1911-10-10", "早于建党"),
        ("1998.7.1，1999.7.1转正", "请写成 1998-07-01"),
    ],
)
def test_what_is_no_joining_date_is_told_how_to_be_one(said: str, words: str) -> None:
    joined = read_joined(said, TODAY)
    assert joined.day is None
    assert words in joined.fault


@pytest.mark.parametrize(
    "said",
    [
        "13800001111",
        13800001111.0,
        "138 0000 1111",
        "138-0000-1111",
        "+86 13800001111",
        "008613800001111",
        "１３８００００１１１１",
        "13800001111（微信同号）",
    ],
    ids=str,
)
def test_a_mobile_number_is_found(said: Cell) -> None:
    assert read_phone(said) == ("13800001111", True, "", "")


@pytest.mark.parametrize("said", ["", None, "无", "/", "暂无", "138****1111"], ids=str)
def test_no_number_is_no_fault(said: Cell) -> None:
    assert read_phone(said) == (None, True, "", "")


@pytest.mark.parametrize(
    ("said", "number", "own", "words"),
    [
        ("13800001111（妻）", "13800001111", False, "他人"),
        ("13800001111/13900002222", "13800001111", True, "不止一个"),
        ("13800001111、 0533-2345678", "13800001111", True, "备注"),
        ("13800001111（短号6111）", "13800001111", True, "备注"),
        ("0533-2345678", None, True, "固定电话"),
        ("2345678", None, True, "固定电话"),
        ("停机", None, True, "没有号码"),
    ],
)
def test_a_number_with_more_to_say_is_doubtful(said: str, number: str | None, own: bool, words: str) -> None:
    phone = read_phone(said)
    assert phone[:3] == (number, own, "")
    assert words in phone.doubt


@pytest.mark.parametrize(
    ("said", "words"),
    [("1380000111", "这里有10位"), ("138000011112", "这里有12位"), ("12345678901", "以13至19开头"), ("1.38E+10", "科学计数")],
)
def test_a_wrong_number_is_told_without_repeating_it(said: str, words: str) -> None:
    phone = read_phone(said)
    assert phone.number is None
    assert words in phone.fault
    assert said not in phone.fault


def test_a_masked_number_shows_seven_figures() -> None:
    assert masked("13800001111") == "138****1111"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("张 三", "张三"),
        ("张　三", "张三"),
        (" 张三 ", "张三"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("買買提．吐爾遜", "買買提·吐爾遜"),
        ("張學勤", "張學勤"),
        ("江𬍛", "江𬍛"),
        ("秦𨱇", "秦𨱇"),
        ("㛃 云", "㛃云"),
        ("Anna  Weber", "Anna Weber"),
    ],
)
def test_a_name_keeps_its_characters_and_loses_its_padding(said: str, name: str) -> None:
    assert read_name(said) == (name, "", "")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("", "没有写姓名"),
        ("张", "只有一个字"),
        ("张三2", "数字"),
        ("张\ue123", "显示不出来"),
        ("张□", "显示不出来"),
        ("张三、李四", "不像姓名"),
        ("=HYPERLINK(x)", "不像姓名"),
        ("<b>张三", "不像姓名"),
        ("三" * 31, "不像姓名"),
    ],
)
def test_what_is_no_name_says_why(said: str, words: str) -> None:
    assert words in read_name(said)[1]


def test_a_remark_beside_a_name_is_not_taken_for_it() -> None:
    name, fault, doubt = read_name("张三（书记）")
    assert (name, fault) == ("张三", "")
    assert "书记" in doubt


@pytest.mark.parametrize(
    ("said", "category"),
    [("正式", "正式党员"), ("正 式", "正式党员"), ("中共党员", "正式党员"), ("预备党员", "预备党员"), ("预备期", "预备党员"), ("", None)],
)
def test_a_category_is_read(said: str, category: str | None) -> None:
    assert read_category(said) == (category, "")


def test_an_activist_is_no_party_member() -> None:
    assert "请删去这一行" in read_category("入党积极分子")[1]


@pytest.mark.parametrize(
    ("full", "probationary", "both", "category"),
    [("√", "", True, "正式党员"), ("", "√", True, "预备党员"), ("是", "", False, "正式党员"), ("否", "", False, "预备党员"), ("", "", True, None)],
)
def test_marks_in_two_columns_are_read(full: str, probationary: str, both: bool, category: str | None) -> None:
    assert read_marks(full, probationary, both) == (category, "")


def test_a_mark_in_both_columns_is_asked_about() -> None:
    assert "只在一栏" in read_marks("√", "√", True)[1]


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_in_a_spreadsheet(column: int, name: str) -> None:
    assert column_name(column) == name
