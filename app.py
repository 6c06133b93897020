"""Composition root: the only file that sees every room. It builds the house, hangs the doors and hands out the keys."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import miniapp_api
import web
from bot.accounts import Account as BotAccount
from bot.webhook import Webhook
from domain.calendar import CALENDAR
from domain.ports import House
from domain.pseudonyms import Pseudonyms
from domain.sealing import Sealer
from front import Front
from gateways import clock, logs
from gateways.files import FileStore
from gateways.store import LocalStore, RedisStore
from gateways.wechat import Account, Wechat
from models import steps
from models.database import Database
from settings import AccountSettings, Settings, load
from web import metrics

_LARGEST_BODY = 64 * 1024


def build(settings: Settings, now: Callable[[], Any] = clock.now) -> House:
    """The house by its settings. Nothing connects yet."""
    CALENDAR.adopt(settings.calendar.days, settings.calendar.settled_years)
    pseudonyms = Pseudonyms(settings.secret_key.get_secret_value())
    store = RedisStore(settings.redis.url) if settings.redis.url else LocalStore()
    if settings.database.url.startswith("sqlite:///"):
        Path(settings.database.url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    return House(
        settings=settings,
        database=Database(settings.database.url, partial(steps.seal, key=pseudonyms.steps_key), settings.database.pool),
        store=store,
        pseudonyms=pseudonyms,
        sealer=Sealer(pseudonyms.sealing_key),
        now=now,
        wechat=Wechat(_account(settings.wechat), store),
        miniprogram=Wechat(_account(settings.miniprogram), store),
        files=FileStore(Path(settings.files.folder)),
    )


def _account(account: AccountSettings) -> Account:
    return Account(account.appid, account.secret.get_secret_value(), account.api_base.rstrip("/"))


def create_flask(house: House) -> Flask:
    """Flask with the web and API doors."""
    flask = Flask(__name__, static_folder=None)
    flask.json.ensure_ascii = False  # type: ignore[attr-defined]
    miniapp_api.hang(flask, partial(metrics.count, "miniapp_api"))
    web.hang(flask)
    if house.settings.serve.trusted_proxies:
        flask.wsgi_app = ProxyFix(flask.wsgi_app, x_for=house.settings.serve.trusted_proxies, x_proto=1, x_host=1)  # type: ignore[method-assign]
    move_in(flask, house)
    return flask


def move_in(flask: Flask, house: House) -> None:
    """Everything of this house that the application keeps; what it kept of another is gone."""
    flask.extensions["house"] = house
    flask.config.update(
        MAX_CONTENT_LENGTH=_LARGEST_BODY,
        SECRET_KEY=house.settings.secret_key.get_secret_value(),
        SESSION_COOKIE_NAME="liangnuo_said",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=house.settings.base_url.startswith("https://"),
        SESSION_COOKIE_HTTPONLY=True,
    )
    miniapp_api.keep_for(flask)
    web.keep_for(flask)


def webhooks(house: House) -> dict[str, Webhook]:
    """The callbacks: they take a short way past Flask (performance.md, rows W and L)."""
    return {
        "/wechat": Webhook(house, BotAccount.of("service", house.settings.wechat), partial(metrics.count, "bot", "/wechat")),
        "/wechat/mini": Webhook(house, BotAccount.of("mini", house.settings.miniprogram), partial(metrics.count, "bot", "/wechat/mini")),
    }


def create_app(house: House, flask: Flask | None = None) -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    """The whole service as one WSGI callable, for the tests and for any other server behind a buffering proxy."""
    flask, callbacks = flask or create_flask(house), webhooks(house)

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return callbacks.get(environ["PATH_INFO"], flask)(environ, start_response)

    return application


def serve() -> Front:
    """What the server loads in each worker."""
    logs.set_up()
    house = build(load())
    flask = create_flask(house)
    ratings = miniapp_api.Ratings(flask, partial(metrics.count, "miniapp_api"))
    return Front(
        flask,
        webhooks(house),
        house.settings.serve.threads,
        short={ratings.route: ratings},
        refused={miniapp_api.PREFIX: miniapp_api.refused},
        uploads=(miniapp_api.UPLOADS, web.UPLOADS),
    )


def wsgi() -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    """For gunicorn: `gunicorn "app:wsgi()"`."""
    logs.set_up()
    return create_app(build(load()))
