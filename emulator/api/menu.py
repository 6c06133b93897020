"""Custom menus, default and conditional (自定义菜单, wechat-platform.md §7)."""

from typing import Any

from emulator.accounts import SERVICE
from emulator.api.desk import OK, SIMPLIFIED, Answer, Ask, get, post
from emulator.errors import Refusal
from emulator.ledgers.quota import Limit

MOST_TOP, MOST_SUB = 3, 5
TOP_NAME_BYTES, SUB_NAME_BYTES = 16, 60
KEY_BYTES, URL_BYTES = 128, 1024
KEYED = ("click", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select")
ONLY = (SERVICE,)


def _check_menu(ask: Ask, menu: dict[str, Any]) -> None:
    buttons = menu.get("button")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= MOST_TOP:
        raise Refusal(40016)
    for button in buttons:
        _check_name(button, TOP_NAME_BYTES)
        subs = button.get("sub_button") or []
        if not isinstance(subs, list) or len(subs) > MOST_SUB:
            raise Refusal(40023)
        for sub in subs:
            _check_name(sub, SUB_NAME_BYTES)
            _check_button(ask, sub)
        if not subs:
            _check_button(ask, button)


def _check_name(button: Any, most: int) -> None:
    if not isinstance(button, dict):
        raise Refusal(47001)
    name = button.get("name")
    if not isinstance(name, str) or not 0 < len(name.encode()) <= most:
        raise Refusal(40018)


def _check_button(ask: Ask, button: dict[str, Any]) -> None:
    kind = button.get("type")
    if kind in KEYED:
        if not 0 < len(str(button.get("key", "")).encode()) <= KEY_BYTES:
            raise Refusal(40019)
    elif kind in ("view", "miniprogram"):
        if not 0 < len(str(button.get("url", "")).encode()) <= URL_BYTES:
            raise Refusal(40020)
        if kind == "miniprogram":
            _check_mini(ask, button)
    elif kind in ("media_id", "view_limited", "article_id", "article_view_limited"):
        if not (button.get("media_id") or button.get("article_id")):
            raise Refusal(40007)
    else:
        raise Refusal(40017)


def _check_mini(ask: Ask, button: dict[str, Any]) -> None:
    mini = ask.world.accounts.find(str(button.get("appid", "")))
    allowed = ask.account.linked_minis
    if not mini or mini.is_service or (allowed and mini.appid not in allowed):
        raise Refusal(85005)
    if not button.get("pagepath"):
        raise Refusal(40035)


def _filled(menu: dict[str, Any]) -> list[dict[str, Any]]:
    """As menu/get prints it: every button with a sub_button list."""
    return [button | {"sub_button": [sub | {"sub_button": []} for sub in button.get("sub_button") or []]} for button in menu["button"]]


@post("/cgi-bin/menu/create", "创建菜单", kinds=ONLY, limit=Limit(daily=1000))
def create(ask: Ask) -> Answer:
    _check_menu(ask, ask.body)
    ask.world.consoles.of(ask.account.appid).menu = {"button": ask.body["button"]}
    return OK


@get("/cgi-bin/menu/get", "查询菜单", kinds=ONLY, limit=Limit(daily=10_000))
def read(ask: Ask) -> Answer:
    console = ask.world.consoles.of(ask.account.appid)
    if console.menu is None:
        raise Refusal(46003)
    answer: dict[str, Any] = {"menu": {"button": _filled(console.menu), "menuid": 400000000}}
    if console.conditional:
        answer["conditionalmenu"] = [
            {"button": _filled(menu), "matchrule": menu["matchrule"], "menuid": int(key)} for key, menu in console.conditional.items()
        ]
    return answer


@get("/cgi-bin/menu/delete", "删除菜单", kinds=ONLY, limit=Limit(daily=1000))
def delete(ask: Ask) -> Answer:
    console = ask.world.consoles.of(ask.account.appid)
    console.menu = None
    console.conditional.clear()
    return OK


@get("/cgi-bin/get_current_selfmenu_info", "查询自定义菜单信息", kinds=ONLY, status=SIMPLIFIED, note="只含接口创建的菜单")
def current(ask: Ask) -> Answer:
    menu = ask.world.consoles.of(ask.account.appid).menu
    if menu is None:
        return {"is_menu_open": 0, "selfmenu_info": {"button": []}}
    buttons = [button | ({"sub_button": {"list": button["sub_button"]}} if button.get("sub_button") else {}) for button in menu["button"]]
    return {"is_menu_open": 1, "selfmenu_info": {"button": buttons}}


@post("/cgi-bin/menu/addconditional", "创建个性化菜单", kinds=ONLY, limit=Limit(daily=2000))
def add_conditional(ask: Ask) -> Answer:
    console = ask.world.consoles.of(ask.account.appid)
    if console.menu is None:
        raise Refusal(65301)
    _check_menu(ask, ask.body)
    rule = ask.mapping("matchrule", 40035)
    if not any(rule.values()):
        raise Refusal(40035)
    menuid = str(400000001 + len(console.conditional) + ask.world.record.counts["call.all"])
    console.conditional[menuid] = {"button": ask.body["button"], "matchrule": rule}
    return {"menuid": menuid}


@post("/cgi-bin/menu/delconditional", "删除个性化菜单", kinds=ONLY)
def delete_conditional(ask: Ask) -> Answer:
    if ask.world.consoles.of(ask.account.appid).conditional.pop(str(ask.body.get("menuid", "")), None) is None:
        raise Refusal(65302)
    return OK


@post("/cgi-bin/menu/trymatch", "测试个性化菜单", kinds=ONLY, status=SIMPLIFIED, note="只按标签匹配")
def try_match(ask: Ask) -> Answer:
    console = ask.world.consoles.of(ask.account.appid)
    if console.menu is None:
        raise Refusal(46003)
    person = ask.person(ask.body.get("user_id"))
    tags = {str(tag) for tag in person.ties[ask.account.appid].tags}
    fitting = (menu for menu in console.conditional.values() if str(menu["matchrule"].get("tag_id")) in tags)
    return {"button": _filled(next(fitting, console.menu))}
