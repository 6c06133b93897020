"""审核承诺: all that waits for a reviewer on one page, many decided at once; made for the phone (A8)."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain.errors import Invalid
from domain.permissions import Can
from services import pledge_reviews
from services.pledge_reviews import Decision, Outcome, Turn
from web import here
from web.codes import read_id
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("reviews", "审核承诺", rank=12)

_YES = {Turn.REVIEW: "审核通过", Turn.AMENDMENT: "通过变更并公示", Turn.CONFIRM: "核实无误", Turn.PUBLISH: "公示"}
_NO = {Turn.REVIEW: "退回修改", Turn.AMENDMENT: "退回变更", Turn.CONFIRM: "核实不符", Turn.PUBLISH: ""}


class NothingChosen(Invalid):
    code = "nothing_chosen"
    sentence = "还没有选承诺。请先勾选，再点下面的按钮。"
    field = "chosen"


class NoneDone(Invalid):
    code = "none_done"
    sentence = "没有办成：{why}"
    field = "chosen"


@room.page("/", needs=Can.HANDLE_REVIEWS, entry="审核承诺")
def listed() -> Response:
    """One kind of turn at a time, the first that waits unless said."""
    with here.house().database.reading() as db:
        items = pledge_reviews.waiting(db, me(), here.house().now())
    counts = {turn: sum(item.turn is turn for item in items) for turn in Turn}
    turn = _turn(request.values.get("turn", "")) or next((one for one in Turn if counts[one]), Turn.REVIEW)
    shown = [item for item in items if item.turn is turn]
    return draw("reviews.html", items=shown, turn=turn, counts=counts, yes=_YES[turn], no=_NO[turn], all="all" in request.args)


@room.deed("/decide", needs=Can.HANDLE_REVIEWS, page=listed)
def decide() -> AnyResponse:
    """Each stands or falls by itself; what could not be done is told beside what was."""
    chosen = [one for one in map(_decision, request.form.getlist("chosen")) if one]
    if not chosen:
        raise NothingChosen()
    with here.house().database.transaction() as db:
        yes = request.form.get("verdict") == "yes"
        outcomes = pledge_reviews.decide_many(db, me(), chosen, yes, request.form.get("why", ""), here.house().now())
    failed = [one for one in outcomes if one.refusal]
    if len(failed) == len(outcomes):
        raise NoneDone(why=_reasons(failed))
    words = f"已办{len(outcomes) - len(failed)}条。" + (f"另有{len(failed)}条没有办成：{_reasons(failed)}" if failed else "")
    return done(words, f"/console/reviews/?turn={chosen[0].turn.value}")


def _decision(said: str) -> Decision | None:
    """“turn:code:version” out of a tick box."""
    turn, _, rest = said.partition(":")
    code, _, version = rest.partition(":")
    known = _turn(turn)
    return Decision(code, read_id(version), known) if known and code else None


def _turn(said: str) -> Turn | None:
    return Turn(said) if said in set(Turn) else None


def _reasons(failed: list[Outcome]) -> str:
    return "".join(dict.fromkeys(one.refusal.text for one in failed if one.refusal))
