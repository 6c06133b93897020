"""订阅弹窗: accept, refuse, “总是保持以上选择”, and the later change in the settings page (wechat-platform.md §10, §11)."""

from typing import Any

from emulator.accounts import Refused
from emulator.acts.speaking import Stage
from emulator.ledgers.subscriptions import LONG_TERM
from emulator.record import Push
from emulator.templates import Template

ANSWERS = ("accept", "reject", "always", "always_reject", "ban", "filter")
MOST_IDS = 5
CLIENT_WORDS = {
    10001: "TmplIds is empty",
    20001: "No template data return, verify the template id exist",
    20002: "Templates type must be same",
    20003: "Templates count out of max bounds",
    20004: "The main switch is switched off",
}


class ClientError(Refused):
    """What `wx.requestSubscribeMessage` fails with: an errCode of its own."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(f"requestSubscribeMessage:fail {code} {CLIENT_WORDS[code]}")


def wanted_templates(stage: Stage, template_ids: list[str]) -> list[Template]:
    """The templates a popup shows; same-titled ones are filtered by the caller. Raises ClientError."""
    if not template_ids:
        raise ClientError(10001)
    if len(template_ids) > MOST_IDS:
        raise ClientError(20003)
    known = stage.world.consoles.of(stage.account.appid).templates
    found = [known[one] for one in template_ids if one in known]
    if len(found) < len(template_ids):
        raise ClientError(20001)
    if len({template.type for template in found}) > 1:
        raise ClientError(20002)
    return found


async def answer(stage: Stage, template_ids: list[str], given: dict[str, str] | str, scene: int = 0) -> tuple[dict[str, str], Push | None]:
    """Answer the popup; returns what the client's promise gives per id and the push."""
    results: dict[str, str] = {}
    rows: list[dict[str, Any]] = []
    titles: set[str] = set()
    for template in wanted_templates(stage, template_ids):
        wish = given if isinstance(given, str) else given.get(template.id, "reject")
        result = "filter" if template.title in titles else _decide(stage, template, wish)
        titles.add(template.title)
        results[template.id] = result
        if result in ("accept", "reject"):
            rows.append({"TemplateId": template.id, "SubscribeStatusString": result, "PopupScene": scene})
    if not rows:
        return results, None
    stage.tie.last_seen = stage.world.now
    return results, await stage.event("subscribe_msg_popup_event", {"SubscribeMsgPopupEvent": {"List": rows}})


def _decide(stage: Stage, template: Template, wish: str) -> str:
    if wish not in ANSWERS:
        raise Refused(f"弹窗的回答只能是 {'、'.join(ANSWERS)}")
    if wish in ("ban", "filter"):
        return wish
    book, appid, openid = stage.world.subscriptions, stage.account.appid, stage.tie.openid
    consent = book.of(appid, openid, template.id)
    if wish.startswith("always"):
        consent.always = "reject" if wish == "always_reject" else "accept"
    verdict = consent.always or wish
    book.answer(appid, openid, template.id, verdict == "accept", template.type, stage.world.tuning.accepts_add_up)
    return verdict


async def change_mind(stage: Stage, template_id: str, status: str = "reject") -> Push | None:
    """In the settings page; only a refusal is pushed."""
    book, appid, openid = stage.world.subscriptions, stage.account.appid, stage.tie.openid
    if status == "reject":
        book.withdraw(appid, openid, template_id)
        rows = [{"TemplateId": template_id, "SubscribeStatusString": "reject"}]
        return await stage.event("subscribe_msg_change_event", {stage.world.tuning.change_wrapper: {"List": rows}})
    template = stage.world.consoles.of(appid).templates.get(template_id)
    if template is None:
        raise Refused("没有这个模板")
    consent = book.of(appid, openid, template_id)
    consent.refused, consent.long_term = False, consent.long_term or template.type == LONG_TERM
    return None
