"""Drawing pages from the templates, and handing out those that are kept."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, render_template, request

from domain.calendar import local_day
from domain.quoting import inner
from domain.spoken_days import near
from web import here, words
from web.assets import PUBLIC, SHARE
from web.sheets import HTML, answer

NOT_KEPT = "no-store"
"""For pages that are one person's, or say no: nobody's proxy or back button keeps them."""

pages = Blueprint("web_drawing", __name__, template_folder="templates")
pages.add_app_template_filter(inner, "inner")
pages.add_app_template_filter(words.day, "day")
pages.add_app_template_filter(lambda value: near(value, here.today()), "short")
pages.add_app_template_filter(lambda value: words.weekday(value, here.today()), "weekday")
pages.add_app_template_filter(words.moment, "moment")
pages.add_app_template_filter(words.percent, "percent")


def draw(template: str, **told: Any) -> bytes:
    """A page in the look of the house."""
    assets, settings = here.assets(), here.house().settings
    styles, scripts = assets.linked(PUBLIC, ".css"), assets.linked(SHARE, ".js")
    share = scripts if settings.wechat.appid and len(scripts) == len(SHARE) else ()
    site = settings.base_url.rstrip("/")
    return render_template(f"web/{template}", bureau=settings.bureau, styles=styles, icon=assets.icon, share=share, site=site, **told).encode()


def kept(name: str, draw_it: Callable[[], bytes], kind: str = HTML) -> Response:
    """A page that is the same for everybody while the public register stands still; `name` is its address."""
    house = here.house()
    route = request.url_rule.rule if request.url_rule else "-"
    return answer(here.shelf().sheet((house.database.edition(), local_day(house.now())), name, draw_it, kind, route))


def fresh(body: bytes, status: int = 200, keeping: str = NOT_KEPT) -> Response:
    """A page drawn for this one request."""
    return Response(body, status, {"Content-Type": HTML, "Cache-Control": keeping})
