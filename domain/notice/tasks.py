"""任务 of a notice: clauses that name a date, “适时” and “定期”, and the numbered items that say what is to be carried out (F03, X6)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.campaign.wording import Course, Window, resolve, spotted
from domain.notice.phases import phase_at
from domain.notice.records import DraftPhase, DraftTask
from domain.notice.roles import doer, roles_in
from domain.notice.sentences import Sentence, shown

_AIMS = re.compile("指导思想|工作目标|总体要求|目标任务|重要意义|参与对象|参加对象|组织领导|工作要求|有关要求|组织保障|保障措施|附件")
"""Chapters that ask for no work of their own; a date in them still counts."""
_SIGNED = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日$")
_WITHOUT_DAY = re.compile(r"适时|不?定期|每(?:月|周|季度|半年|年)(?:\d{1,2}日前)?")
_ASIDE = re.compile(r"(?:\([^()]*\)|[。;,:])+$")
_LEADS = re.compile(r"^(?:[一二三四五六七八九]是|期间,?|并|且|同时|请|要求|务必|认真|切实|要|须|需|应|应当|必须|负责|将)+")
_DATE_LEADS = re.compile(r"(?:于|在|截至|截止到?|最迟于?|原则上于?)$")
_SENT = re.compile(r"(?:上?报送?|报|提交|交|汇报)(?:至|到|给|局)?")
_MADE = re.compile(
    r"(?:制定|编制|拟定|撰写|形成|填写|将|把)(?:各自|本单位|本支部|好)?的?(?:具体)?(?P<what>[^,。;由于在]{2,24}?)(?=$|,|并|后|上报|报)"
)
_PLACE = re.compile(r"(?:在|到|深入|走进)(?P<where>[^,。;]{2,14}?)(?=进行|开展|举行|召开|举办|组织)")
_CARRIED_OUT = re.compile(r"^(?:继续|深入|普遍|广泛|认真)*(?:开展|组织|建立|完善|加强|强化|搭建|举办|召开|落实|实施|健全|推进|做好)")
_NUMBERED = re.compile(r"(?:^|:)[一二三四五六七八九十]是(?P<what>[^。;]{4,40})[。;]?$")
_LIST_BEGINS, _LISTED = re.compile("(?:^|:)一是"), re.compile("[二三四五六七八九十]是")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class _Clause:
    """The clause that holds the date: what stands before and after it, and the date's own words."""

    before: str
    when: str
    after: str
    earlier: tuple[str, ...]


def tasks_in(sentences: Sequence[Sentence], phases: Sequence[DraftPhase], course: Course) -> tuple[DraftTask, ...]:
    """All tasks in the order of the notice; each dated clause one, each numbered item without a dated clause of its own one."""
    reader = _Reader(phases, course, {one.place: one.chapter for one in sentences})
    heads = {phase.place for phase in phases}
    found: list[DraftTask] = []
    for sentence in sentences:
        if sentence.place not in heads and not _SIGNED.match(sentence.text):
            found += reader.read(sentence)
    return tuple(found)


class _Reader:
    """Reads sentence by sentence; who was named last in a paragraph goes on doing, and who begins a list does all of it."""

    def __init__(self, phases: Sequence[DraftPhase], course: Course, chapters: dict[int, str]) -> None:
        self._phases, self._course, self._chapters = phases, course, chapters
        self._doer, self._lister, self._under = "", "", ("", "", "")

    def read(self, sentence: Sentence) -> Iterator[DraftTask]:
        under = (sentence.chapter, sentence.part, sentence.item)
        if under != self._under:
            self._under, self._doer, self._lister = under, "", ""
        self._doer = doer(sentence.text) or (self._lister if _LISTED.match(sentence.text) else self._doer)
        if _LIST_BEGINS.search(sentence.text):
            self._lister = self._doer
        dated = [self._task(sentence, clause) for clause in _dated(sentence.text)]
        yield from dated
        if not dated and not _AIMS.search(sentence.chapter):
            title = _item(sentence)
            if title:
                yield self._plain(sentence, title)

    def _task(self, sentence: Sentence, clause: _Clause) -> DraftTask:
        window = self._resolve(clause.when)
        title = _title(clause, sentence.text)
        sent = _SENT.search(clause.before + clause.after)
        to = next((role for begin, _, role in roles_in(clause.after) if role in ("committee", "leading_office", "leading_group")), "") if sent else ""
        made = _MADE.search(",".join((*clause.earlier, clause.before + clause.after)))
        return self._drafted(
            sentence,
            title,
            shown(clause.when),
            window,
            by=doer(clause.before) or self._doer,
            to=to,
            approver=to if "审定" in clause.after or "审批" in clause.after else "",
            deliverable=made["what"] if made else _thing(sentence.text) if sent else "",
            where=_where(clause.before + clause.after),
        )

    def _plain(self, sentence: Sentence, title: str) -> DraftTask:
        without = _WITHOUT_DAY.search(sentence.text)
        return self._drafted(sentence, title, without[0] if without else "", Window(), by=self._doer)

    def _drafted(
        self,
        sentence: Sentence,
        title: str,
        when: str,
        window: Window,
        *,
        by: str,
        to: str = "",
        approver: str = "",
        deliverable: str = "",
        where: str = "",
    ) -> DraftTask:
        return DraftTask(
            title=shown(title)[:_LONGEST],
            when=when,
            starts_on=window.starts_on,
            ends_on=window.ends_on,
            due_on=window.due_on,
            by=by,
            report_to=to,
            approver=approver,
            deliverable=shown(deliverable),
            where=where,
            phase=phase_at(self._phases, sentence.place, self._chapters),
            source=shown(sentence.text),
            place=sentence.place,
        )

    def _resolve(self, when: str) -> Window:
        try:
            return resolve(when, self._course)
        except ValueError:
            return Window()


