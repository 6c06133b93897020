"""样表: what stands in whose boxes, who may have the form, and what is still its author's own paper."""

from datetime import date

import pytest

from domain.errors import NoSuchPledge, NotAllowed
from domain.form_templates import Page
from domain.paper_refusals import NothingHandedIn
from models.people import Body, Person
from models.pledges import Pledge
from services import form_templates
from services.plate_faces import Imprint
from tests.bureau import Bureau

HERE = Imprint("青禾县住房和城乡建设局", "https://ln.example.gov.cn")
DAY = date(2026, 11, 16)


def words(page: Page) -> list[str]:
    return [box.words for row in page.rows for box in row]


def codes(bureau: Bureau) -> dict[str, str]:
    """content → code."""
    with bureau.house.database.reading() as db:
        return {row.content: row.code for row in db.query(Pledge)}


def of_pledge(bureau: Bureau, content: str, who: str) -> tuple[Page, ...]:
    with bureau.house.database.reading() as db:
        return form_templates.of_pledge(db, bureau.actor(who), codes(bureau)[content], HERE)


def of_branch(bureau: Bureau, branch_id: int, who: str) -> tuple[Page, ...]:
    with bureau.house.database.reading() as db:
        return form_templates.of_branch(db, bureau.actor(who), branch_id, HERE)


def hand_in(bureau: Bureau, state: str = "submitted", **values: object) -> None:
    with bureau.house.database.transaction() as db:
        unit = Body(kind="section", name="房管科")
        db.add(unit)
        db.flush()
        same = {"campaign": "demo", "author_id": bureau.people["head"], "branch_id": bureau.branch, "unit_id": unit.id, "state": state}
        db.add_all(Pledge(code=f"unit{n}", content=f"第{n}件实事", **(same | values)) for n in (1, 2))
        db.add(Pledge(code="unit3", content="还没写完", **(same | values | {"state": "draft"})))


def test_a_blank_form_explains_the_four_clears_with_an_example(bureau: Bureau) -> None:
    with bureau.house.database.reading() as db:
        member, unit, guide = form_templates.blank(db, DAY)
    assert [name for name in ("明确内容", "明确措施", "明确标准", "明确时限") if name not in words(member) or name not in words(guide)] == []
    assert "一次告知率100%；因材料反复来跑的，全年不超过两件。" in words(guide)
    assert "责任人签字" in words(unit)


def test_a_members_form_says_what_the_pledge_says(bureau: Bureau) -> None:
    (page,) = of_pledge(bureau, "办证材料一次告知", "clerk")
    said = words(page)
    for one in (
        "禾小满",
        "窗口党支部",
        "3号窗口",
        "办证材料一次告知",
        "印制清单，逐项讲解",
        "群众少跑一趟，差评为零",
        "2026年12月31日",
        "一次告知，少跑一趟",
    ):
        assert one in said
    assert page.link == f"https://ln.example.gov.cn/board/{codes(bureau)['办证材料一次告知']}"


def test_a_draft_is_its_authors_paper_and_opens_nothing(bureau: Bureau) -> None:
    (page,) = of_pledge(bureau, "还在起草，不应公开", "stranger")
    assert page.link == ""


@pytest.mark.parametrize("who", ["clerk", "secretary", "head"])
def test_what_one_may_not_read_looks_absent(bureau: Bureau, who: str) -> None:
    with pytest.raises(NoSuchPledge):
        of_pledge(bureau, "还在起草，不应公开", who)


def test_a_units_table_has_all_that_it_handed_in_row_by_row(bureau: Bureau) -> None:
    hand_in(bureau, meeting="8月20日党员大会", opinion="同意公示", addressees=["党支部", "群众"])
    (page,) = of_pledge(bureau, "第1件实事", "secretary")
    assert [one for one in words(page) if one in ("第1件实事", "第2件实事", "还没写完", "房管科")] == ["房管科", "第1件实事", "第2件实事"]
    assert {"8月20日党员大会", "同意公示"} <= set(words(page))


def test_whoever_belongs_to_the_unit_has_its_table(bureau: Bureau) -> None:
    hand_in(bureau)
    with bureau.house.database.transaction() as db:
        unit = db.query(Body).filter(Body.name == "房管科").one()
        db.get(Person, bureau.people["clerk"]).section_id = unit.id
    assert of_pledge(bureau, "第1件实事", "clerk")[0].title == "单位承诺表"
    with pytest.raises(NoSuchPledge):
        of_pledge(bureau, "第1件实事", "stranger")


def test_a_branch_has_its_units_tables_and_its_members_forms(bureau: Bureau) -> None:
    hand_in(bureau)
    pages = of_branch(bureau, bureau.branch, "secretary")
    assert [page.title for page in pages] == ["单位承诺表", "党员承诺书"]


def test_a_branch_that_handed_in_nothing_is_told(bureau: Bureau) -> None:
    with pytest.raises(NothingHandedIn):
        of_branch(bureau, bureau.other_branch, "other_secretary")


@pytest.mark.parametrize("who", ["clerk", "other_secretary"])
def test_nobody_else_takes_a_branchs_forms(bureau: Bureau, who: str) -> None:
    with pytest.raises(NotAllowed):
        of_branch(bureau, bureau.branch, who)
