"""阶段 of a notice: “第一阶段，动员部署（8月中旬）”, “1.宣传发动阶段（4月）”, “动员部署阶段：3月1日至15日” (A2, B18)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.campaign.wording import Course, resolve, spotted
from domain.notice.records import DraftPhase
from domain.notice.sentences import Sentence, shown

_WHOLE_COURSE = re.compile("贯穿|全过程|全程")
_HEAD = re.compile(
    r"^(?:(?P<ordinal>第[一二三四五六七八九十\d]{1,2}阶段)[,、::]?)?(?P<name>[^,。;:()\d第]{2,16}?)(?P<stage>阶段)?"
    r"(?:\((?P<within>[^()]{2,40})\)|[:,](?P<after>[^。;]{2,40}))"
)
_STRANGE_MONTH = re.compile(r"(?<!\d)\d{3,4}月")


def phases_in(sentences: Sequence[Sentence], course: Course) -> tuple[DraftPhase, ...]:
    """All phases in the order of the notice. What cannot be read ends the day before the next phase, and says so."""
    found = [phase for sentence in sentences if (phase := _phase(sentence, course))]
    return tuple(_closed(phase, found[at + 1] if at + 1 < len(found) else None) for at, phase in enumerate(found))


def _phase(sentence: Sentence, course: Course) -> DraftPhase | None:
    head = _HEAD.match(sentence.text)
    if head is None or not (head["ordinal"] or head["stage"]):
        return None
    when = head["within"] or head["after"]
    if not spotted(when) and not _WHOLE_COURSE.search(when):
        return None
    whole, garbled = bool(_WHOLE_COURSE.search(when)), bool(_STRANGE_MONTH.search(when))
    window = resolve(when if not garbled else when[: spotted(when)[0][1]].split("至")[0], course)
    return DraftPhase(
        name=head["name"].removesuffix("阶段"),
        when=shown(when),
        starts_on=window.starts_on or (course.starts_on if whole else None),
        ends_on=None if garbled else window.last_day,
        whole_course=whole,
        source=shown(sentence.text),
        place=sentence.place,
        doubt="原文的月份无法识别" if garbled else "",
    )


def _closed(phase: DraftPhase, following: DraftPhase | None) -> DraftPhase:
    if phase.ends_on or phase.whole_course or following is None or following.starts_on is None:
        return phase
    doubt = f"{phase.doubt or '原文没有写结束时间'}，按下一阶段开始的前一天推定"
    return replace(phase, ends_on=following.starts_on - timedelta(days=1), doubt=doubt)


def phase_at(phases: Sequence[DraftPhase], place: int, chapter_of: dict[int, str]) -> int | None:
    """The phase whose text a sentence belongs to: the last one begun before it in the same chapter."""
    begun = [at for at, phase in enumerate(phases) if phase.place <= place and chapter_of[phase.place] == chapter_of[place]]
    return begun[-1] if begun else None
