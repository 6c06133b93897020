"""我要评价: window → level → reasons and words, three messages at most; 0 返回, 取消; a number or a word will do (F45)."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from bot import menu, texts
from bot.replies import Reply
from bot.router import Call, Router, event, words
from domain.errors import NoSuchWindow
from domain.marks import Mark, read_mark
from domain.numerals import halfwidth, read_int
from domain.permissions import Can
from domain.quoting import fill
from domain.rating_words import SaidRating, read_rating
from domain.ratings import Privacy
from domain.tags import read_tags, tags_for
from services import conversations, ratings

router = Router()

TOPIC = "rate"
_MOST_LISTED = 20
_BACK = frozenset({"0", "返回", "上一步"})


def in_step(call: Call, step: str) -> bool:
    """Whether this contact's conversation waits for that step."""
    return call.talk is not None and not call.talk.over and call.talk.said.get("step") == step


def _put(db: Session, call: Call, **said: Any) -> None:
    conversations.put(db, call.actor.contact, TOPIC, said, call.now, call.policy)


def ask_window(db: Session, call: Call, said: SaidRating | None = None) -> Reply:
    """Which window? What was said of the level is kept."""
    kept = {"mark": int(said.mark), "note": said.note} if said else {}
    _put(db, call, step="window", **kept)
    names = [place.listed for place in call.register.open_places]
    more = [texts.MORE_WINDOWS.format(n=len(names))] if len(names) > _MOST_LISTED else []
    return Reply(texts.ASK_WINDOW.format(windows="\n".join([*names[:_MOST_LISTED], *more])))


def ask_which(db: Session, call: Call, said_name: str, ids: Sequence[int], said: SaidRating | None = None, words: str = texts.ASK_WHICH) -> Reply:
    """Several fit, or none quite: asked back with numbers."""
    kept = (
        {"mark": int(said.mark), "note": said.note}
        if said
        else {k: v for k, v in (call.talk.said if call.talk else {}).items() if k in ("mark", "note")}
    )
    _put(db, call, step="which", ids=list(ids), **kept)
    return Reply(fill(words, {"said": said_name[:12], "choices": texts.numbered([call.register.place(one).spoken for one in ids])}))


def begin(db: Session, call: Call, window_id: int, post_id: int | None = None, note: str = "") -> None:
    """The window is known (a plate was scanned): the next word is the level."""
    _put(db, call, step="level", window=window_id, post=post_id, note=note)


def ask_level(db: Session, call: Call, window_id: int, note: str = "") -> Reply:
    begin(db, call, window_id, note=note)
    return Reply(texts.ASK_LEVEL.format(window=call.register.place(window_id).spoken))


@router.on(words(r"我?(要|想|去)?(评价|评分|打分)(窗口)?|rate"), needs=Can.RATE_WINDOW, help="我要评价")
@router.on(event("click", key=menu.RATE), needs=Can.RATE_WINDOW)
def start(db: Session, call: Call) -> Reply:
    """我要评价, or the menu's button."""
    return ask_window(db, call)


@router.on(words(r"取消|退出|结束|算了|不评了"), needs=Can.BE_ANYONE, help="取消")
def cancel(db: Session, call: Call) -> Reply:
    """Out of the conversation; what was stored stays stored."""
    open_talk = call.talk is not None and not call.talk.over
    conversations.end(db, call.actor.contact)
    return Reply(texts.CANCELLED if open_talk else texts.NOTHING_OPEN)


def _in_conversation(call: Call) -> Callable[[Session, Call], Reply] | None:
    if call.talk is None or call.talk.topic != TOPIC or not call.text or _elsewhere(call.text):
        return None
    if call.talk.over:
        return _over if len(call.text) <= 4 else None
    return _STEPS.get(call.talk.said.get("step", ""))


def _elsewhere(text: str) -> bool:
    """Words that mean the same in any conversation."""
    return bool(re.match(r"帮助|help|进度|待办|我的", text, re.IGNORECASE))


@router.on(_in_conversation, needs=Can.RATE_WINDOW)
def go_on(db: Session, call: Call) -> Reply:
    """The next word of an open conversation."""
    step: Callable[[Session, Call], Reply] = call.found
    return step(db, call)


