"""重点工程 in the console: one form for facts and milestones; what was typed is never lost."""

from collections.abc import Callable
from typing import Any

from tests.bureau import Bureau
from tests.services.test_works import public
from tests.web.conftest import Browser, words_of

Staff = Callable[[str], Browser]


def form(bureau: Bureau, **more: str) -> dict[str, str]:
    facts = {"name": "文明路改造", "section": "市政科", "branch_id": str(bureau.branch), "percent": "40", "pledges": "诺0001"}
    return facts | {"name0": "进场", "planned0": "2026-09-01", "actual0": "2026-09-01", "name1": "竣工", "planned1": "2026-12-20"} | more


def saved(browser: Browser, bureau: Bureau, **more: str) -> str:
    return str(browser.post("/console/works/new/save", **form(bureau, **more)).headers["Location"]).rpartition("/")[2]


def refused(browser: Browser, path: str, data: dict[str, Any], status: int) -> str:
    return str(browser.open("POST", path, status, data=data, headers={"Origin": "http://localhost"}).get_data(as_text=True))


def test_written_down_shown_and_moved_with_a_reason(staff: Staff, bureau: Bureau) -> None:
    secretary = staff("secretary")
    code = saved(secretary, bureau)
    secretary.post(f"/console/works/{code}/go", verb="publish")
    ids = {f"id{at}": str(one.id) for at, one in enumerate(public(bureau, code).milestones)}
    ids["version"] = str(public(bureau, code).version)
    path = f"/console/works/{code}/save"
    assert "请写明原因" in refused(secretary, path, form(bureau, expected1="2027-01-03", **ids), 422)
    secretary.post(path, **form(bureau, expected1="2027-01-03", note1="管线迁改", **ids))
    assert public(bureau, code).behind == 14
    assert "先一步办理" in refused(secretary, path, form(bureau, **ids), 409)
    ids["version"] = str(public(bureau, code).version)
    assert "计划日期已经公开" in refused(secretary, path, form(bureau, planned1="2027-02-01", **ids), 409)
    assert "诺0001" in secretary.get(f"/console/works/{code}")


def test_what_cannot_be_read_comes_back_with_all_that_was_typed(staff: Staff, bureau: Bureau) -> None:
    for wrong, said in (({"planned0": "下月"}, "进场的日期"), ({"percent": "200"}, "进度百分比"), ({"planned1": ""}, "竣工的计划日期")):
        page = refused(staff("office"), "/console/works/new/save", form(bureau, **wrong), 422)
        assert said in words_of(page)
        assert 'value="文明路改造"' in page
        assert 'value="竣工"' in page


def test_a_work_of_another_branch_is_not_there(staff: Staff, bureau: Bureau) -> None:
    code = saved(staff("secretary"), bureau)
    other = staff("other_secretary")
    other.get(f"/console/works/{code}", expect=404)
    assert "文明路" not in other.get("/console/works/")
    staff("clerk").get("/console/works/", expect=403)
