"""A receipt is read by an office: none of WeChat's English stands alone."""

import pytest

from domain.letters import receipt_words

SAID = [
    ("success", "已送达"),
    ("failed:user block", "对方拒收，没有送达"),
    ("failed: system failed", "微信出错，没有送达"),
    ("43101", "没有送达（43101）"),
    ("", ""),
]


@pytest.mark.parametrize(("said", "words"), SAID)
def test_a_receipt_is_said_in_chinese(said: str, words: str) -> None:
    assert receipt_words(said) == words
