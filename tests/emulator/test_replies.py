"""Whatever a bot answers, the emulator either understands it or calls it garbage; it never breaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.wire import replies

SIDES = {"token": "t", "keys": ["A" * 43], "appid": "wx0", "to": "o1", "sender": "gh_1"}
PIECES = st.sampled_from(
    ["<xml>", "</xml>", "<Encrypt>", "</Encrypt>", "<![CDATA[", "]]>", '{"Encrypt":', '"x"', "}", "[", "success", "<MsgType>", "text", "é", "\x00"]
)


def outcome(body: bytes, mode: str, json_too: bool) -> str:
    try:
        return replies.read(body, mode=mode, json_too=json_too, **SIDES).kind or "silent"  # type: ignore[arg-type]
    except replies.Garbage as garbage:
        return str(garbage)


@given(
    body=st.binary() | st.lists(PIECES).map(lambda parts: "".join(parts).encode()), mode=st.sampled_from(["safe", "plain"]), json_too=st.booleans()
)
def test_any_answer_is_understood_or_garbage(body: bytes, mode: str, json_too: bool) -> None:
    assert outcome(body, mode, json_too)


@pytest.mark.parametrize(
    "body",
    [
        b'{"Encrypt":' + b"[" * 100_000,
        b"<xml>" + b"<a>" * 350 + b"</a>" * 350 + b"</xml>",
        b"<a>" * 50_000,
        b'<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>',
        b"{" * 100_000,
    ],
    ids=["deep-json", "nested-xml", "deep-xml", "entity", "braces"],
)
def test_a_bomb_is_garbage(body: bytes) -> None:
    assert outcome(body, "plain", True) not in ("silent", "text")
