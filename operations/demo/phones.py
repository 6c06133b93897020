"""The emulated phones: whose they are, which plates lie on the table, how messages are sealed."""

import json
import re
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from typing import Any

from domain.flows.plates import PlateState
from domain.ports import House
from gateways.wechat import WechatError
from operations.bureau import Found
from operations.demo.environment import TEMPLATE, CannotStart

_WORDS = {PlateState.ISSUED: "", PlateState.REVOKED: "（已停用的旧牌）", PlateState.EXPIRED: "（已过期）"}

_MORE = ("办公室叶知秋", "党委石开泰")
_PART = re.compile("^(书记|党员|办公室|党委)")


class Phones:
    """The emulator's control API."""

    def __init__(self, port: int) -> None:
        self._port = port

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Raises `CannotStart` when the emulator does not answer, or refuses."""
        connection = HTTPConnection("127.0.0.1", self._port, timeout=10)
        try:
            connection.request(method, f"/_emulator{path}", json.dumps(body) if body is not None else None)
            answer = connection.getresponse()
            said = json.loads(answer.read())
        except (OSError, HTTPException, ValueError) as error:
            raise CannotStart(f"微信模拟器没有响应（{type(error).__name__}），请再运行一次 make demo。") from None
        finally:
            connection.close()
        if answer.status != 200:
            raise CannotStart(f"微信模拟器没有接受 {path}：{said.get('error', answer.status)}")
        return said

    def owners(self, appids: Mapping[str, str]) -> dict[str, dict[str, str]]:
        """Name → account → openid; the emulator names people with their part before (书记李清明)."""
        found = {}
        for person in self.ask("GET", "/people")["people"]:
            ties = {account: person["accounts"][appid]["openid"] for account, appid in appids.items() if appid in person["accounts"]}
            found[_PART.sub("", person["name"])] = ties
        return found

    def join(self) -> None:
        """Phones for the office and the committee too, which the emulator does not bring along."""
        there = {person["name"] for person in self.ask("GET", "/people")["people"]}
        for name in _MORE:
            if name not in there:
                self.ask("POST", "/people", {"name": name, "subscribed": True})

    def agree(self, modes: Mapping[str, str]) -> None:
        """Seal messages as the settings say, and know the notice template."""
        for account, mode in modes.items():
            self.ask("PATCH", f"/accounts/{account}", {"mode": mode})
        content = "通知：{{thing1.DATA}}\n编号：{{character_string2.DATA}}"
        self.ask("POST", "/templates", {"account": "service", "id": TEMPLATE, "title": "工作提醒", "content": content, "type": 3})

    def lay_out(self, house: House, bureau: Found) -> None:
        """Put every plate on the table, and one code of the service account itself (带参数二维码)."""
        site = house.settings.base_url.rstrip("/")
        plates = {f"{plate.number}号窗口 {plate.post}{_WORDS[plate.state]}": f"{site}/p/{plate.code}" for plate in bureau.plates}
        for number in (3, 5):
            for code in bureau.codes(number)[:1]:
                plates |= self._scene(house, number, code)
        self.ask("DELETE", "/plates")
        if plates:
            self.ask("POST", "/plates", {"plates": plates})

    @staticmethod
    def _scene(house: House, number: int, code: str) -> dict[str, str]:
        body = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": f"p:{code}"}}}
        try:
            return {f"{number}号窗口（扫码进服务号）": house.wechat.post("/cgi-bin/qrcode/create", body)["url"]}
        except WechatError:
            return {}
