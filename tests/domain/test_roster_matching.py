"""Who is whom: name variants, namesakes, shared phones, people who moved, left, came back; branches under two names."""

from datetime import date

import pytest

from domain.roster.branches import key_of, settle
from domain.roster.matching import Known, Matched, Member, match
from domain.roster.plan import accept, changes, leavers
from domain.roster.records import Keys
from domain.roster.twins import sift

HALL, OFFICE = 1, 2
OLD, NEW = date(1998, 7, 1), date(2019, 6, 18)
KEYS = Keys(index=str.encode, seal=str.encode, open=bytes.decode)


def member(name: str, branch: int = HALL, phone: str | None = None, joined: date | None = None, *, at: str = "A2", own: bool = True) -> Member:
    return Member(at, name, branch, phone, phone.encode() if phone and own else None, joined, None)


def known(id: int, name: str, branch: int = HALL, phone: str | None = None, joined: date | None = None, left: date | None = None) -> Known:
    sealed = phone.encode() if phone else None
    return Known(id, name, branch, "正式党员", joined, sealed, sealed, left, 1)


def pairs(matched: Matched) -> list[tuple[str, int]]:
    return [(one.name, other.id) for one, other in matched.pairs]


NOISE = [known(90, "安可期", OFFICE, "99", OLD), known(91, "宋望舒", OFFICE, "98", NEW)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (member("林知远", HALL, "11"), known(1, "林知远", HALL, "11")),
        (member("林知远", OFFICE, "11"), known(1, "林知远", HALL, "11")),
        (member("林知远", HALL, "22", OLD), known(1, "林知远", HALL, "11", OLD)),
        (member("林知远", HALL), known(1, "林知远", HALL, "11", OLD)),
        (member("林知远", OFFICE, None, OLD), known(1, "林知远", HALL, "11", OLD)),
        (member("林知远", HALL, "11"), known(1, "林知远", HALL, "11", left=NEW)),
    ],
    ids=["name and phone", "moved with the phone", "new phone", "only name and branch", "moved with the date", "came back"],
)
def test_a_sure_pair_is_found(one: Member, other: Known) -> None:
    matched = match([one], [*NOISE, other])
    assert pairs(matched) == [("林知远", 1)]
    assert (matched.new, matched.held) == ([], [])


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (member("林知远", OFFICE), known(1, "林知远", HALL), "另一个支部有同名"),
        (member("林致远", HALL, "11"), known(1, "林知远", HALL, "11"), "更名"),
        (member("林知远", HALL, "22", NEW), known(1, "林知远", HALL, "11", OLD), "手机号、入党时间都不一样"),
    ],
    ids=["perhaps moved", "perhaps renamed", "perhaps a namesake"],
)
def test_an_unsure_pair_waits_for_a_word(one: Member, other: Known, words: str) -> None:
    matched = match([one], [*NOISE, other])
    assert (matched.pairs, matched.new) == ([], [])
    assert words in matched.held[0].why
    assert other not in leavers(matched, [one], set())


def test_a_confirmed_word_becomes_a_change() -> None:
    matched = match([member("林致远", HALL, "11", at="B7")], [known(1, "林知远", HALL, "11")])
    assert accept(matched.held, {"B8"}, KEYS) == ([], [])
    newcomers, changed = accept(matched.held, {"B7"}, KEYS)
    assert (newcomers, changed[0].known.id, changed[0].fields) == ([], 1, ("姓名",))


def test_a_name_that_two_in_the_branch_have_is_unclear_without_a_number() -> None:
    there = [known(1, "林知远", HALL, "11"), known(2, "林知远", HALL, "22")]
    assert "分不清" in match([member("林知远")], there).held[0].why
    assert pairs(match([member("林知远", HALL, "22")], there)) == [("林知远", 2)]


def test_whoever_is_there_goes_before_whoever_left() -> None:
    there = [known(1, "林知远", HALL, None, None, left=NEW), known(2, "林知远", HALL)]
    assert pairs(match([member("林知远")], there)) == [("林知远", 2)]


def test_a_blank_cell_changes_nothing() -> None:
    matched = match([member("林知远")], [known(1, "林知远", HALL, "11", OLD)])
    assert changes(matched.pairs, KEYS) == []


def test_every_difference_is_named() -> None:
    pair = (Member("A2", "林知远", OFFICE, "22", b"22", NEW, "预备党员"), known(1, "林知远", HALL, "11", OLD, left=NEW))
    assert changes([pair], KEYS)[0].fields == ("党支部", "手机号", "入党时间", "党员类别", "回到花名册")


