"""新建活动: from a ready file, from the template, or from a file of one's own; checked line by line before it is loaded (F01)."""

from flask import Response, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from domain.campaign_file import Campaign, Finding, read_campaign, render_findings
from domain.permissions import Can
from domain.schedule.refusals import ChangeUnsound
from gateways import campaign_files
from services import campaigns
from web import here
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("campaign_loading", "新建活动", rank=24, at="/console/new-campaign")

_MOST_BYTES = 256 * 1024


@room.page("/", needs=Can.LOAD_CAMPAIGN, entry="新建活动")
def choosing() -> Response:
    """The ready campaigns, and a place for a file of one's own."""
    ready = [(one.name, _title(one.text, one.name)) for one in campaign_files.ready()]
    return draw("campaign_new.html", ready=ready, text=request.form.get("text", ""), findings="", campaign=None)


@room.deed("/check", needs=Can.LOAD_CAMPAIGN, page=choosing)
def check() -> AnyResponse:
    """What there is to say about the file, and what would be loaded."""
    text = _text()
    campaign, findings = _read(text)
    ready = [(one.name, _title(one.text, one.name)) for one in campaign_files.ready()]
    said = render_findings(findings) if findings else ""
    return draw("campaign_new.html", ready=ready, text=text, findings=said, campaign=campaign)


@room.deed("/load", needs=Can.LOAD_CAMPAIGN, page=choosing)
def load() -> AnyResponse:
    """Load it; it waits to be started."""
    campaign, _findings = _read(_text())
    if campaign is None:
        raise ChangeUnsound()
    with here.house().database.transaction() as db:
        loaded = campaigns.load(db, me(), campaign, here.house().now())
    return done(f"已载入：{loaded.summary}。核对后即可启动。", f"/console/schedule/{campaign.id}")


def _text() -> str:
    """The ready file that was chosen, the file that was sent, or what was typed."""
    chosen = request.form.get("ready", "")
    if chosen:
        return next((one.text for one in campaign_files.ready() if one.name == chosen), "")
    try:
        sent = request.files.get("file")
    except RequestEntityTooLarge:
        sent = None
    raw = sent.stream.read(_MOST_BYTES + 1) if sent and sent.filename else b""
    return raw.decode("utf-8-sig", "replace") if raw else request.form.get("text", "")


def _read(text: str) -> tuple[Campaign | None, list[Finding]]:
    return read_campaign(text, "活动文件")


def _title(text: str, name: str) -> str:
    campaign, _ = read_campaign(text, name)
    return f"{campaign.title}（{'模板' if name == 'template' else f'{campaign.year}年'}）" if campaign else name
