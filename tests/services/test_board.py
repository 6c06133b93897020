"""承诺公示: found by filters, words and pinyin; counts that agree with the list; the same few statements for 50 pledges and for 5,000."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from domain.board_words import words_of
from domain.calendar import local_day
from domain.errors import NoSuchPledge
from domain.pledge.showing import UNNAMED, Group
from models.board import BoardWords
from models.people import Person
from models.pledges import Pledge
from services import board, board_index, pledge_pages, pledge_progress, pledges
from services import register as registers
from services.board import Entry, Filter
from services.pledge_progress import Entry as Report
from services.pledge_progress import Reported
from services.pledges import Wording
from tests.bureau import Bureau
from tests.conftest import MONDAY

TODAY = local_day(MONDAY)


def publish(bureau: Bureau, by: str, reviewer: str, **words: Any) -> str:
    wording = Wording(**{"content": "暂缓", "measures": "张贴时间表", "standard": "每周一次", "deadline": date(2026, 12, 1)} | words)
    with bureau.house.database.transaction() as db:
        code = pledges.draft(db, bureau.actor(by), "demo", wording, MONDAY).code
        pledges.submit(db, bureau.actor(by), code, MONDAY)
        pledges.review(db, bureau.actor(reviewer), code, "approve", "", MONDAY)
        pledges.publish(db, bureau.actor("office"), code, MONDAY)
    return code


def list_of(bureau: Bureau, **wish: Any) -> list[str]:
    with bureau.house.database.reading() as db:
        return [one.content for one in board.entries(db, Filter(**wish), TODAY)]


@pytest.fixture
def two(bureau: Bureau) -> Bureau:
    """The bureau's pledge and one of the other branch, with noise beside them."""
    publish(bureau, "stranger", "other_secretary", content="每月下社区讲燃气安全", theme="务实亲民", slogan="安全进万家")
    return bureau


SEARCHES = {
    "一次告知": "办证材料一次告知",
    "ｙｃｇｚ": "办证材料一次告知",
    "yicigaozhi": "办证材料一次告知",
    "YCGZ 材料": "办证材料一次告知",
    "逐项讲解": "办证材料一次告知",
    "不动产": "办证材料一次告知",
    "bdc": "办证材料一次告知",
    "3号": "办证材料一次告知",
    "窗口党支部": "办证材料一次告知",
    "燃气": "每月下社区讲燃气安全",
    "aqjwj": "每月下社区讲燃气安全",
    "jgdzb": "每月下社区讲燃气安全",
    "机关 社区": "每月下社区讲燃气安全",
}


@pytest.mark.parametrize("said", SEARCHES)
def test_a_pledge_is_found_by_what_people_type(two: Bureau, said: str) -> None:
    assert list_of(two, said=said) == [SEARCHES[said]]


@pytest.mark.parametrize("said", ["还在起草", "没有这句话", "材料 燃气", "' OR 1=1 --", "a%b", "zzz"])
def test_what_nobody_published_is_not_found(two: Bureau, said: str) -> None:
    assert list_of(two, said=said) == []


@pytest.mark.parametrize("said", ["%", "_", "\x00", "，。！"])
def test_signs_alone_ask_for_nothing_and_hide_nothing(two: Bureau, said: str) -> None:
    assert list_of(two, said=said) == list_of(two)


def test_a_name_finds_only_those_who_show_their_whole_name(two: Bureau) -> None:
    assert list_of(two, said="禾小满") == []
    with two.house.database.transaction() as db:
        db.get_one(Person, two.people["clerk"]).public_form = "full"
    assert list_of(two, said="禾小满") == ["办证材料一次告知"]
    with two.house.database.reading() as db:
        assert all("禾小满" not in row.written for row in db.query(BoardWords))


def test_the_counts_beside_the_filters_agree_with_the_list(two: Bureau) -> None:
    with two.house.database.reading() as db:
        told = board.choices(db, Filter(branch_id=two.branch), TODAY)
        assert (told.n, [(one.words, one.n) for one in told.branches]) == (1, [("窗口党支部", 1), ("机关党支部", 1)])
        for kind, name in (("branches", "branch_id"), ("windows", "window_id"), ("themes", "theme"), ("groups", "group")):
            for one in getattr(board.choices(db, Filter(), TODAY), kind):
                key = {"theme": str, "group": Group}.get(name, int)(one.key)
                assert len(board.entries(db, Filter(**{name: key}), TODAY)) == one.n, one


def test_a_search_narrows_the_counts_too(two: Bureau) -> None:
    with two.house.database.reading() as db:
        told = board.choices(db, Filter(said="燃气"), TODAY)
    assert (told.n, [one.words for one in told.branches], [one.words for one in told.windows]) == (1, ["机关党支部"], [])


@contextmanager
def statements(bureau: Bureau) -> Iterator[list[str]]:
    said: list[str] = []
    engine: Any = bureau.house.database._readers  # type: ignore[attr-defined]

    def note(_c: Any, _cursor: Any, words: str, *_more: Any) -> None:
        said.append(words)

    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


def fill(bureau: Bureau, n: int, first: int) -> None:
    with bureau.house.database.transaction() as db:
        for at in range(first, first + n):
            row = Pledge(
                code=f"many{at}", campaign="demo", author_id=bureau.people["clerk" if at % 2 else "stranger"], content=f"第{at}项承诺",
                branch_id=bureau.branch if at % 2 else bureau.other_branch, state="published", theme=f"主题{at % 7}",
            )  # fmt: skip
            db.add(row)
        db.flush()
        registers.grow(db)


