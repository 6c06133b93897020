"""One aiohttp application: the platform's paths, the control API and the pages."""

import asyncio
from contextlib import suppress
from pathlib import Path

from aiohttp import web

from emulator import control
from emulator.api.qrcode import picture
from emulator.control.desk import ROWS, as_route
from emulator.pages import catalogue, oauth, signing
from emulator.platform import BIGGEST_BODY, Platform
from emulator.pushing import Pusher
from emulator.world import World

PHONE = Path(__file__).parent / "phone"
HEARTBEAT = 15.0
control.load()

WORLD: web.AppKey[World] = web.AppKey("world", World)
PUSHER: web.AppKey[Pusher] = web.AppKey("pusher", Pusher)


async def _changes(request: web.Request) -> web.StreamResponse:
    """Server-sent events: one line whenever anything changed, at most twenty a second."""
    world = request.app[WORLD]
    stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await stream.prepare(request)
    listener = asyncio.Event()
    world.listen(listener)
    try:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(listener.wait(), HEARTBEAT)
            listener.clear()
            await stream.write(b"data: changed\n\n")
            await asyncio.sleep(0.05)
    except ConnectionError:
        return stream
    finally:
        world.leave(listener)


async def _code_picture(request: web.Request) -> web.StreamResponse:
    """A QR code of any text, for pages and print: `/_emulator/qr.png?text=`."""
    text = request.query.get("text", "")[:1000]
    return web.Response(body=picture(text or " ", form="PNG"), content_type="image/png")


async def _media(request: web.Request) -> web.StreamResponse:
    """PicUrl and media of fake messages; an unknown id gives a small generated picture."""
    media = request.app[WORLD].consoles.media.get(request.match_info["id"])
    if media:
        return web.Response(body=media.data, content_type=media.content_type)
    return web.Response(body=picture(request.match_info["id"][:40], 4, "PNG"), content_type="image/png")


async def _phone_page(_request: web.Request) -> web.StreamResponse:
    return web.FileResponse(PHONE / "index.html", headers={"Cache-Control": "no-cache"})


def build(world: World) -> web.Application:
    """The whole application of one world."""
    app = web.Application(client_max_size=BIGGEST_BODY)
    pusher = Pusher(world)
    app[WORLD] = world
    app.router.add_get("/", _phone_page)
    app.router.add_static("/_emulator/phone/", PHONE)
    app.router.add_get("/_emulator/changes", _changes)
    app.router.add_get("/_emulator/qr.png", _code_picture)
    app.router.add_get("/_emulator/docs", catalogue.page)
    app.router.add_get("/_emulator/jssdk", signing.page(world))
    app.router.add_get("/_emulator/open", oauth.open_link(world))
    app.router.add_get("/connect/oauth2/authorize", oauth.authorize(world))
    app.router.add_get("/_emulator/media/{id}", _media)
    for row in ROWS:
        app.router.add_route(row.method, row.path, as_route(row, world, pusher))
    app.router.add_route("*", "/{path:.*}", Platform(world, pusher).handle)
    app.on_startup.append(lambda _app: pusher.open())
    app.on_cleanup.append(_end)
    app[PUSHER] = pusher
    return app


async def _end(app: web.Application) -> None:
    app[WORLD].stop()
    await app[PUSHER].close()
