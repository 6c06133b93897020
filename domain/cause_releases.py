"""公开未兑现情况 rules: what may be named at all, how widely, for how long, and that its author is heard first (P12, B21)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.errors import AlreadyDone, Invalid, Unknown, WrongMoment
from domain.names import FORMS
from domain.spoken_days import spoken

LONGEST = timedelta(days=90)
HEARING_DAYS = 3
"""Working days that the author has to answer before anybody may decide."""
MOST_WORDS = 300


class Scope(StrEnum):
    """Where it is shown."""

    PAGE = "page"
    REGISTER = "register"

    @property
    def chinese(self) -> str:
        return {"page": "只在这条承诺的网页", "register": "承诺公示各处（网页、列表、大屏，不含纸质公示板）"}[self.value]


@dataclass(frozen=True)
class Wish:
    """What is to be public: the name in which form, which words, where, until which day."""

    form: str
    words: str
    scope: Scope
    until: date


class NoSuchRelease(Unknown):
    code = "no_such_release"
    sentence = "没有找到这条公开提名，可能已经处理。请刷新列表。"


class NotUnkept(WrongMoment):
    code = "not_unkept"
    sentence = "这条承诺不能公开未兑现情况：只有党员个人、已核实未兑现或已逾期的承诺才可以。"


class ReleaseWordsMissing(Invalid):
    code = "release_words_missing"
    sentence = "请写明要公开的说明，300字以内，只写事实。"
    field = "words"


class ReleaseFormWrong(Invalid):
    code = "release_form_wrong"
    sentence = "请选择公开姓名还是只公开姓氏。"
    field = "form"


class ReleaseTermWrong(Invalid):
    code = "release_term_wrong"
    sentence = "公开的截止日期要在明天到{last}之间。"
    field = "until"


class ReleaseOpen(AlreadyDone):
    code = "release_open"
    sentence = "这条承诺已有待批准或公开中的提名，请先办完或收回。"


class HearingOpen(WrongMoment):
    code = "hearing_open"
    sentence = "承诺人可以在{until}前说明情况，说明后或到期后才能批准。"


def check(wish: Wish, today: date, public_until: date | None) -> Wish:
    """Raises `ReleaseWordsMissing`, `ReleaseFormWrong`, `ReleaseTermWrong`."""
    words, last = wish.words.strip(), min(today + LONGEST, public_until or date.max)
    if not words or len(words) > MOST_WORDS:
        raise ReleaseWordsMissing()
    if wish.form not in FORMS or wish.form == "post":
        raise ReleaseFormWrong()
    if not today < wish.until <= last:
        raise ReleaseTermWrong(last=spoken(last))
    return Wish(wish.form, words, wish.scope, wish.until)
