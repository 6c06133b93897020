"""演练 rehearsal: who is moved to the emulated WeChat, and what arrived there, beside the list of what was sent (X15)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.errors import WrongMoment


class NoEmulator(WrongMoment):
    code = "no_emulator"
    sentence = "演练用的模拟微信没有启动，请联系运维人员：在服务器上运行 manage.py rehearse 查看原因，再试一次。"


@dataclass(frozen=True)
class Subscriber:
    """An address of a member as the rehearsal takes it along: account, whether it follows, template → messages it still allows."""

    mark: str
    person_id: int
    account: str
    follows: bool
    consents: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, order=True)
class Arrived:
    """A message on somebody's phone; `channel` as the letters name it."""

    at: datetime
    person_id: int
    channel: str
