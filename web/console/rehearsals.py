"""活动演练: a loaded campaign on a fast clock: what would be sent, which days clash, who is never reached; nothing real is touched (X2)."""

from flask import Response, request

from domain.letter_briefs import brief
from domain.letter_texts import spoken
from domain.listings import Format
from domain.permissions import Can
from gateways import listings
from gateways.rehearsal_post import rehearsal_post
from services import campaigns, rehearsal, rehearsal_report
from services.rehearsal import Rehearsed
from web import here
from web.console.drawing import download, draw
from web.console.letters import appids, means, templates
from web.console.room import Room
from web.console.signed_in import me

room = Room("rehearsals", "活动演练", rank=26)
_SHOWN = 200
"""Messages on the page; the workbook holds all."""


@room.page("/", needs=Can.LOAD_CAMPAIGN, entry="活动演练")
def chosen() -> Response:
    """Choose a campaign that is loaded, started or not."""
    return _page(None)


@room.deed("/run", needs=Can.LOAD_CAMPAIGN, page=chosen)
def run() -> Response:
    """Run it; on the page, or as a workbook."""
    house = here.house()
    key, habits = request.form.get("campaign", ""), house.settings.reminders.habits
    with house.database.reading() as db:
        rehearsal.check(db, me(), key)
    with house.database.reading() as db, rehearsal_post(appids(), templates(), house.sealer, spoken, brief) as post:
        found = rehearsal.rehearse(db, me(), key, means(), habits, post)
    if request.form.get("as") != Format.XLSX:
        return _page(found)
    listing = rehearsal_report.listing(found, house.settings.bureau)
    return download(listings.file(listing, Format.XLSX, house.settings.bureau, house.now()), f"{listing.title}.xlsx", Format.XLSX.mime)


def _page(found: Rehearsed | None) -> Response:
    with here.house().database.reading() as db:
        titles = sorted(campaigns.titles(db).items(), key=lambda one: one[1])
    return draw("rehearsals.html", campaigns=titles, found=found, key=request.form.get("campaign", ""), most=_SHOWN)