def test_five_thousand_pledges_take_as_few_statements_as_fifty(bureau: Bureau) -> None:
    counted = []
    for n, first in ((50, 0), (4950, 50)):
        fill(bureau, n, first)
        with statements(bureau) as said, bureau.house.database.reading() as db:
            assert len(board.entries(db, Filter(branch_id=bureau.branch), TODAY, most=11)) == 11
            board.choices(db, Filter(branch_id=bureau.branch), TODAY)
        counted.append(len(said))
    assert counted[0] == counted[1] <= 14
    with statements(bureau) as said, bureau.house.database.reading() as db:
        board.entries(db, Filter(branch_id=bureau.branch), TODAY, most=11)
        board.choices(db, Filter(branch_id=bureau.branch), TODAY)
    assert len(said) <= 4


def test_a_search_that_fits_thousands_asks_for_the_page_only(bureau: Bureau) -> None:
    fill(bureau, 300, 0)
    with bureau.house.database.transaction() as db:
        board.catch_up(db)
    for said in ("项承诺", "项承诺", "ckck", "xcn"):
        with statements(bureau) as asked, bureau.house.database.reading() as db:
            found = board.entries(db, Filter(said=said, branch_id=bureau.branch), TODAY, most=11)
            assert len(found) == (0 if said == "ckck" else 11)
            assert board.choices(db, Filter(said=said), TODAY).n == (0 if said == "ckck" else 300)
    assert len(asked) <= 4


class Forgetful(dict[Any, Any]):
    """As when another reader empties it at the very moment."""

    def __setitem__(self, key: Any, value: Any) -> None:
        self.clear()


def test_a_search_is_answered_while_other_readers_push_it_out(bureau: Bureau) -> None:
    with bureau.house.database.reading() as db:
        object.__setattr__(board_index.current(db, TODAY), "_kept", Forgetful())
        assert len(board.entries(db, Filter(said="一次告知"), TODAY)) == 1


def test_a_search_goes_on_where_its_page_ended(bureau: Bureau) -> None:
    fill(bureau, 30, 0)
    with bureau.house.database.transaction() as db:
        board.catch_up(db)
    read: list[int] = []
    with bureau.house.database.reading() as db:
        while page := board.entries(db, Filter(said="项承诺", branch_id=bureau.branch), TODAY, read[-1] if read else 0, most=4):
            read += [one.id for one in page]
    assert len(read) == 15
    assert read == sorted(set(read))


def test_what_was_published_without_words_is_found_after_the_clock(bureau: Bureau) -> None:
    fill(bureau, 3, 0)
    assert list_of(bureau, said="项承诺") == []
    with bureau.house.database.transaction() as db:
        assert (board.catch_up(db), board.catch_up(db)) == (3, 0)
    assert len(list_of(bureau, said="项承诺")) == 3


def entry_of(bureau: Bureau, code: str) -> Entry:
    with bureau.house.database.reading() as db:
        return board.entry(db, board.row_of(db, code, TODAY), TODAY)


def report(bureau: Bureau, code: str, kind: Reported, words: str, confirm: str = "") -> None:
    with bureau.house.database.transaction() as db:
        pledge_progress.report(db, bureau.actor("clerk"), code, Report(kind, words), MONDAY)
        if confirm:
            pledge_progress.confirm(db, bureau.actor("secretary"), code, confirm, "", MONDAY)


def test_a_failure_of_a_person_loses_the_name_and_keeps_its_cause_inside(bureau: Bureau) -> None:
    code = publish(bureau, "clerk", "secretary", content="月底前完成扫描", slogan="图纸上云")
    report(bureau, code, Reported.EXCUSE, "库房漏雨停工三周", "accept")
    told = entry_of(bureau, code)
    with bureau.house.database.reading() as db:
        page = pledge_pages.page(db, code, MONDAY)
    assert (told.who, told.state, told.group, page.outcome) == (UNNAMED, "因客观原因未兑现", Group.EXCUSED, "")
    assert "禾" not in str(page)


def test_what_came_of_it_is_told_once_somebody_else_confirmed_it(bureau: Bureau) -> None:
    code = publish(bureau, "clerk", "secretary", content="减少材料三十份")
    report(bureau, code, Reported.FULFIL, "实际减少34份")
    with bureau.house.database.reading() as db:
        assert pledge_pages.page(db, code, MONDAY).outcome == ""
    with bureau.house.database.transaction() as db:
        pledge_progress.confirm(db, bureau.actor("secretary"), code, "confirm", "", MONDAY)
    with bureau.house.database.reading() as db:
        page = pledge_pages.page(db, code, MONDAY)
    assert (page.outcome, page.entry.state) == ("实际减少34份", "已兑现（已核实）")


@pytest.mark.parametrize("which", ["draft", "absent", "endless"])
def test_only_what_is_published_has_a_page(bureau: Bureau, which: str) -> None:
    with bureau.house.database.reading() as db:
        draft = db.query(Pledge).filter(Pledge.state == "draft").first()
        code = {"draft": draft.code if draft else "", "absent": "nothing", "endless": "x" * 500}[which]
        with pytest.raises(NoSuchPledge):
            pledge_pages.page(db, code, MONDAY)
        with pytest.raises(NoSuchPledge):
            board.code_of(db, draft.id if draft and which == "draft" else 10**20, TODAY)


def test_words_are_kept_as_written_and_as_they_sound() -> None:
    words = words_of(["少带一张纸！"], ["ＡＢＣ 清单"])
    assert (words.written, words.sounds) == ("少带一张纸\nabc清单", "shaodaiyizhangzhi\nsdyzz")
