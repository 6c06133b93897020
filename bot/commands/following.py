"""关注、取消关注、扫码: events that begin or end a citizen's time with us."""

from sqlalchemy.orm import Session

from bot import texts
from bot.commands.guided import begin
from bot.replies import NOTHING, Article, Reply
from bot.router import Call, Router, event
from domain.permissions import Can
from services import conversations, people

router = Router()

_SCENE = "qrscene_"


@router.on(event("unsubscribe", "user_authorization_revoke", "user_authorization_cancellation"), needs=Can.BE_ANYONE)
def leave(db: Session, call: Call) -> Reply:
    """取消关注、撤回授权、注销: the link to the person goes at once (wechat-platform.md §4; P01)."""
    people.forget(db, call.actor.contact, call.now)
    conversations.end(db, call.actor.contact)
    return NOTHING


@router.on(event("subscribe"), needs=Can.BE_ANYONE)
def follow(db: Session, call: Call) -> Reply:
    """关注: a short greeting; by a plate's code, that plate at once."""
    scene = call.message.key.removeprefix(_SCENE)
    return _scanned(db, call, scene) if scene else Reply(texts.WELCOME.format(site=call.site, bureau=call.bureau))


@router.on(event("scan"), needs=Can.BE_ANYONE)
def scan(db: Session, call: Call) -> Reply:
    """扫码: the window of the plate, ready to be rated by one word."""
    return _scanned(db, call, call.message.key)


@router.on(event("scancode_push", "scancode_waitmsg"), needs=Can.BE_ANYONE)
def scan_by_menu(db: Session, call: Call) -> Reply:
    """Scanned from the menu: the printed link ends in the code."""
    info = (call.message.fields or {}).get("ScanCodeInfo")
    result = info.get("ScanResult", "") if isinstance(info, dict) else ""
    return _scanned(db, call, str(result).rstrip("/").rpartition("/")[2])


def _scanned(db: Session, call: Call, scene: str) -> Reply:
    plate = call.register.valid(scene.removeprefix("p:").strip().lower())
    place = call.register.place(plate.window_id)
    begin(db, call, place.id, post_id=plate.post_id)
    card = "点开看值守人员、服务承诺和时限。\n直接回复“满意”“不满意”等，或数字 5 到 1，即可评价（匿名）。"
    return Reply(article=Article(place.spoken, card, f"{call.site}/p/{plate.code}"))
