"""评价 3号窗口 满意: one message, one rating. The hottest command: all that came together are rated together."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot import texts
from bot.commands.guided import ask_level, ask_which, ask_window, in_step
from bot.replies import Reply
from bot.router import Answer, Call, Router
from domain.errors import NoSuchWindow, Refusal
from domain.permissions import Can
from domain.rating_words import SaidRating, another_window, read_rating
from domain.ratings import RatingDeed
from services import ratings
from services.register import Place

router = Router()


def _said(call: Call) -> SaidRating | None:
    """A rating with a window; while a conversation waits for a level, a bare “满意” is its answer, not a new one."""
    if not call.text:
        return None
    said = read_rating(call.message.content.strip())
    if said is not None and not said.window and in_step(call, "level"):
        return None
    return said


@router.on(_said, needs=Can.RATE_WINDOW, help="评价 3号窗口 满意", together=True)
def rate(db: Session, calls: Sequence[Call]) -> Sequence[Answer]:
    """Those whose window is certain are rated at once; the others are asked."""
    answers: list[Answer] = [Reply()] * len(calls)
    deeds: list[tuple[int, RatingDeed]] = []
    for at, call in enumerate(calls):
        said: SaidRating = call.found
        finding = call.register.index.find(said.window) if said.window else None
        both = _both(call, said)
        if both is not None:
            answers[at] = ask_which(db, call, said.window, both[0], both[1], texts.ASK_ONE)
        elif finding is not None and finding.exact is not None:
            deeds.append((at, RatingDeed(call.actor, finding.exact.id, said.mark, said.note)))
        else:
            near = [call.register.places[one.id] for one in finding.near] if finding else []
            answers[at] = _ask(db, call, said, near)
    for (at, _deed), done in zip(deeds, ratings.rate_windows(db, [deed for _, deed in deeds], calls[0].now, calls[0].policy), strict=True):
        answers[at] = done if isinstance(done, Refusal) else Reply(texts.thanks_for(done))
    return answers


def _both(call: Call, said: SaidRating) -> tuple[list[int], SaidRating] | None:
    """The two windows of a message that names two, and what it says of either."""
    another = another_window(said)
    if another is None:
        return None
    first, second = (call.register.index.find(name).exact for name in (said.window, another[0]))
    return ([first.id, second.id], another[1]) if first and second and first.id != second.id else None


def _ask(db: Session, call: Call, said: SaidRating, near: Sequence[Place]) -> Answer:
    """No window or more than one fits: asked back, never guessed."""
    if near:
        return ask_which(db, call, said.window, [place.id for place in near], said)
    return NoSuchWindow(said=said.window[:12]) if said.window else ask_window(db, call, said)


@router.on(lambda call: _only_window(call), needs=Can.RATE_WINDOW)
def rate_which_level(db: Session, call: Call) -> Reply:
    """“3号窗口” alone: the window is known, the level is asked."""
    return ask_level(db, call, call.found)


def _only_window(call: Call) -> int | None:
    if not call.text or call.talk is not None and not call.talk.over or len(call.text) > 20 or call.text.isdigit():
        return None
    exact = call.register.index.find(call.text.removeprefix("评价").strip()).exact
    return exact.id if exact else None
