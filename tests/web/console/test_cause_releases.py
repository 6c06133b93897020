"""公开未兑现情况 at the console: proposed, answered, released, read by a passer-by, taken back (P12)."""

from collections.abc import Callable

from tests.bureau import Bureau
from tests.services.test_cause_releases import UNTIL, number, unkept
from tests.web.conftest import Browser, words_of

HERE = "/console/cause_releases/"


def test_from_the_offices_proposal_to_the_passer_by(staff: Callable[[str], Browser], browser: Callable[..., Browser], bureau: Bureau) -> None:
    code = unkept(bureau)
    form = {"pledge": f"诺{number(bureau, code)}", "words": "三次通知后仍未完成", "form": "surname", "scope": "page", "until": UNTIL.isoformat()}
    where = staff("office").post(f"{HERE}propose", **form).headers["Location"]
    assert "说明情况：您的承诺拟公开未兑现" in words_of(staff("clerk").get("/console/"))
    staff("stranger").get(where, 404)
    staff("clerk").post(f"{where}/reply", reply="现已补办")
    committee = staff("committee")
    assert "现已补办" in committee.get(where)
    committee.post(f"{where}/decide", verb="release")
    told = words_of(browser().get(f"/board/{code}"))
    assert "三次通知后仍未完成经党组织批准公开" in told
    assert "禾同志因客观原因未兑现（已核实）" in told
    staff("office").post(f"{where}/take-back")
    assert "三次通知" not in browser().get(f"/board/{code}")


def test_what_was_typed_wrong_comes_back_with_a_sentence(staff: Callable[[str], Browser], bureau: Bureau) -> None:
    office, code = staff("office"), unkept(bureau)
    form = {"pledge": f"诺{number(bureau, code)}", "words": "未完成", "form": "full", "scope": "page", "until": "2026-11-01"}
    again = office.post(f"{HERE}propose", 422, **form).get_data(as_text=True)
    assert "公开的截止日期要在明天到" in again
    assert 'value="2026-11-01"' in again
    assert "没有找到这条承诺" in words_of(office.post(f"{HERE}propose", 404, **form | {"pledge": "诺99999"}).get_data(as_text=True))


def test_the_way_to_the_proposal_stands_on_the_pledge_while_there_is_none(staff: Callable[[str], Browser], bureau: Bureau) -> None:
    code, link = unkept(bureau), "/console/cause_releases/?pledge="
    page = staff("office").get(f"/console/pledges/{code}")
    named = page.partition(link)[2].partition('"')[0]
    assert f'value="{named}"' in staff("office").get(f"{link}{named}")
    assert link not in staff("clerk").get(f"/console/pledges/{code}")
    form = {"words": "三次通知后仍未完成", "form": "surname", "scope": "page", "until": UNTIL.isoformat()}
    staff("office").post(f"{HERE}propose", pledge=named, **form)
    assert link not in staff("office").get(f"/console/pledges/{code}")