def _dated(text: str) -> Iterator[_Clause]:
    """Every clause with a date. A date that only tells of the past or of a document (“8月22日会议精神”) is none."""
    clauses = re.split(r"(?<=[,:])", text)
    at = 0
    for number, clause in enumerate(clauses):
        for begin, end in spotted(text):
            if at <= begin < at + len(clause) and not re.match(r"(?:的)?(?:会议|印发|下发|文件|讲话|通知|发布|出台)", text[end:]):
                before, after = text[at:begin], text[end : at + len(clause)]
                yield _Clause(_DATE_LEADS.sub("", before), text[begin:end], _ASIDE.sub("", after), tuple(clauses[:number]))
        at += len(clause)


def _title(clause: _Clause, sentence: str) -> str:
    """What is to be done, without date and doer: “制定实施细则、活动计划并报局活动领导小组办公室”."""
    before, after = _without_doer(_LEADS.sub("", clause.before)), _LEADS.sub("", clause.after)
    if before and not _is_deed(before) and _is_deed(after) and len(after) <= 4:
        return after + before
    said = before + after
    if _SENT.match(said) or said.startswith("汇总"):
        return _topic(clause, sentence) + said
    if len(said) < 4 and clause.earlier:
        return _clean(clause.earlier[-1]) + said
    return said.strip(",")


def _topic(clause: _Clause, sentence: str) -> str:
    """What is handed in, when the dated clause says only that it is: the deed or the thing named before it."""
    made = next((one for one in reversed(clause.earlier) if re.search(r"制定|编制|拟定|撰写|形成|填写|总结", one)), "")
    if made:
        return _clean(made) + "并"
    return _thing(sentence)


def _thing(sentence: str) -> str:
    """“科室的承诺事项要由…” begins with what is handed in."""
    found = re.match(r"(?P<thing>[^,。;]{4,24}?)(?:要|应|须|需)?由", sentence)
    return found["thing"] if found else ""


def _clean(clause: str) -> str:
    return _LEADS.sub("", _without_doer(clause)).rstrip(",:").replace("各自具体", "").replace("各自", "")


def _without_doer(clause: str) -> str:
    """Without “各党支部要” or “由所在党支部” at its beginning."""
    text = clause.removeprefix("由")
    named = roles_in(text)
    if named and named[0][0] == 0:
        return _LEADS.sub("", text[named[0][1] :]).lstrip(",")
    return text


def _is_deed(text: str) -> bool:
    return bool(re.match(r"(?:召开|举行|开展|完成|组织|上报|报送|报|启动|结束|进行|举办|落实)", text))


def _where(text: str) -> str:
    found = _PLACE.search(text)
    return found["where"] if found else ""


def _item(sentence: Sentence) -> str:
    """The title of a numbered item that is work to carry out; “” for all else."""
    if sentence.is_heading and sentence.item == sentence.text and _CARRIED_OUT.match(sentence.text):
        return sentence.text
    numbered = _NUMBERED.search(sentence.text)
    if numbered and _CARRIED_OUT.match(numbered["what"]):
        return numbered["what"]
    if _WITHOUT_DAY.search(sentence.text) and not sentence.is_heading:
        clause = next(part for part in re.split("[,。;]", sentence.text) if _WITHOUT_DAY.search(part))
        return _clean(clause)
    return ""
