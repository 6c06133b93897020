"""The authorisation page of the open platform (网页授权, wechat-platform.md §15), for the person whose phone this is."""

from collections.abc import Awaitable, Callable, Mapping
from html import escape
from urllib.parse import quote, urlencode, urlsplit

from aiohttp import web

from emulator.accounts import Account, Refused
from emulator.pages.frame import framed
from emulator.people import Person
from emulator.world import World

Page = Callable[[web.Request], Awaitable[web.StreamResponse]]
COOKIE = "emulator_person"
SCOPES = ("snsapi_base", "snsapi_userinfo")
STATE_BYTES = 128


def _wrong(code: int, words: str) -> web.Response:
    return framed("微信", f"<div class=card><p>{escape(words)}</p><p>错误码：{code}</p></div>")


def _who(world: World, request: web.Request) -> Person | None:
    """The person named by query, header or the cookie that opening a link from the phone has set."""
    key = request.query.get(COOKIE) or request.headers.get("X-Emulator-Person") or request.cookies.get(COOKIE, "")
    try:
        return world.people.need(key)
    except Refused:
        return None


def _complaint(account: Account | None, query: Mapping[str, str]) -> tuple[int, str] | None:
    """What the real page would complain of."""
    where = urlsplit(query.get("redirect_uri", ""))
    if account is None or account.appid != query.get("appid"):
        return 10012, "appid 参数错误"
    if where.scheme not in ("http", "https") or not where.hostname:
        return 10011, "redirect_uri 不能为空"
    if account.oauth_domains and where.hostname not in account.oauth_domains:
        return 10003, "redirect_uri 域名与后台配置不一致"
    if query.get("scope") not in SCOPES or not account.is_service:
        return 10005, "Scope 参数错误或没有 Scope 权限"
    if query.get("response_type") != "code":
        return 10016, "response_type 参数错误"
    if len(query.get("state", "").encode()) > STATE_BYTES:
        return 10013, "state 参数过长"
    return None


def authorize(world: World) -> Page:
    async def page(request: web.Request) -> web.StreamResponse:
        account = world.accounts.find(request.query.get("appid", ""))
        complaint = _complaint(account, request.query)
        if complaint or account is None:
            return _wrong(*(complaint or (10012, "appid 参数错误")))
        person = _who(world, request)
        if person is None:
            return _choose(world, request)
        scope = request.query["scope"]
        if scope == "snsapi_userinfo" and request.query.get("allow") != "1":
            return _consent(account, person, request)
        code = world.codes.make("oauth", account.appid, person.key, world.now, scope=scope)
        target = request.query["redirect_uri"]
        more = urlencode({"code": code, "state": request.query.get("state", "")})
        raise web.HTTPFound(target + ("&" if urlsplit(target).query else "?") + more)

    return page


def _again(request: web.Request, **more: str) -> str:
    return escape(f"{request.path}?{urlencode(dict(request.query) | more)}")


def _choose(world: World, request: web.Request) -> web.Response:
    links = "".join(f'<a class=button href="{_again(request, **{COOKIE: one.key})}">{escape(one.name)}</a>' for one in world.people.all.values())
    return framed("以谁的身份打开？", f"<div class=card>{links}</div>")


def _consent(account: Account, person: Person, request: web.Request) -> web.Response:
    allow = f'<a class=button href="{_again(request, allow="1")}">允许</a><a class="button plain" href="/">拒绝</a>'
    words = f"{escape(account.name)} 申请获取 {escape(person.name)} 的昵称、头像（虚拟信息）"
    return framed("微信授权", f"<div class=card><p>{words}</p>{allow}</div>")


def open_link(world: World) -> Page:
    """Open a web address as a person: sets who they are for later authorisation, then goes there."""

    async def go(request: web.Request) -> web.StreamResponse:
        url = request.query.get("url", "")
        if urlsplit(url).scheme not in ("http", "https"):
            return framed("打不开", f"<div class=card><p>不是网页地址：{escape(url)}</p></div>", 400)
        try:
            person = world.people.need(request.query.get("person", ""))
        except Refused as refusal:
            return framed("打不开", f"<div class=card><p>{escape(str(refusal))}</p></div>", 400)
        answer = web.HTTPFound(url)
        answer.set_cookie(COOKIE, quote(person.key), samesite="Lax", httponly=True)
        raise answer

    return go
