"""活动文件 behind a campaign's row, read again and kept: roles, chains, tracks, form, limits (F01)."""

from functools import lru_cache

from sqlalchemy.orm import Session

from domain.campaign.records import Campaign
from domain.errors import CampaignUnreadable, NoSuchCampaign
from domain.late import Late
from models import campaigns as table

_FILE = Late("domain.campaign_file")


def row(db: Session, key: str) -> table.CampaignRow:
    """Raises `NoSuchCampaign`."""
    found = table.campaign(db, key)
    if found is None:
        raise NoSuchCampaign(said=key)
    return found


def of_row(found: table.CampaignRow) -> Campaign:
    """Raises `CampaignUnreadable` when the file was loaded by an older version and no longer passes the check."""
    campaign = _read(found.text)
    if campaign is None:
        raise CampaignUnreadable(said=found.key)
    return campaign


@lru_cache(maxsize=8)
def _read(text: str) -> Campaign | None:
    read: tuple[Campaign | None, object] = _FILE.read_campaign(text, "")
    return read[0]
