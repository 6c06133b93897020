"""我: what the house keeps of me, what the public sees; choose, take out, unbind, delete (P-table; PIPL 25, 45, 47)."""

from flask import Response, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from domain.identity_refusals import NotSaidAloud
from domain.names import FORMS, public_name
from domain.permissions import Can
from domain.personal_data import BACKUPS, ITEMS
from services import identity, own_data, own_export
from web import here
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me, take_back

room = Room("me", "我", rank=80)


@room.page("/", needs=Can.KEEP_OWN_DATA, entry="我")
def shown() -> Response:
    """All about me on one page."""
    house = here.house()
    with house.database.reading() as db:
        told = own_data.me(db, me(), house.sealer.open, house.now())
    forms = [(form, words, public_name(told.name, form)) for form, words in FORMS.items()]
    return draw("me.html", told=told, forms=forms, items=ITEMS, backups=BACKUPS)


@room.deed("/name", needs=Can.KEEP_OWN_DATA, page=shown)
def show_name() -> AnyResponse:
    """How my name stands in public."""
    house = here.house()
    with house.database.transaction() as db:
        said = own_data.show_name(db, me(), request.form.get("form", ""), house.now())
    return done(f"已记下，公开页面现在显示您为：{said}。", "/console/me/")


@room.deed("/identity-display", needs=Can.KEEP_OWN_DATA, page=shown)
def show_membership() -> AnyResponse:
    """亮身份: a consent of its own, or its withdrawal."""
    house, agreed = here.house(), request.form.get("shown", "") == "1"
    with house.database.transaction() as db:
        own_data.show_membership(db, me(), agreed, house.now())
    return done("已记下您的同意，值守时显示党员身份。" if agreed else "已撤回，不再显示您的党员身份。", "/console/me/")


@room.page("/data", needs=Can.KEEP_OWN_DATA)
def take_out() -> Response:
    """Everything there is of me, to read, print or keep; complete by the list."""
    house = here.house()
    with house.database.transaction() as db:
        sections = own_export.take(db, me(), house.sealer.open, house.now())
    return draw("own_data.html", sections=sections, taken_at=house.now(), backups=BACKUPS)


@room.deed("/unbind", needs=Can.KEEP_OWN_DATA, page=shown)
def unbind() -> AnyResponse:
    """解绑: out of every phone and browser."""
    _said("解绑")
    house = here.house()
    with house.database.transaction() as db:
        identity.unbind(db, me(), house.now())
    return take_back(make_response(redirect("/console/sign-in", 303)))


@room.deed("/delete", needs=Can.KEEP_OWN_DATA, page=shown)
def delete() -> AnyResponse:
    """删除本人信息."""
    _said("删除")
    house = here.house()
    with house.database.transaction() as db:
        own_data.delete(db, me(), house.now())
    return take_back(make_response(redirect("/console/sign-in", 303)))


def _said(word: str) -> None:
    if request.form.get("word", "").strip().strip("“”\"'") != word:
        raise NotSaidAloud(word=word)
