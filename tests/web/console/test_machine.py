"""系统状况: the operator and the auditor see what answers and what is stuck, and nothing of people."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.ports import House
from services import letters
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]


def test_a_stuck_letter_is_told_without_its_words(staff: Browsers, bureau: Bureau, house: House, clock: Clock) -> None:
    with house.database.transaction() as db:
        letters.write(db, letters.Draft("x", "pledge_submit", {"pledge": "谁也不该看见"}, person_id=bureau.people["head"]), clock.now())
    clock.time += timedelta(minutes=20)
    page = words_of(staff("auditor").get("/console/machine/"))
    assert "超过10分钟没有发出" in page
    assert "数据库正常" in page
    assert "谁也不该看见" not in page


@pytest.mark.parametrize("who", ["office", "secretary", "clerk"])
def test_it_is_not_for_others(staff: Browsers, who: str) -> None:
    staff(who).get("/console/machine/", 403)
