"""打印: what stands on the plates, who may print them, reprinting, and the log."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.errors import NoSuchPost, NotAllowed, NothingToPrint, PaperChanged, PostNotClear, ReasonMissing
from domain.papers import Layout
from domain.ports import House
from models import prints as table
from models.people import Person
from models.windows import Duty, Post
from services import badges, own_data, plate_list, prints, register, steps
from services.plate_faces import Imprint
from services.prints import Batch, Order
from tests.bureau import Bureau
from tests.conftest import MONDAY, Clock

HERE = Imprint("青禾县住房和城乡建设局", "https://ln.example.gov.cn/")
DIGEST = "ab" * 32
TENT = Order(Layout.TENT)


def lay_out(bureau: Bureau, order: Order = TENT, who: str = "office") -> Batch:
    with bureau.house.database.reading() as db:
        return prints.lay_out(db, bureau.actor(who), order, HERE, bureau.house.now())


def printed(bureau: Bureau, order: Order = TENT, who: str = "office") -> Batch:
    """Laid out, put on paper and recorded."""
    batch = lay_out(bureau, order, who)
    with bureau.house.database.transaction() as db:
        prints.record(db, bureau.actor(who), batch, DIGEST)
    return batch


def states(house: House) -> list[tuple[int, int, str]]:
    with house.database.reading() as db:
        return [(plate.post_id, plate.serial, plate.state) for plate in register.windows.plates(db)]


def change(house: House, thing: Any, **values: Any) -> None:
    with house.database.transaction() as db:
        row = db.get(*thing)
        for name, value in values.items():
            setattr(row, name, value)
        register.grow(db)


def only(bureau: Bureau, number: int, **more: Any) -> Order:
    return replace(TENT, posts=(bureau.windows[number],), **more)


def test_a_face_says_who_answers_here_and_what_was_promised(bureau: Bureau) -> None:
    (face,) = lay_out(bureau, only(bureau, 3)).faces
    assert (face.number, face.window, face.post) == (3, "不动产登记窗口", "不动产登记窗口受理岗")
    assert (face.honours, face.holders, face.slogan) == (("党员先锋岗",), ("禾同志",), "一次告知，少跑一趟")
    assert face.link == f"https://ln.example.gov.cn/p/{bureau.codes[3]}"
    assert (face.plate_number, face.issued_on) == ("0002-01", date(2026, 11, 16))
    assert face.services == (("业务受理", "3个工作日"),)


@pytest.mark.parametrize(("form", "names"), [("full", ("禾小满",)), ("surname", ("禾同志",)), ("post", ())])
def test_a_name_stands_there_in_the_form_its_member_chose(bureau: Bureau, form: str, names: tuple[str, ...]) -> None:
    change(bureau.house, (Person, bureau.people["clerk"]), public_form=form)
    assert lay_out(bureau, only(bureau, 3)).faces[0].holders == names


def test_a_badge_tells_of_the_party_only_with_its_wearers_own_consent(bureau: Bureau) -> None:
    worn = replace(only(bureau, 3), layout=Layout.BADGE)
    assert [(face.holders, face.honours) for face in lay_out(bureau, worn).faces] == [(("禾同志",), ())]
    with bureau.house.database.transaction() as db:
        own_data.show_membership(db, bureau.actor("clerk"), True, MONDAY)
    assert lay_out(bureau, worn).faces[0].honours == ("党员先锋岗",)


def test_nobody_who_left_stands_on_a_plate(bureau: Bureau) -> None:
    change(bureau.house, (Person, bureau.people["clerk"]), left_on=date(2026, 11, 1))
    assert lay_out(bureau, only(bureau, 3)).faces[0].holders == ()


def test_no_plate_carries_the_slogan_of_somebody_who_is_not_there(bureau: Bureau) -> None:
    duty = bureau.windows[3]
    change(bureau.house, (Duty, duty - bureau.windows[1] + 1), person_id=bureau.people["stranger"])
    (face,) = lay_out(bureau, only(bureau, 3)).faces
    assert (face.holders, face.slogan) == (("安同志",), "")


def test_a_badge_is_printed_for_each_of_two_at_one_post(bureau: Bureau) -> None:
    with bureau.house.database.transaction() as db:
        db.add(Duty(post_id=bureau.windows[3], person_id=bureau.people["head"], from_day=date(2026, 1, 1)))
        register.grow(db)
    badge = replace(only(bureau, 3), layout=Layout.BADGE)
    assert [face.holders for face in lay_out(bureau, badge).faces] == [("禾同志",), ("林同志",)]
    assert lay_out(bureau, only(bureau, 3)).faces[0].holders == ("禾同志", "林同志")


def test_all_faces_are_of_one_edition_in_the_order_of_the_windows(bureau: Bureau) -> None:
    batch = lay_out(bureau)
    assert [face.number for face in batch.faces] == [1, 3, 5]
    assert {face.edition for face in batch.faces} == {batch.edition}


def test_the_log_names_plates_person_sheet_edition_and_file(bureau: Bureau, house: House) -> None:
    batch = printed(bureau, only(bureau, 3))
    with house.database.reading() as db:
        (entry,) = table.latest(db)
        assert (entry.who, entry.layout, entry.edition) == (f"person:{bureau.people['office']}", "tent", batch.edition)
        assert (entry.digest, entry.printed_at, list(table.plates_on(db, entry.id))) == (DIGEST, MONDAY, list(batch.standing))
        assert [(step.verb, step.seat) for step in steps.history(db, "print", entry.id)] == [("print", "leading_office")]


def test_printing_again_tells_how_often_and_when(bureau: Bureau, clock: Clock) -> None:
    assert printed(bureau, only(bureau, 3)).earlier == ()
    clock.pass_(days=1)
    printed(bureau, only(bureau, 3))
    clock.pass_(days=1)
    (earlier,) = lay_out(bureau).earlier
    assert (earlier.face.number, earlier.times, earlier.last) == (3, 2, MONDAY + timedelta(days=1))


def test_a_reprint_is_a_new_serial_and_revokes_the_old(bureau: Bureau, house: House) -> None:
    printed(bureau, only(bureau, 3))
    batch = printed(bureau, only(bureau, 3, reprint=True, why="座牌遗失"))
    assert batch.faces[0].plate_number == "0002-02"
    assert [row for row in states(house) if row[0] == bureau.windows[3]] == [(2, 1, "revoked"), (2, 2, "issued")]
    with house.database.reading() as db:
        old = register.windows.plate(db, bureau.codes[3])
        assert old is not None
        assert steps.history(db, "plate", old.id)[-1].why == "座牌遗失"


def test_a_reprint_keeps_the_term_of_the_old_plate(bureau: Bureau, house: House) -> None:
    with house.database.transaction() as db:
        badges.issue(db, bureau.actor("office"), bureau.windows[3], MONDAY, expires_on=date(2026, 12, 31))
    batch = printed(bureau, only(bureau, 3, reprint=True, why="损坏"))
    with house.database.reading() as db:
        plate = register.windows.plate(db, batch.faces[0].code)
        assert plate is not None
        assert plate.expires_on == date(2026, 12, 31)


def test_a_reprint_without_a_reason_is_refused(bureau: Bureau) -> None:
    with pytest.raises(ReasonMissing):
        lay_out(bureau, only(bureau, 3, reprint=True, why=" "))


def test_laying_out_a_reprint_revokes_nothing_yet(bureau: Bureau, house: House) -> None:
    before = states(house)
    lay_out(bureau, only(bureau, 3, reprint=True, why="损坏"))
    assert states(house) == before


def test_a_post_without_a_plate_gets_its_first(bureau: Bureau, house: House) -> None:
    with house.database.transaction() as db:
        db.add(Post(id=77, window_id=bureau.windows[5], title="查询岗"))
        register.grow(db)
    batch = printed(bureau, replace(TENT, posts=(77,)))
    assert batch.faces[0].plate_number == "0077-01"
    assert states(house)[-1] == (77, 1, "issued")


def test_a_revoked_plate_is_not_printed_and_its_post_is_named(bureau: Bureau, house: House) -> None:
    with house.database.transaction() as db:
        badges.revoke(db, bureau.actor("office"), bureau.codes[3], "调整", MONDAY)
    assert lay_out(bureau).stopped == ("不动产登记窗口受理岗",)
    with pytest.raises(NothingToPrint):
        lay_out(bureau, only(bureau, 3))


@pytest.mark.parametrize("who", ["clerk", "committee", "auditor"])
def test_only_office_and_own_secretary_print(bureau: Bureau, who: str) -> None:
    with pytest.raises(NotAllowed):
        lay_out(bureau, only(bureau, 3), who)


def test_another_branchs_post_is_none_to_a_secretary(bureau: Bureau) -> None:
    with pytest.raises(NoSuchPost):
        lay_out(bureau, only(bureau, 3), "other_secretary")


def test_all_of_a_secretary_is_the_own_branch(bureau: Bureau) -> None:
    assert len(lay_out(bureau, TENT, "secretary").faces) == 3
    with pytest.raises(NothingToPrint):
        lay_out(bureau, TENT, "other_secretary")


@pytest.mark.parametrize("reprint", [False, True])
def test_a_paper_that_is_no_longer_true_is_not_recorded(bureau: Bureau, house: House, reprint: bool) -> None:
    batch = lay_out(bureau, only(bureau, 3, reprint=reprint, why="损坏"))
    with house.database.transaction() as db:
        badges.issue(db, bureau.actor("office"), bureau.windows[3], MONDAY)
    with pytest.raises(PaperChanged), house.database.transaction() as db:
        prints.record(db, bureau.actor("office"), batch, DIGEST)
    with house.database.reading() as db:
        assert table.latest(db) == []


def test_new_ratings_do_not_spoil_a_paper(bureau: Bureau, house: House) -> None:
    batch = lay_out(bureau)
    with house.database.transaction() as db:
        register.grow(db)
    with house.database.transaction() as db:
        assert prints.record(db, bureau.actor("office"), batch, DIGEST).edition == batch.edition


def test_the_list_has_every_plate_with_its_state(bureau: Bureau, house: House) -> None:
    printed(bureau, only(bureau, 3))
    printed(bureau, only(bureau, 3, reprint=True, why="损坏"))
    with house.database.reading() as db:
        rows = plate_list.listed(db, bureau.actor("office"), MONDAY)
    assert [(row.plate_number, row.state, row.printed) for row in rows if row.post_id == 2] == [("0002-01", "已停用", 1), ("0002-02", "使用中", 1)]
    with house.database.reading() as db, pytest.raises(NotAllowed):
        plate_list.listed(db, bureau.actor("clerk"), MONDAY)


MEANT = {"window number": (["3"], [], (2,)), "window in words": (["3号窗口"], [], (2,)), "plate number": ([], ["0002-01"], (2,))}
MEANT |= {"title": ([], ["综合受理窗口受理岗"], (1,)), "both": (["3"], ["2", "1"], (2, 1))}


@pytest.mark.parametrize(("windows", "posts", "ids"), MEANT.values(), ids=MEANT.keys())
def test_posts_are_found_by_window_number_or_title(house: House, bureau: Bureau, windows: list[str], posts: list[str], ids: tuple[int, ...]) -> None:
    with house.database.reading() as db:
        assert plate_list.posts_meant(register.current(db, date(2026, 11, 16)), windows, posts) == ids


def test_a_title_of_two_posts_asks_for_the_number(house: House, bureau: Bureau) -> None:
    with house.database.transaction() as db:
        db.add(Post(id=77, window_id=bureau.windows[5], title="不动产登记窗口受理岗"))
        register.grow(db)
    with house.database.reading() as db:
        now = register.current(db, date(2026, 11, 16))
    with pytest.raises(PostNotClear) as refused:
        plate_list.posts_meant(now, [], ["不动产登记窗口受理岗"])
    assert "2、77" in refused.value.text


@pytest.mark.parametrize("said", ["没有的岗", "9", "", "9" * 30])
def test_what_is_neither_window_nor_post_is_said_back(house: House, bureau: Bureau, said: str) -> None:
    with house.database.reading() as db:
        now = register.current(db, date(2026, 11, 16))
    for windows, posts in ([said], []), ([], [said]):
        with pytest.raises(NoSuchPost) as refused:
            plate_list.posts_meant(now, windows, posts)
        assert f"“{said}”" in refused.value.text