def test_a_relatives_number_is_the_same_when_the_opened_seal_says_so() -> None:
    there = known(1, "林知远", HALL, "11")._replace(phone_index=None)
    assert changes([(member("林知远", HALL, "11", own=False), there)], KEYS) == []
    assert changes([(member("林知远", HALL, "22", own=False), there)], KEYS)[0].fields == ("手机号",)


def test_only_branches_in_the_list_have_leavers() -> None:
    matched = match([member("林知远")], [known(1, "林知远"), known(2, "禾小满"), *NOISE])
    assert [one.id for one in leavers(matched, [member("林知远")], set())] == [2]
    assert leavers(matched, [member("林知远")], {"禾小满"}) == []


@pytest.mark.parametrize(
    ("members", "left", "words"),
    [
        ([member("林知远", phone="11"), member("林知远", phone="11", at="A9")], 1, "按一人登记"),
        ([member("林知远", phone="11"), member("林知远", at="A9")], 1, "按一人登记"),
        ([member("林知远", phone="11", joined=OLD), member("林知远", phone="22", joined=OLD, at="A9")], 1, "按一人登记"),
        ([member("林知远", phone="11"), member("林知远", phone="22", at="A9")], 2, "按两人登记"),
        ([member("林知远", joined=OLD), member("林知远", joined=NEW, at="A9")], 2, "按两人登记"),
    ],
    ids=["written twice", "second line says less", "one person, two phones", "two phones", "two dates"],
)
def test_the_same_name_twice_in_a_branch_is_sifted(members: list[Member], left: int, words: str) -> None:
    sifted = sift([member("安可期", OFFICE), *members])
    assert len(sifted.members) == left + 1
    assert [(doubt.at, words in doubt.text) for doubt in sifted.doubts] == [("A9", True)]


def test_what_only_the_second_line_says_is_kept() -> None:
    sifted = sift([member("林知远"), member("林知远", phone="11", joined=OLD, at="A9")])
    assert (sifted.members[0].at, sifted.members[0].phone, sifted.members[0].joined_on) == ("A2", "11", OLD)


def test_a_number_of_two_people_is_asked_about_at_both() -> None:
    sifted = sift([member("林知远", phone="11"), member("禾小满", OFFICE, "11", at="A9"), member("安可期", phone="33", at="A10")])
    assert len(sifted.members) == 3
    assert [doubt.at for doubt in sifted.doubts] == ["A2", "A9"]


def test_one_person_in_two_branches_is_a_fault_in_both_rows() -> None:
    sifted = sift([member("林知远", HALL, "11"), member("林知远", OFFICE, "11", at="A9")])
    assert sifted.members == []
    assert [fault.at for fault in sifted.faults] == ["A2", "A9"]


BRANCHES = {HALL: "窗口党支部", OFFICE: "机关第一党支部"}


@pytest.mark.parametrize(
    "said", ["窗口党支部", "窗口支部", "中共窗口党支部", "窗口党支部委员会", "窗 口 党 支 部", "窗口（党支部）", "青禾县住房和城乡建设局窗口支部"]
)
def test_a_branch_is_known_by_its_other_names(said: str) -> None:
    assert settle([said], BRANCHES, []).ids == {said: HALL}


def test_an_unknown_branch_is_proposed_once_under_its_longest_name() -> None:
    found = settle(["公租房支部", "公租房党支部"], BRANCHES, [])
    assert found.ids == {"公租房支部": -1, "公租房党支部": -1}
    assert found.new == {-1: "公租房党支部"}


def test_a_branch_one_character_off_is_asked_about_but_a_number_is_not() -> None:
    assert "只差一个字" in settle(["窗囗党支部"], BRANCHES, []).doubts[-1]
    assert settle(["机关第二党支部"], BRANCHES, []).doubts == {}


@pytest.mark.parametrize("said", ["局党委", "支部", "3", "很" * 61, "窗口\x1b[2J支部"])
def test_what_is_no_branch_is_a_fault(said: str) -> None:
    found = settle([said], BRANCHES, ["局党委"])
    assert (found.ids, list(found.faults)) == ({}, [said])


def test_two_branches_never_share_a_key() -> None:
    assert len({key_of(name) for name in ("第一支部", "第二党支部", "窗口党支部", "窗口服务党支部")}) == 4
