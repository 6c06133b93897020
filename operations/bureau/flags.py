"""疑似刷评 of the demo: what a burst raised; one flag is settled, the other waits."""

from operations.bureau.ground import OFFICE, Ground
from services import flags

_FINDING = "四条说明一字不差，问过现场，是工作人员代老人填写；已提醒窗口只帮操作、不代写意见。"


def check_one(ground: Ground) -> None:
    """The office has looked at the texts that were alike."""
    office = ground.actor(OFFICE)
    alike = [one for one in flags.listed(ground.db, office, ground.now) if one.kind == "相同说明"]
    for one in alike[:1]:
        flags.check(ground.db, office, one.id, "confirm", _FINDING, ground.moment(2))
