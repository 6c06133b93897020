"""公示板: which pledges hang on which wall, in which names, and who may put them up."""

from datetime import date

import pytest

from domain.errors import NoSuchPledge, NoSuchWindow, NotAllowed, Refusal
from domain.notice_boards import NoticeBoard
from domain.paper_refusals import BoardTooLarge, NoSuchBranch, NothingPublished
from domain.papers import Document
from domain.ports import House
from models.people import Body, Person
from models.pledges import Pledge
from services import listings, notice_boards, prints, steps
from services import register as registers
from services.listings import Asked, Kind
from services.notice_boards import Scope
from services.plate_faces import Imprint
from services.prints import Made
from tests.bureau import Bureau
from tests.conftest import MONDAY

HERE = Imprint("青禾县住房和城乡建设局", "https://ln.example.gov.cn/")
ALL = Scope()


def laid_out(bureau: Bureau, scope: Scope = ALL, who: str = "office") -> NoticeBoard:
    with bureau.house.database.reading() as db:
        return notice_boards.lay_out(db, bureau.actor(who), scope, HERE, MONDAY)


def more(bureau: Bureau, n: int = 1, **values: object) -> None:
    same = {"campaign": "demo", "author_id": bureau.people["stranger"], "branch_id": bureau.other_branch, "state": "published"}
    with bureau.house.database.transaction() as db:
        db.add_all(Pledge(code=f"more{i}", content=f"第{i}项承诺", **(same | values)) for i in range(n))
        registers.grow(db)


def test_a_board_has_what_is_published_and_nothing_else(bureau: Bureau) -> None:
    (entry,) = laid_out(bureau).entries
    assert (entry.who, entry.where, entry.slogan) == ("禾同志", "窗口党支部\u30003号窗口", "一次告知，少跑一趟")
    assert (entry.content, entry.measures, entry.standard) == ("办证材料一次告知", "印制清单，逐项讲解", "群众少跑一趟，差评为零")
    assert (entry.deadline, entry.published_on, entry.state) == (date(2026, 12, 31), date(2026, 11, 16), "推进中")


def test_a_board_of_a_branch_or_a_window_has_its_own_alone(bureau: Bureau) -> None:
    more(bureau)
    assert len(laid_out(bureau).entries) == 2
    assert [entry.who for entry in laid_out(bureau, Scope(branch_id=bureau.branch)).entries] == ["禾同志"]
    board = laid_out(bureau, Scope(window_id=bureau.windows[3]))
    assert (board.title, len(board.entries)) == ("3号窗口（不动产登记窗口）承诺公示", 1)
    assert board.link == f"https://ln.example.gov.cn/board?window={bureau.windows[3]}"


def test_a_units_pledge_stands_in_its_name_and_first(bureau: Bureau) -> None:
    with bureau.house.database.transaction() as db:
        unit = Body(kind="section", name="房管科")
        db.add(unit)
    more(bureau, branch_id=bureau.branch, unit_id=unit.id)
    assert [entry.who for entry in laid_out(bureau).entries] == ["房管科", "禾同志"]


@pytest.mark.parametrize(("form", "name"), [("full", "禾小满"), ("surname", "禾同志"), ("post", "值守人员")])
def test_a_name_hangs_there_in_the_form_its_member_chose(bureau: Bureau, form: str, name: str) -> None:
    with bureau.house.database.transaction() as db:
        db.get(Person, bureau.people["clerk"]).public_form = form
    assert laid_out(bureau).entries[0].who == name


REFUSED: dict[str, tuple[Scope, str, type[Refusal]]] = {
    "a clerk": (ALL, "clerk", NotAllowed),
    "an auditor": (ALL, "auditor", NotAllowed),
    "a secretary for the whole bureau": (ALL, "secretary", NotAllowed),
    "a branch that is none": (Scope(branch_id=9999), "office", NoSuchBranch),
    "a window that is none": (Scope(window_id=9999), "office", NoSuchWindow),
    "a pledge that is not published": (Scope(code="nothing"), "office", NoSuchPledge),
}


@pytest.mark.parametrize(("scope", "who", "refusal"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_put_up_is_refused(bureau: Bureau, scope: Scope, who: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        laid_out(bureau, scope, who)


def test_a_secretary_puts_up_the_own_branchs_board_and_no_others(bureau: Bureau) -> None:
    assert len(laid_out(bureau, Scope(branch_id=bureau.branch), "secretary").entries) == 1
    with pytest.raises(NotAllowed):
        laid_out(bureau, Scope(branch_id=bureau.other_branch), "secretary")


def test_nothing_published_and_too_much_are_told(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NothingPublished):
        laid_out(bureau, Scope(branch_id=bureau.other_branch))
    more(bureau, 3)
    monkeypatch.setattr(notice_boards, "MOST", 2)
    with pytest.raises(BoardTooLarge):
        laid_out(bureau)


def test_screen_lines_are_one_for_each_published_pledge(bureau: Bureau) -> None:
    more(bureau)
    assert notice_boards.screen_lines(laid_out(bureau), 40) == ("安同志承诺：第0项承诺", "禾同志承诺：一次告知，少跑一趟")


def test_a_board_that_was_printed_stands_in_the_log(bureau: Bureau, house: House) -> None:
    made = Made(Document.BOARD, "窗口党支部", 12, 57, "ab" * 32)
    office = bureau.actor("office")
    with house.database.transaction() as db:
        entry = prints.note(db, office, made, MONDAY)
    with house.database.reading() as db:
        assert steps.history(db, "print", entry.id)[0].why == "公示板12条，窗口党支部，第57版，文件摘要abababababababab"
    with house.database.reading() as db:
        asked = Asked(Kind.PRINTS, office, "青禾县住房和城乡建设局", house.sealer.open, MONDAY)
        assert listings.draw_up(db, asked).rows == (("2026-11-16 09:30", "公示板", 12, 57, "叶知秋", "窗口党支部", "ab" * 32),)
