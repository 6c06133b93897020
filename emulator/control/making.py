"""Control: people, plates, templates, sensitive words and media that the platform's users would bring along."""

from typing import Any

from emulator.accounts import Refused
from emulator.control.desk import Wish, control
from emulator.ledgers.subscriptions import LONG_TERM, ONE_TIME
from emulator.people import Person
from emulator.templates import KEY, Template
from emulator.world import World

MOST_PEOPLE = 100_000
MOST_SHOWN = 3
MOST_CONSENTS = 10_000


@control("POST", "/people", "加用户 {name?, subscribed?, with_union?, consents?, count?} 或 {people: [{…}, …]}；consents 为 {账号: {模板: 次数}}")
async def add_people(wish: Wish) -> Any:
    several = wish.body.get("people")
    wanted = [wish.body] * int(wish.body.get("count", 1)) if several is None else several
    if not (isinstance(wanted, list) and 1 <= len(wanted) <= MOST_PEOPLE and all(isinstance(one, dict) for one in wanted)):
        raise Refused("人数应在 1 到 100000 之间")
    made = [_add_person(wish.world, one) for one in wanted]
    wish.world.stir()
    return {"people": [person.public() for person in made]}


def _add_person(world: World, wanted: dict[str, Any]) -> Person:
    name, consents = wanted.get("name", ""), wanted.get("consents", {})
    if not isinstance(name, str) or not isinstance(consents, dict):
        raise Refused("name 应为文字，consents 应为 {账号: {模板: 次数}}")
    person = world.people.add(name, world.now, bool(wanted.get("subscribed")), bool(wanted.get("with_union", True)))
    for said, templates in consents.items():
        account = world.accounts.need(str(said))
        for template_id, times in templates.items():
            template = world.consoles.of(account.appid).templates.get(template_id)
            if template is None or not 0 <= int(times) <= MOST_CONSENTS:
                raise Refused(f"没有模板“{template_id}”，或次数不在 0 到 {MOST_CONSENTS} 之间")
            for _ in range(int(times)):
                world.subscriptions.answer(account.appid, person.ties[account.appid].openid, template_id, True, template.type, True)
    return person


@control("GET", "/plates", "登记过的牌；shown 是账号最近生成、还有效的临时码")
async def plates(wish: Wish) -> Any:
    now = wish.world.now
    living = [scene for scene in wish.world.consoles.scenes.values() if scene.ends > now][-MOST_SHOWN:]
    shown = {f"电脑上刚显示的码{at}（剩{int(scene.ends - now)}秒）": scene.url for at, scene in enumerate(reversed(living), 1)}
    return {"plates": wish.world.consoles.plates, "shown": shown}


@control("POST", "/plates", "登记印好的牌 {plates: {名称: 码里的内容}} 或 {name, text}")
async def add_plates(wish: Wish) -> Any:
    given = wish.body.get("plates") or {wish.text("name"): wish.text("text")}
    if not all(isinstance(name, str) and name and isinstance(text, str) and text for name, text in given.items()):
        raise Refused("牌要有名称和内容")
    wish.world.consoles.plates.update(given)
    wish.world.stir()
    return {"plates": wish.world.consoles.plates}


@control("DELETE", "/plates", "清空登记的牌")
async def remove_plates(wish: Wish) -> Any:
    wish.world.consoles.plates.clear()
    return {"plates": {}}


@control("GET", "/templates", "账号已选用的模板 ?account=")
async def templates(wish: Wish) -> Any:
    mine = wish.world.consoles.of(wish.account().appid).templates.values()
    return {"templates": [{"id": t.id, "title": t.title, "content": t.content, "type": t.type, "keys": t.keys} for t in mine]}


@control("POST", "/templates", "放一个模板 {account?, id, title, content:“事项:{{thing1.DATA}}”, type: 2 一次性 | 3 长期}")
async def add_template(wish: Wish) -> Any:
    content, kind = wish.text("content"), wish.body.get("type", ONE_TIME)
    if not wish.text("id") or not KEY.search(content) or kind not in (ONE_TIME, LONG_TERM):
        raise Refused("模板要有 id、content（含 {{thing1.DATA}} 这样的键）和 type 2 或 3")
    template = Template(wish.text("id"), wish.text("title") or "通知", content, kind)
    wish.world.consoles.of(wish.account().appid).templates[template.id] = template
    return {"id": template.id, "keys": template.keys}


@control("POST", "/words", "内容安全词表 {words: {词: 标签}}")
async def words(wish: Wish) -> Any:
    given = wish.body["words"]
    if not all(isinstance(word, str) and word and isinstance(label, int) for word, label in given.items()):
        raise Refused("词表应为 {词: 标签数字}")
    wish.world.consoles.sensitive = dict(given)
    return {"words": wish.world.consoles.sensitive}
