"""活动演练 in the console: the office runs a campaign beforehand and reads what would happen; others have no such page."""

from collections.abc import Callable

import pytest

from tests.bureau import Bureau
from tests.services.test_todos import load
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]


def test_the_office_reads_what_would_happen(staff: Browsers, bureau: Bureau) -> None:
    load(bureau)
    page = staff("office").post("/console/rehearsals/run", 200, campaign="spring").get_data(as_text=True)
    assert "始终送不到的人" in page
    assert "苏明礼（窗口党支部）：没有绑定微信" in page
    assert "没有对应机构或人员的任务：三服务" in words_of(page)


def test_all_messages_come_as_a_workbook(staff: Browsers, bureau: Bureau) -> None:
    load(bureau)
    answer = staff("office").post("/console/rehearsals/run", 200, **{"campaign": "spring", "as": "xlsx"})
    assert answer.data[:2] == b"PK"


def test_an_unknown_campaign_leads_back_to_the_choice(staff: Browsers, bureau: Bureau) -> None:
    assert "没有找到" in staff("office").post("/console/rehearsals/run", 404, campaign="nothing").get_data(as_text=True)


@pytest.mark.parametrize("who", ["secretary", "clerk", "committee"])
def test_nobody_else_has_the_page(staff: Browsers, bureau: Bureau, who: str) -> None:
    staff(who).get("/console/rehearsals/", 403)
