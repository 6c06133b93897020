"""公示 publicity: by which channels pledges are made public, and what must be said of each time.

A9: 向社会公示用报纸、电视、网络，标语、电子屏、宣传页；向群众公示用公告栏、标牌。
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.errors import Invalid, Unknown

_LONGEST_PLACE = 60
_LONGEST_PERIOD = timedelta(days=3 * 366)


class Channel(StrEnum):
    """Where it is made public."""

    NOTICE_BOARD = "notice_board"
    PLAQUE = "plaque"
    SCREEN = "screen"
    BANNER = "banner"
    LEAFLET = "leaflet"
    NEWSPAPER = "newspaper"
    TELEVISION = "television"
    WEBSITE = "website"
    ACCOUNT = "account"

    @property
    def chinese(self) -> str:
        return _CHINESE[self]


_CHINESE = {
    Channel.NOTICE_BOARD: "公告栏",
    Channel.PLAQUE: "标牌",
    Channel.SCREEN: "电子屏",
    Channel.BANNER: "标语横幅",
    Channel.LEAFLET: "宣传页",
    Channel.NEWSPAPER: "报纸",
    Channel.TELEVISION: "电视",
    Channel.WEBSITE: "网站",
    Channel.ACCOUNT: "公众号",
}


@dataclass(frozen=True)
class Showing:
    """One time that pledges are made public. `branch_id` is whose they are, None the whole bureau's; `print_id` the paper that hangs."""

    channel: Channel
    place: str
    from_day: date
    to_day: date
    branch_id: int | None = None
    print_id: int | None = None


def check(showing: Showing) -> None:
    """Raises `PlaceNeeded`, `PeriodWrong`."""
    if not 0 < len(showing.place.strip()) <= _LONGEST_PLACE:
        raise PlaceNeeded(most=_LONGEST_PLACE)
    if showing.to_day < showing.from_day or showing.to_day - showing.from_day > _LONGEST_PERIOD:
        raise PeriodWrong()


class PlaceNeeded(Invalid):
    code = "publicity_place_needed"
    sentence = "请写明公示地点或版面，最多{most}个字，例如：一楼大厅公告栏。"
    field = "place"


class PeriodWrong(Invalid):
    code = "publicity_period_wrong"
    sentence = "公示期的起止日期有误：结束不能早于开始，也不能超过三年。"
    field = "to_day"


class NoSuchPublicity(Unknown):
    code = "no_such_publicity"
    sentence = "没有找到这条公示登记，请在列表里重新选择。"
