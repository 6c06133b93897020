"""Consents to subscription messages per (openid, template): one-time, long-term, refused, always (wechat-platform.md §10, §11)."""

from dataclasses import dataclass

from emulator.errors import Refusal

ONE_TIME, LONG_TERM = 2, 3


@dataclass(slots=True)
class Consent:
    left: int = 0
    long_term: bool = False
    refused: bool = False
    always: str = ""  # “总是保持以上选择”: accept or reject without a popup


class Subscriptions:
    def __init__(self) -> None:
        self._book: dict[tuple[str, str, str], Consent] = {}

    def of(self, appid: str, openid: str, template_id: str) -> Consent:
        return self._book.setdefault((appid, openid, template_id), Consent())

    def answer(self, appid: str, openid: str, template_id: str, accepted: bool, kind: int, add_up: bool) -> None:
        """Book the answer to a popup."""
        consent = self.of(appid, openid, template_id)
        consent.refused = not accepted
        if not accepted:
            consent.long_term = False
            return
        if kind == LONG_TERM:
            consent.long_term = True
        else:
            consent.left = consent.left + 1 if add_up else 1

    def withdraw(self, appid: str, openid: str, template_id: str) -> None:
        """Refused in the settings page: nothing is left (only this is pushed as change event)."""
        self._book[appid, openid, template_id] = Consent(refused=True)

    def spend(self, appid: str, openid: str, template_id: str) -> None:
        """Use one right to send. Raises 43101."""
        consent = self._book.get((appid, openid, template_id))
        if consent is None or consent.refused or not (consent.long_term or consent.left):
            raise Refusal(43101)
        if not consent.long_term:
            consent.left -= 1

    def state(self, appid: str, openid: str) -> list[dict[str, object]]:
        mine = ((template, c) for (a, o, template), c in self._book.items() if (a, o) == (appid, openid))
        return [{"template_id": template, "left": c.left, "long_term": c.long_term, "refused": c.refused, "always": c.always} for template, c in mine]
