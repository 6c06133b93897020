"""公示登记 of the demo: boards, a screen and a newspaper; one over and taken down, one over and still hanging, two that run."""

from dataclasses import dataclass

from domain.publicity import Channel, Showing
from operations.bureau.ground import OFFICE, Ground
from services import publicity


@dataclass(frozen=True)
class _Fact:
    """Days ago that it was put up, for how many days it hangs, days ago that it was taken down."""

    channel: Channel
    place: str
    branch: str
    ago: int
    days: int
    ended: int | None = None


_FACTS = (
    _Fact(Channel.NEWSPAPER, "县日报第二版", "", 62, 1, 61),
    _Fact(Channel.NOTICE_BOARD, "机关一楼公告栏", "机关第一党支部", 20, 7),
    _Fact(Channel.NOTICE_BOARD, "政务服务大厅公告栏", "政务服务窗口党支部", 5, 30),
    _Fact(Channel.SCREEN, "政务服务大厅电子屏", "政务服务窗口党支部", 5, 30),
)


def log_all(ground: Ground) -> None:
    """Every fact by the real verbs, the oldest first."""
    office = ground.actor(OFFICE)
    for fact in _FACTS:
        branch = ground.bodies[fact.branch] if fact.branch else None
        showing = Showing(fact.channel, fact.place, ground.day(fact.ago), ground.day(fact.ago - fact.days), branch)
        number = publicity.put_up(ground.db, office, showing, (), ground.moment(fact.ago))
        if fact.ended is not None:
            publicity.end(ground.db, office, number, "take_down", "公示期满", ground.moment(fact.ended))
