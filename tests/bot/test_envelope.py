"""信封 against the platform's own words: golden vectors, bodies that carry both, packets in JSON (wechat-platform.md §1, §2)."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.envelope import BadEnvelope, Cipher, signature_of
from domain.ports import House
from tests.bot.test_rating_by_message import stored
from tests.bot.test_webhook import application_in
from tests.bureau import Bureau
from tests.conftest import AES_KEY, Clock
from tests.emulator.test_vectors import APPID, KEY, SEALED, SIGNATURES, TOKEN
from tests.phones import APPID as OURS
from tests.phones import GH, Phone, to_json, to_xml

Phones = Callable[..., Phone]


@pytest.mark.parametrize(("stamp", "nonce", "signature"), SIGNATURES)
def test_signatures_of_the_documents(stamp: str, nonce: str, signature: str) -> None:
    assert signature_of(TOKEN, stamp, nonce) == signature


def test_the_documents_message_opens_and_no_other_accounts() -> None:
    assert signature_of(TOKEN, "1714112445", "415670741", SEALED) == "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"
    clear = Cipher(KEY, APPID).decrypt(SEALED)
    assert (len(clear), json.loads(clear)["debug_str"]) == (167, "hello world")
    for cipher in (Cipher(KEY, "wx0000000000000000"), Cipher(AES_KEY, APPID)):
        with pytest.raises(BadEnvelope):
            cipher.decrypt(SEALED)


def fields(citizen: Phone, said: str) -> dict[str, Any]:
    stamp = str(int(citizen.now().timestamp()))
    return {"ToUserName": GH, "FromUserName": citizen.openid, "CreateTime": stamp, "MsgType": "text", "Content": said, "MsgId": "5"}


@pytest.mark.parametrize("mode", ["compatible", "safe", "plain"])
def test_of_a_body_that_carries_both_the_sealed_words_count(house: House, bureau: Bureau, clock: Clock, mode: str) -> None:
    """兼容模式: clear fields beside `Encrypt`; nothing signs the clear ones."""
    citizen = Phone(application_in(mode, house), "wang", clock.now, AES_KEY)
    stamp = str(int(clock.now().timestamp()))
    query, packet = citizen.signed(to_xml(fields(citizen, "评价 3号窗口 满意")), stamp, "n")
    forged = to_xml(fields(citizen, "评价 3号窗口 非常不满意")).removesuffix(b"</xml>")
    citizen.last = citizen.post(query, forged + packet.partition(b"</ToUserName>")[2])
    assert "“满意”已记下" in citizen.words()
    assert b"<Encrypt>" in citizen.last.data
    assert stored(bureau) == [(3, 4, "")]


@pytest.mark.parametrize("inner", [to_xml, to_json], ids=["xml", "json"])
def test_a_packet_in_json_is_answered_in_json(phone: Phones, bureau: Bureau, inner: Callable[[dict[str, Any]], bytes]) -> None:
    citizen = phone()
    stamp = str(int(citizen.now().timestamp()))
    query, packet = citizen.signed(inner(fields(citizen, "评价 3号窗口 满意")), stamp, "n")
    encrypted = packet.partition(b"<Encrypt><![CDATA[")[2].partition(b"]]>")[0].decode()
    answer = citizen.post(query, to_json({"ToUserName": GH, "Encrypt": encrypted}))
    told = json.loads(answer.data)
    assert sorted(told) == ["Encrypt", "MsgSignature", "Nonce", "TimeStamp"]
    opened = citizen.crypto.decrypt_message(told, told["MsgSignature"], str(told["TimeStamp"]), told["Nonce"])
    assert "“满意”已记下" in str(opened)
    assert stored(bureau) == [(3, 4, "")]


def test_the_answer_goes_back_under_the_key_of_the_question(house: House, bureau: Bureau, clock: Clock) -> None:
    old = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"
    changing = application_in("safe", house, previous_encoding_aes_key=old)
    stranger = "Z" * 43
    for key, other in ((old, AES_KEY), (AES_KEY, old)):
        citizen = Phone(changing, f"k{key[:1]}", clock.now, key)
        assert "已记下" in citizen.say("评价 3号窗口 满意")
        with pytest.raises(BadEnvelope):
            Cipher(other, OURS).decrypt(citizen.last.text.partition("<Encrypt><![CDATA[")[2].partition("]]>")[0])
    late = Phone(application_in("safe", house), "late", clock.now, old)
    assert late.post(*late.envelope({"MsgType": "text", "Content": "你好", "MsgId": "1"})).status_code == 403
    nobody = Phone(changing, "nobody", clock.now, stranger)
    assert nobody.post(*nobody.envelope({"MsgType": "text", "Content": "你好", "MsgId": "1"})).status_code == 403
