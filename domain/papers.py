"""纸 papers: what stands on a printed plate, badge or poster, and the four sheets they are printed on (A13, F19, X5)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LONGEST_LINK = 40
"""Signs of a link that a code of level Q carries with ease at 33 modules; up to 46 still fit, beyond that the code grows (F18)."""


class Layout(StrEnum):
    """A sheet, by what stands on the desk afterwards."""

    TENT = "tent"
    STAND = "stand"
    BADGE = "badge"
    POSTER = "poster"

    @property
    def chinese(self) -> str:
        return _CHINESE[self]


_CHINESE = {Layout.TENT: "折叠座牌", Layout.STAND: "立式座牌", Layout.BADGE: "胸牌", Layout.POSTER: "窗口海报"}


class Document(StrEnum):
    """A paper that carries no plate; as the print log names it."""

    BOARD = "board"
    POSTER = "pledge"
    SLOGANS = "slogans"

    @property
    def chinese(self) -> str:
        return _DOCUMENTS[self]


_DOCUMENTS = {
    Document.BOARD: "公示板",
    Document.POSTER: "承诺海报",
    Document.SLOGANS: "标语条幅",
}
_PRINTED: dict[str, str] = {**{kind.value: kind.chinese for kind in Layout}, **{kind.value: kind.chinese for kind in Document}}


def printed_name(kind: str) -> str:
    """“折叠座牌”, “公示板”: what the print log calls a paper."""
    return _PRINTED[kind]


@dataclass(frozen=True)
class Face:
    """All that is printed for one code. `holders` are names in the form each member chose; who chose the post alone is not among them."""

    code: str
    link: str
    plate_number: str
    number: int | None
    window: str
    post: str
    honours: tuple[str, ...]
    holders: tuple[str, ...]
    slogan: str
    services: tuple[tuple[str, str], ...]
    issued_on: date
    bureau: str
    edition: int

    @property
    def spoken(self) -> str:
        """“3号窗口 不动产登记窗口受理岗”: how the office speaks of this plate."""
        return f"{f'{self.number}号窗口' if self.number else self.window} {self.post}"


def plate_number(post_id: int, serial: int) -> str:
    """“0012-03”: the third plate ever issued for post 12."""
    return f"{post_id:04d}-{serial:02d}"


def honours(is_pioneer: bool, is_model: bool) -> tuple[str, ...]:
    """党员先锋岗 of a post, 党员示范窗口 of a window (A13)."""
    return (("党员先锋岗",) if is_pioneer else ()) + (("党员示范窗口",) if is_model else ())


def spelt(code: str) -> str:
    """“abcd-efgh-jkmnp”: a code as people read it aloud or type it (F20)."""
    return "-".join(part for part in (code[:4], code[4:8], code[8:]) if part)


def day(value: date) -> str:
    """“2026年11月16日”."""
    return f"{value.year}年{value.month}月{value.day}日"
