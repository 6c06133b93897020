"""People of the demo at their browsers and phones: what a whole story is told with."""

import io
import re
from typing import Any

import requests
import xlsxwriter

from tests.journeys.test_demo import Demo


def words_of(page: str) -> str:
    """What a person reads."""
    return re.sub(r"\s+", "", re.sub(r"<(style|title|script)[^>]*>.*?</\1>|<[^>]+>", " ", page, flags=re.S))


def found(pattern: str, page: str) -> str:
    """The one group of the pattern; a story that does not find it says what stood there."""
    match = re.search(pattern, page, re.S)
    assert match, (pattern, words_of(page)[:500])
    return match[1]


def sheet(*rows: list[str]) -> bytes:
    """A workbook as an office keeps it."""
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw)
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return raw.getvalue()


class Clerk:
    """Somebody at the console, signed in by scanning its code with his own phone."""

    def __init__(self, demo: Demo, phone: str) -> None:
        self.demo, self.phone = demo, phone
        self.site = f"http://127.0.0.1:{demo.port}"
        self._browser = requests.Session()
        self._sign_in()

    def _sign_in(self) -> None:
        self.get("/console/sign-in")
        shown = self.demo.look("/plates")["shown"]
        self.demo.phone(f"/people/{self.phone}/scan", text=next(iter(shown.values())))
        assert "已确认" in self.demo.says(self.phone, "1")
        assert "退出" in words_of(self.post("/console/sign-in/wait"))

    def get(self, path: str, status: int = 200) -> str:
        answer = self._browser.get(self.site + path, timeout=20)
        assert answer.status_code == status, (path, answer.status_code, words_of(answer.text)[:300])
        return answer.text

    def post(self, path: str, files: dict[str, Any] | None = None, status: int = 200, **form: Any) -> str:
        answer = self._browser.post(self.site + path, data=form, files=files, headers={"Origin": self.site}, timeout=30)
        assert answer.status_code == status, (path, answer.status_code, words_of(answer.text)[:300])
        self.at = answer.url.removeprefix(self.site)
        return answer.text

    def decide(self, turn: str, code: str, verdict: str, why: str = "") -> str:
        """Decide what lies in a reviewer's list under this turn."""
        page = self.get(f"/console/reviews/?turn={turn}")
        chosen = found(rf'name="chosen" value="({turn}:{code}:\d+)"', page)
        return self.post("/console/reviews/decide", chosen=chosen, verdict=verdict, why=why)
