"""公开未兑现情况: proposed by the office, answered by the author, decided by another of the committee, for a time (P12)."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain.cause_releases import MOST_WORDS, Scope, Wish
from domain.errors import NoSuchPledge
from domain.names import FORMS
from domain.numbers import read_pledge
from domain.permissions import Can, could
from services import cause_releases
from web import here
from web.console import fields
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("cause_releases", "公开未兑现", rank=18)
_HERE = "/console/cause_releases/"


@room.page("/", needs=Can.SEE_RELEASES, entry="公开未兑现")
def listed() -> Response:
    """Proposals, the newest first, below the form for a new one; `pledge` is the number that the form begins with."""
    with here.house().database.reading() as db:
        rows = cause_releases.listed(db, me(), here.house().now())
    forms = [(key, words) for key, words in FORMS.items() if key != "post"]
    scopes = [(one.value, one.chinese) for one in Scope]
    may_propose, pledge = could(me(), Can.PROPOSE_RELEASE), request.args.get("pledge", "")
    return draw("cause_releases.html", rows=rows, forms=forms, scopes=scopes, may_propose=may_propose, most=MOST_WORDS, pledge=pledge)


@room.deed("/propose", needs=Can.PROPOSE_RELEASE, page=listed)
def propose() -> AnyResponse:
    house, number = here.house(), read_pledge(request.form.get("pledge", ""))
    if number is None:
        raise NoSuchPledge()
    scope, until = fields.choice("scope", Scope, "公开范围"), fields.day("until", "公开到")
    wish = Wish(fields.words("form"), fields.words("words"), scope, until)
    with house.database.transaction() as db:
        row = cause_releases.propose(db, me(), number, wish, house.now())
    return done("已提名，承诺人会收到通知，可以先说明情况。", f"{_HERE}{row.id}")


@room.page("/<int:release_id>", needs=Can.READ_RELEASE)
def shown(release_id: int) -> Response:
    """One proposal with what the public would read."""
    with here.house().database.reading() as db:
        one = cause_releases.one(db, me(), release_id, here.house().now())
    return draw("cause_release.html", one=one, most=MOST_WORDS)


@room.deed("/<int:release_id>/reply", needs=Can.ANSWER_RELEASE, page=shown)
def reply(release_id: int) -> AnyResponse:
    house = here.house()
    with house.database.transaction() as db:
        cause_releases.reply(db, me(), release_id, fields.words("reply"), house.now())
    return done("您的说明已交局党委。", f"{_HERE}{release_id}")


@room.deed("/<int:release_id>/decide", needs=Can.DECIDE_RELEASE, page=shown)
def decide(release_id: int) -> AnyResponse:
    house, verb = here.house(), fields.words("verb")
    if verb not in ("release", "refuse"):
        raise fields.ChoiceMissing(label="批准还是不批准")
    with house.database.transaction() as db:
        cause_releases.decide(db, me(), release_id, verb, fields.words("why", 300), house.now())
    return done("已批准公开，到期自动收回。" if verb == "release" else "已记为不批准。", f"{_HERE}{release_id}")


@room.deed("/<int:release_id>/take-back", needs=Can.TAKE_BACK_RELEASE, page=shown)
def take_back(release_id: int) -> AnyResponse:
    house = here.house()
    with house.database.transaction() as db:
        cause_releases.take_back(db, me(), release_id, fields.words("why", 300), house.now())
    return done("已收回，不再公开姓名。", f"{_HERE}{release_id}")
