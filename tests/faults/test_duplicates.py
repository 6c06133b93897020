"""WeChat repeats what it thinks unanswered: a thousand messages, three times each, in any order, over several processes (R11)."""

import random
import threading
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlencode

import pytest

from gateways import clock
from tests.conftest import AES_KEY
from tests.faults.town import ask, town
from tests.phones import Phone
from tests.services_here import postgres, redis_server

pytestmark = pytest.mark.faults
MESSAGES, TIMES, HANDS = 1000, 3, 24


def test_each_message_counts_once_and_each_copy_gets_the_same_answer(tmp_path: Path) -> None:
    url = postgres().create()
    with town(url, redis_server().url, tmp_path / "serve.log", workers=3) as here:
        copies = [(n, *_sent(n)) for n in range(MESSAGES)] * TIMES
        random.Random(8).shuffle(copies)
        answers: dict[int, list[bytes]] = defaultdict(list)
        guard = threading.Lock()

        def deliver(mine: list[tuple[int, str, bytes]]) -> None:
            for n, path, body in mine:
                status, answer = ask(here.base, "POST", path, body)
                with guard:
                    answers[n].append(answer if status == 200 else b"status %d" % status)

        hands = [threading.Thread(target=deliver, args=(copies[at::HANDS],)) for at in range(HANDS)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join(120)
        assert {len(given) for given in answers.values()} == {TIMES}
        assert [n for n, given in answers.items() if len(set(given)) != 1] == []
        assert here.sql("SELECT count(*) FROM ratings") == [(MESSAGES,)]
        assert here.sql("SELECT sum(n) FROM tallies") == [(MESSAGES,)]
        assert here.sql("SELECT count(*) FROM rectifications") == here.sql("SELECT count(*) FROM ratings WHERE level <= 2")


def _sent(n: int) -> tuple[str, bytes]:
    phone = Phone(None, f"d{n}", clock.now, AES_KEY)
    query, body = phone.envelope({"MsgType": "text", "Content": f"评价 3号窗口 {'不满意' if n % 7 == 0 else '满意'}", "MsgId": str(7_000_000 + n)})
    return f"/wechat?{urlencode(query)}", body
