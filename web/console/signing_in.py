"""登录、退出: by a scan of WeChat confirmed in chat; by password and TOTP; in the demo by a list of people (R30)."""

from flask import Response, flash, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from domain.errors import Refusal, Unknown
from domain.permissions import Can
from domain.sign_in_refusals import NotConfirmed
from services import desk_sessions, passwords, signing_in
from services.signing_in import Stage
from web import here
from web.console import entrance, kept
from web.console.drawing import draw
from web.console.room import Room
from web.console.signed_in import me, signed_in, take_back, token
from web.deeds import needs
from web.guard import own_pages_only
from web.visitors import network

room = Room("signing_in", "登录", rank=99, at="/console")


@room.get("/sign-in")
@needs(Can.SIGN_IN)
def shown() -> Response:
    """The page with the code."""
    return entrance.page(onward=kept.onward())


@room.post("/sign-in/wait")
@needs(Can.SIGN_IN)
def wait() -> AnyResponse:
    """Has the phone confirmed? Asked by htmx every two seconds, or by hand."""
    own_pages_only(said_aloud=True)
    house, browser = here.house(), request.cookies.get(entrance.COOKIE, "")
    with house.database.transaction() as db:
        person_id = signing_in.collect(db, browser, house.now())
        stage = signing_in.stage(db, browser, house.now())
    if person_id is not None:
        return entrance.let_in(_onward(), person_id)
    if "HX-Request" not in request.headers:
        return entrance.page(
            NotConfirmed.sentence, 409, onward=kept.onward(), fields=kept.carried(), stage=Stage.SCANNED if stage is Stage.SCANNED else Stage.SHOWN
        )
    if stage is Stage.SHOWN:
        return Response(status=204)
    return draw("_scan.html", stage=stage, onward=kept.onward(), fields=kept.hidden(kept.carried()), shown=None)


@room.post("/sign-in")
@needs(Can.SIGN_IN)
def by_password() -> AnyResponse:
    """Account, password and the number of the authenticator."""
    own_pages_only(said_aloud=True)
    house, now = here.house(), here.house().now()
    login = request.form.get("login", "").strip()[:40]
    with house.database.reading() as db:
        account = passwords.account(db, login, house.sealer)
    step = passwords.step_of(account, request.form.get("password", "")[:200], "".join(request.form.get("totp", "").split())[:6], now)
    marks = [house.pseudonyms.contact("login", login), house.pseudonyms.contact("login-network", network())]
    with house.database.transaction() as db:
        outcome = passwords.settle(db, login, marks, step, now)
    if isinstance(outcome, Refusal):
        return entrance.page(outcome.text, 429 if getattr(outcome, "seconds", 0) else 422, onward=kept.onward(), fields=kept.carried())
    return entrance.let_in(_onward(), outcome)


@room.post("/sign-in/demo")
@needs(Can.SIGN_IN)
def in_the_demo() -> AnyResponse:
    """Straight in as one of the demo's people; outside the demo there is no such page."""
    own_pages_only(said_aloud=True)
    if not here.house().settings.demo:
        raise Unknown()
    with here.house().database.reading() as db:
        known = {str(person_id): person_id for person_id, _, _ in desk_sessions.examples(db)}
    if request.form.get("person") not in known:
        raise Unknown()
    return entrance.let_in(_onward(), known[request.form["person"]])


@room.post("/sign-out")
@needs(Can.SIGN_IN)
def out() -> AnyResponse:
    """退出: this browser's session ends in the house, not only in the cookie."""
    own_pages_only(said_aloud=True)
    with here.house().database.transaction() as db:
        desk_sessions.close(db, token())
    flash("您已退出工作台。")
    return take_back(make_response(redirect("/console/sign-in", 303)))


@room.page("/seat", needs=Can.SEE_DESK)
def seat() -> AnyResponse:
    """Where the form of `act_as` leads back to."""
    return redirect("/console/", 303)


@room.deed("/seat/choose", needs=Can.SEE_DESK, page=seat)
def act_as() -> AnyResponse:
    """以哪个职务办理: what the record of steps will name."""
    with here.house().database.transaction() as db:
        desk_sessions.act_as(db, signed_in().digest, me(), request.form.get("seat", ""))
    flash("已切换职务，之后的办理记录会写明这个职务。")
    return redirect("/console/", 303)


def _onward() -> Response:
    """To the page that was asked for, or to the form that was being filled in."""
    fields, target = kept.carried(), kept.onward()
    by_htmx = "HX-Request" in request.headers
    if fields:
        return draw("_restore.html" if by_htmx else "restore.html", target=target, fields=fields)
    response = Response(status=204) if by_htmx else make_response(redirect(target, 303))
    if by_htmx:
        response.headers["HX-Redirect"] = target
    return response
