"""岗位与座牌: who stands where; issue, reprint, revoke plates; hand over a post; name and unname 党员先锋岗 (A13, F18, F19)."""

from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain.calendar import local_day
from domain.paper_refusals import NothingTicked
from domain.papers import Layout
from domain.permissions import Can, could
from domain.print_jobs import Wish
from services import badges, duties, posts
from services.duties import Handover
from web import here
from web.codes import read_code, read_id
from web.console import fields
from web.console.drawing import done, draw
from web.console.print_jobs import put_in_line
from web.console.room import Room
from web.console.signed_in import me

room = Room("posts", "岗位与座牌", rank=41)
LAYOUTS = [(layout.value, layout.chinese) for layout in Layout]


@room.page("/", needs=Can.SEE_POSTS, entry="岗位与座牌")
def listed() -> Response:
    """All posts of mine, window by window; tick some and print, or print all."""
    house, window_id = here.house(), read_id(request.args.get("window", ""))
    with house.database.reading() as db:
        found = posts.listed(db, me(), house.now(), window_id or None, read_id(request.args.get("after", "")), posts.PER_PAGE + 1)
    more = found[posts.PER_PAGE - 1].id if len(found) > posts.PER_PAGE else None
    places = here.register().open_places
    told: dict[str, Any] = {"places": places, "chosen": window_id, "layouts": LAYOUTS, "may_issue": could(me(), Can.ISSUE_PLATE)}
    return draw("posts.html", posts=found[: posts.PER_PAGE], more=more, **told)


@room.deed("/print", needs=Can.ISSUE_PLATE, page=listed)
def print_some() -> AnyResponse:
    """The ticked ones on one file, or all that the filter leaves. Raises `NothingTicked`."""
    wanted, window_id = fields.numbers("post"), fields.number("window")
    if "everything" in request.form:
        wanted = _of_window(window_id) if window_id else ()
    elif not wanted:
        raise NothingTicked()
    return put_in_line(Wish(fields.choice("layout", Layout, "版式"), wanted, "reprint" in request.form, fields.words("why", 200)))


def _of_window(window_id: int) -> tuple[int, ...]:
    """Raises `NothingTicked` when there is none to print."""
    house = here.house()
    with house.database.reading() as db:
        found = posts.of_window(db, me(), window_id, house.now())
    if not found:
        raise NothingTicked()
    return found


@room.page("/<int:post_id>", needs=Can.SEE_POSTS)
def page(post_id: int) -> Response:
    """One post with its people and plates. Raises `NoSuchPost`."""
    house = here.house()
    today = local_day(house.now())
    with house.database.reading() as db:
        found = posts.page(db, me(), post_id, house.now())
        people = duties.successors(db, found.listed.branch_id, today) if found.may_hand_over else ()
    outgoing = [(one.person_id, one.name) for one in found.listed.holders]
    return draw("post.html", post=found.listed, page=found, people=people, outgoing=outgoing, today=today, layouts=LAYOUTS)


@room.deed("/<int:post_id>/print", needs=Can.ISSUE_PLATE, page=page)
def print_one(post_id: int) -> AnyResponse:
    """Its plate; with `reprint` a new serial, and the old one counts no more."""
    return put_in_line(Wish(fields.choice("layout", Layout, "版式"), (post_id,), "reprint" in request.form, fields.words("why", 200)))


@room.deed("/<int:post_id>/revoke", needs=Can.ISSUE_PLATE, page=page)
def revoke(post_id: int) -> AnyResponse:
    """停用: from the next scan on the page says so."""
    house = here.house()
    with house.database.transaction() as db:
        plate = badges.revoke_of(db, me(), post_id, read_code(fields.words("code")), fields.words("why", 200), house.now())
    return done(f"{plate.code} 已停用，现在起扫码会提示换用新牌。请收回旧牌销毁。", f"/console/posts/{post_id}")


@room.deed("/<int:post_id>/hand-over", needs=Can.KEEP_DUTY, page=page)
def hand_over(post_id: int) -> AnyResponse:
    """交接: the code stays; what is printed on the plate may name who left."""
    house = here.house()
    begins = fields.day("from_day", "开始日期")
    change = Handover(fields.number("out"), fields.number("into"), begins, fields.day_or_none("to_day", "结束日期"), fields.words("why", 200))
    with house.database.transaction() as db:
        duties.hand_over(db, me(), post_id, change, house.now())
    return done("交接已登记，二维码不变，扫码页面到时显示新的值守人员。牌面印有姓名的，请再打印一次。", f"/console/posts/{post_id}")


@room.deed("/<int:post_id>/name", needs=Can.NAME_MODEL, page=page)
def name(post_id: int) -> AnyResponse:
    """党员先锋岗, or no longer."""
    house, wanted = here.house(), fields.words("wanted") == "yes"
    with house.database.transaction() as db:
        posts.name_pioneer(db, me(), post_id, wanted, fields.words("why", 200), house.now())
    return done("已命名为党员先锋岗。" if wanted else "已撤销党员先锋岗。", f"/console/posts/{post_id}")
