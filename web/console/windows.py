"""窗口: what citizens are told of each, its services and promised limits, its posts, 党员示范窗口 (亮标准, B9, B14)."""

from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain import window_facts
from domain.actor import About
from domain.permissions import Can, may
from domain.window_facts import Facts
from services import posts, seat_list, windows
from web import here
from web.codes import read_id
from web.console import fields
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("windows", "窗口", rank=40)


@room.page("/", needs=Can.SEE_POSTS, entry="窗口")
def listed() -> Response:
    """All windows in the order of their numbers."""
    with here.house().database.reading() as db:
        found = windows.listed(db)
    return draw("windows.html", windows=found, may_open=may(me(), Can.KEEP_WINDOWS))


@room.page("/new", needs=Can.KEEP_WINDOWS)
def new() -> Response:
    """An empty form."""
    with here.house().database.reading() as db:
        branches = windows.branches(db)
    return draw("window_new.html", branches=branches, branch=read_id(request.args.get("branch", "")))


@room.deed("/open", needs=Can.KEEP_WINDOWS, page=new)
def open_new() -> AnyResponse:
    """A new window."""
    house = here.house()
    with house.database.transaction() as db:
        window_id = windows.open_new(db, me(), _facts(), fields.number("branch"), house.now())
    return done("窗口已设立。接着给它设岗位。", f"/console/windows/{window_id}")


@room.page("/<int:window_id>", needs=Can.SEE_POSTS)
def page(window_id: int) -> Response:
    """One window. Raises `NoSuchWindow`."""
    house = here.house()
    with house.database.reading() as db:
        found = windows.kept(db, window_id)
        its_posts = posts.listed(db, me(), house.now(), window_id)
        branches, sections = windows.branches(db), windows.sections(db)
    about = About(branch_id=found.branch_id, window_id=window_id)
    rights = {"may_keep": may(me(), Can.KEEP_WINDOWS, about), "may_name": may(me(), Can.NAME_MODEL, about)}
    told: dict[str, Any] = {"services": window_facts.typed(found.facts.services), "posts": its_posts, "branches": branches, "sections": sections}
    return draw("window.html", window=found, facts=found.facts, **told, **rights)


@room.deed("/<int:window_id>/keep", needs=Can.KEEP_WINDOWS, page=page)
def keep(window_id: int) -> AnyResponse:
    """What the pages and plates say of it from now on."""
    house = here.house()
    with house.database.transaction() as db:
        windows.keep(db, me(), window_id, _facts(), fields.number("version") or 0, house.now())
    return done("已保存，公开页面现在就是新的内容。已印的牌和海报，请按需重新打印。", f"/console/windows/{window_id}")


@room.deed("/<int:window_id>/move", needs=Can.KEEP_WINDOWS, page=page)
def move(window_id: int) -> AnyResponse:
    """Under another branch or section; a head where there is none."""
    house, head = here.house(), fields.words("head", 40)
    with house.database.transaction() as db:
        head_id = seat_list.person_said(db, head, house.now()) if head else None
        place = (fields.number("branch"), fields.number("section"), head_id)
        windows.place_under(db, me(), window_id, *place, fields.number("version") or 0, house.now())
    return done("已保存。", f"/console/windows/{window_id}")


@room.deed("/<int:window_id>/close", needs=Can.KEEP_WINDOWS, page=page)
def close(window_id: int) -> AnyResponse:
    """撤销."""
    house = here.house()
    with house.database.transaction() as db:
        windows.close(db, me(), window_id, fields.words("close_why", 200), house.now())
    return done("窗口已撤销，不再受理评价；以往的评价、承诺和记录都保留。", "/console/windows/")


@room.deed("/<int:window_id>/posts", needs=Can.KEEP_WINDOWS, page=page)
def open_post(window_id: int) -> AnyResponse:
    """A new post at this window."""
    house = here.house()
    with house.database.transaction() as db:
        post_id = posts.open_at(db, me(), window_id, fields.words("title", 60), house.now())
    return done("岗位已设立。接着安排谁值守，再打印座牌。", f"/console/posts/{post_id}")


@room.deed("/<int:window_id>/name", needs=Can.NAME_MODEL, page=page)
def name(window_id: int) -> AnyResponse:
    """党员示范窗口, or no longer."""
    house, wanted = here.house(), fields.words("wanted") == "yes"
    with house.database.transaction() as db:
        windows.name_model(db, me(), window_id, wanted, fields.words("why", 200), house.now())
    return done("已命名为党员示范窗口。" if wanted else "已撤销党员示范窗口。", f"/console/windows/{window_id}")


def _facts() -> Facts:
    return Facts(
        name=fields.words("name", 80),
        number=window_facts.read_number(fields.words("number", 20)),
        aliases=window_facts.read_aliases(fields.words("aliases")),
        place=fields.words("place", 120),
        hours=fields.words("hours", 120),
        phone=fields.words("phone", 60),
        services=window_facts.read_services(fields.words("services", 12_000)),
    )
