"""Followers and tags (用户管理、标签管理, wechat-platform.md §14)."""

from typing import Any

from emulator.accounts import SERVICE
from emulator.api.desk import OK, UNCONFIRMED, Answer, Ask, either, get, post
from emulator.errors import Refusal
from emulator.ledgers.quota import Limit
from emulator.people import Person, Tie

PAGE = 10_000
MOST_BATCH, MOST_TAGGED, MOST_TAGS = 100, 50, 100
SYSTEM_TAGS = (0, 1, 2)
TAG_BYTES = 30
ONLY = (SERVICE,)


def _info(ask: Ask, person: Person, lang: str) -> dict[str, Any]:
    tie = person.ties[ask.account.appid]
    union = {"unionid": person.unionid} if person.unionid and ask.account.unionid else {}
    if not tie.subscribed:
        return {"subscribe": 0, "openid": tie.openid} | union
    return (
        {
            "subscribe": 1,
            "openid": tie.openid,
            "nickname": "",
            "sex": 0,
            "language": lang,
            "city": "",
            "province": "",
            "country": "",
            "headimgurl": "",
            "subscribe_time": tie.since,
        }
        | union
        | {
            "remark": tie.remark,
            "groupid": tie.tags[0] if tie.tags else 0,
            "tagid_list": tie.tags,
            "subscribe_scene": tie.scene,
            "qr_scene": tie.qr_scene,
            "qr_scene_str": tie.qr_scene_str,
        }
    )


@get("/cgi-bin/user/info", "获取用户基本信息", kinds=ONLY, limit=Limit(daily=5_000_000))
def info(ask: Ask) -> Answer:
    return _info(ask, ask.person(ask.query.get("openid", "")), ask.query.get("lang", "zh_CN"))


@post("/cgi-bin/user/info/batchget", "批量获取用户基本信息", kinds=ONLY, status=UNCONFIRMED, note="每次最多 100 人，未确认")
def batch(ask: Ask) -> Answer:
    rows = ask.body.get("user_list")
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_BATCH or not all(isinstance(row, dict) for row in rows):
        raise Refusal(40130)
    return {"user_info_list": [_info(ask, ask.person(row.get("openid", "")), str(row.get("lang", "zh_CN"))) for row in rows]}


@either("/cgi-bin/user/get", "获取关注者列表", kinds=ONLY, limit=Limit(daily=500), status=UNCONFIRMED, note="每页 10000 人，未确认")
def listing(ask: Ask) -> Answer:
    return _page(ask.world.people.followers(ask.account), ask.query.get("next_openid", ""))


def _page(ties: list[Tie], after: str) -> Answer:
    openids = [tie.openid for tie in ties]
    if after and after not in openids:
        raise Refusal(40003)
    start = openids.index(after) + 1 if after else 0
    page = openids[start : start + PAGE]
    return {"total": len(openids), "count": len(page)} | ({"data": {"openid": page}} if page else {}) | {"next_openid": page[-1] if page else ""}


@post("/cgi-bin/user/info/updateremark", "设置用户备注名", kinds=ONLY)
def remark(ask: Ask) -> Answer:
    text = ask.body.get("remark", "")
    if not isinstance(text, str) or len(text) >= 30:
        raise Refusal(40035)
    ask.person(ask.body.get("openid")).ties[ask.account.appid].remark = text
    return OK


def _tags(ask: Ask) -> dict[int, str]:
    return ask.world.consoles.of(ask.account.appid).tags


def _tag(ask: Ask) -> dict[str, Any]:
    return ask.mapping("tag", 40035)


def _name(ask: Ask) -> str:
    name = _tag(ask).get("name")
    if not isinstance(name, str) or not name or name in _tags(ask).values():
        raise Refusal(45157)
    if len(name.encode()) > TAG_BYTES:
        raise Refusal(45158)
    return name


def _own_tag(ask: Ask, tag_id: Any) -> int:
    if tag_id in SYSTEM_TAGS:
        raise Refusal(45058)
    if not isinstance(tag_id, int) or tag_id not in _tags(ask):
        raise Refusal(45159)
    return tag_id


def _count(ask: Ask, tag_id: int) -> int:
    return sum(tag_id in tie.tags for tie in ask.world.people.followers(ask.account))


@post("/cgi-bin/tags/create", "创建标签", kinds=ONLY)
def create(ask: Ask) -> Answer:
    name, tags = _name(ask), _tags(ask)
    if len(tags) > MOST_TAGS:
        raise Refusal(45056)
    number = max(100, *(tag + 1 for tag in tags))
    tags[number] = name
    return {"tag": {"id": number, "name": name}}


@get("/cgi-bin/tags/get", "获取标签", kinds=ONLY)
def read(ask: Ask) -> Answer:
    return {"tags": [{"id": number, "name": name, "count": _count(ask, number)} for number, name in _tags(ask).items()]}


@post("/cgi-bin/tags/update", "编辑标签", kinds=ONLY)
def update(ask: Ask) -> Answer:
    number = _own_tag(ask, _tag(ask).get("id"))
    _tags(ask)[number] = _name(ask)
    return OK


@post("/cgi-bin/tags/delete", "删除标签", kinds=ONLY)
def delete(ask: Ask) -> Answer:
    number = _own_tag(ask, _tag(ask).get("id"))
    del _tags(ask)[number]
    for tie in ask.world.people.followers(ask.account):
        tie.tags = [tag for tag in tie.tags if tag != number]
    return OK


def _many(ask: Ask) -> tuple[int, list[Tie]]:
    number, openids = ask.body.get("tagid"), ask.body.get("openid_list")
    if not isinstance(number, int) or number not in _tags(ask):
        raise Refusal(45159)
    if not isinstance(openids, list) or not 1 <= len(openids) <= MOST_TAGGED:
        raise Refusal(40032)
    ties = [ask.person(openid if isinstance(openid, str) else "").ties[ask.account.appid] for openid in openids]
    if not all(tie.subscribed for tie in ties):
        raise Refusal(49003)
    return number, ties


@post("/cgi-bin/tags/members/batchtagging", "批量为用户打标签", kinds=ONLY, status=UNCONFIRMED, note="每次最多 50 人，未确认")
def give(ask: Ask) -> Answer:
    number, ties = _many(ask)
    for tie in ties:
        tie.tags = [*tie.tags, number] if number not in tie.tags else tie.tags
    return OK


@post("/cgi-bin/tags/members/batchuntagging", "批量取消标签", kinds=ONLY)
def take(ask: Ask) -> Answer:
    number, ties = _many(ask)
    for tie in ties:
        tie.tags = [tag for tag in tie.tags if tag != number]
    return OK


@either("/cgi-bin/user/tag/get", "标签下的粉丝", kinds=ONLY, needs_body=True)
def members(ask: Ask) -> Answer:
    ties = [tie for tie in ask.world.people.followers(ask.account) if ask.body.get("tagid") in tie.tags]
    return _page(ties, str(ask.body.get("next_openid") or ""))


@post("/cgi-bin/tags/getidlist", "用户身上的标签", kinds=ONLY)
def tags_of(ask: Ask) -> Answer:
    return {"tagid_list": ask.person(ask.body.get("openid")).ties[ask.account.appid].tags}