@router.on(lambda call: call.text.startswith(("评价", "我要评价")) or None, needs=Can.RATE_WINDOW)
def start_from_words(db: Session, call: Call) -> Reply:
    """“评价…” that names no level: what is known is kept, what is missing is asked."""
    finding = call.register.index.find(re.sub(r"^我?要?评价", "", call.text).strip())
    if finding.exact is not None:
        return ask_level(db, call, finding.exact.id)
    return ask_which(db, call, call.text, [one.id for one in finding.near]) if finding.near else ask_window(db, call)


def _over(db: Session, call: Call) -> Reply:
    conversations.end(db, call.actor.contact)
    return Reply(texts.TIMED_OUT.format(minutes=call.policy.conversation_minutes))


def _said(call: Call) -> dict[str, Any]:
    return call.talk.said if call.talk else {}


def _window_step(db: Session, call: Call) -> Reply:
    if call.text in _BACK:
        return cancel(db, call)  # type: ignore[no-any-return]
    finding = call.register.index.find(call.text)
    known = finding.exact.id if finding.exact else _as_offered(call)
    if known is not None:
        return _window_known(db, call, known)
    if finding.near:
        return ask_which(db, call, call.text, [one.id for one in finding.near])
    raise NoSuchWindow(said=call.text[:12])


def _as_offered(call: Call) -> int | None:
    """The window whose line in our own question this is, with its number or without."""
    fit = [place.id for place in call.register.open_places if call.text in (place.listed, place.listed.partition(" ")[2])]
    return fit[0] if len(fit) == 1 else None


def _which_step(db: Session, call: Call) -> Reply:
    ids = _said(call).get("ids", [])
    choice = read_int(call.text)
    if choice is not None and 1 <= choice <= len(ids):
        return _window_known(db, call, ids[choice - 1])
    return ask_window(db, call) if call.text in _BACK else _window_step(db, call)


def _window_known(db: Session, call: Call, window_id: int) -> Reply:
    mark = _said(call).get("mark")
    return _store(db, call, window_id, Mark(mark), _said(call).get("note", "")) if mark else ask_level(db, call, window_id)


def _level_step(db: Session, call: Call) -> Reply:
    if call.text in _BACK:
        return ask_window(db, call)
    mark, note = _level_of(call.message.content.strip())
    if mark is None:
        return Reply(texts.NOT_A_LEVEL)
    return _store(db, call, _said(call)["window"], mark, note or _said(call).get("note", ""), _said(call).get("post"))


_NUMBERED = re.compile(r"([1-5一二三四五])(?:[\s,、.;。]+(.*))?", re.DOTALL)


def _level_of(text: str) -> tuple[Mark | None, str]:
    """(level, words beside it in the citizen's own signs) of “2”, “不满意”, “2 等了两个小时”, “不满意，等了两个小时”."""
    numbered, said = _NUMBERED.fullmatch(halfwidth(text)), read_rating(text)
    if numbered:
        return Mark(read_int(numbered[1]) or 0), text[numbered.start(2) :].strip() if numbered[2] else ""
    if said is not None and not said.window:
        return said.mark, said.note
    return read_mark(halfwidth(text)), ""


def _store(db: Session, call: Call, window_id: int, mark: Mark, note: str, post_id: int | None = None) -> Reply:
    """Rated at once, so that nothing is lost if no more comes; then reasons and words may follow."""
    rated = ratings.rate_window(db, call.actor, window_id, mark, note, call.now, call.policy, post_id=post_id)
    _put(db, call, step="more", window=window_id, rating=str(rated.rating_id), mark=int(mark), note=note)
    return Reply(texts.ASK_MORE.format(thanks=texts.thanks_for(rated), tags=texts.numbered(tags_for(mark))))


def _more_step(db: Session, call: Call) -> Reply:
    said = _said(call)
    mark = Mark(said["mark"])
    if call.text in _BACK:
        return ask_level(db, call, said["window"], said.get("note", ""))
    chosen, more = read_tags(call.message.content.strip(), mark)
    if more.isdecimal():
        return Reply(texts.NOT_A_REASON.format(most=len(tags_for(mark))))
    note = "，".join(part for part in (said.get("note", ""), more) if part)
    ratings.change(db, call.actor, int(said["rating"]), mark, note, chosen, Privacy.ANONYMOUS, call.now, call.policy)
    conversations.end(db, call.actor.contact)
    return Reply(texts.ADDED)


_STEPS: dict[str, Callable[[Session, Call], Reply]] = {"window": _window_step, "which": _which_step, "level": _level_step, "more": _more_step}
