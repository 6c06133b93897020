"""Sentences of a notice: scanned lines joined, page numbers out, each sentence with the headings it stands under."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from domain.campaign.wording import plain

_CHAPTER = r"[一二三四五六七八九十]{1,3}、"
_PART = r"\([一二三四五六七八九十]{1,3}\)"
_ITEM = r"\d{1,2}[.、](?!\d)"
_HEADING = re.compile(rf"(?P<chapter>{_CHAPTER})|(?P<part>{_PART})|(?P<item>{_ITEM})")
_LINE_BEGINS = re.compile(rf"{_CHAPTER}|{_PART}|{_ITEM}|第[一二三四五六七八九十]{{1,2}}阶段|附件?\d?[:、]")
_PAGE = re.compile(r"^第\d+页.{0,6}$|(?:^|(?<=\n))\d{1,3}、(?=\S)|第\d+页\s*共\d+页")
_INLINE_HEADING = re.compile(rf"(?<=[。;:])(?=(?:{_CHAPTER}|{_PART}|{_ITEM}))")
_BEFORE_HEADING = re.compile(rf"[ \t]+(?=(?:{_CHAPTER}|{_PART}|{_ITEM})\S)")
_AFTER_HEADING = re.compile(rf"(?m)^((?:{_CHAPTER}|{_PART})[^\s。:;]{{2,40}})[ \t]+(?=\S)")
"""In a scan that lost its line ends a blank is all that is left of them."""
_END = re.compile(r"(?<=[。;!?])")
_LONGEST_HEADING = 40


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` in the plain writing that dates are read from; `chapter`, `part`, `item` are the headings above it; `place` counts."""

    text: str
    chapter: str
    part: str
    item: str
    place: int
    is_heading: bool


def sentences(notice: str) -> list[Sentence]:
    """All sentences in order; a numbered heading is a sentence of its own."""
    return list(_walk(_paragraphs(notice)))


def shown(text: str) -> str:
    """Plain writing as an office prints it: Chinese commas, brackets and colons again."""
    return re.sub(r"(?<![0-9])[,:;](?![0-9])", lambda sign: _FULL[sign[0]], text).replace("(", "（").replace(")", "）")


_FULL = {",": "，", ":": "：", ";": "；"}


def _paragraphs(notice: str) -> list[str]:
    """Lines that belong together in one, without blanks: scans break lines and pages in the middle of a word."""
    text = unicodedata.normalize("NFKC", notice).replace("\r", "\n")
    scanned = len(re.findall(r"(?m)^\s*\d{1,3}、", text)) >= 3 and not re.search(r"[。:;]\n\s*2、", text)
    if scanned:
        text = re.sub(r"(?m)^\s*\d{1,3}、", "", text)
    text = _BEFORE_HEADING.sub("\n", text)
    text = _AFTER_HEADING.sub(r"\1。", text)
    lines: list[str] = []
    for raw in text.split("\n"):
        line = _PAGE.sub("", raw.strip()) if scanned else raw.strip()
        joined = "".join(line.split())
        if not joined or joined.startswith("#"):
            continue
        if lines and not _LINE_BEGINS.match(joined) and (scanned or _goes_on(lines[-1])):
            lines[-1] += joined
        else:
            lines.append(joined)
    return [plain(part) for line in lines for part in _INLINE_HEADING.split(re.sub(rf"(?<=[。;])(?={_CHAPTER}|{_PART})", "", line))]


def _goes_on(line: str) -> bool:
    """Whether a line ends in the middle of something: a full line of a document without its full stop."""
    return len(line) >= 20 and line[-1] not in "。;:!?)"


def _walk(paragraphs: list[str]) -> Iterator[Sentence]:
    heads = {"chapter": "", "part": "", "item": ""}
    place = 0
    for paragraph in paragraphs:
        rest = paragraph
        found = _HEADING.match(rest)
        if found:
            level = str(found.lastgroup)
            title, rest = _cut(rest[found.end() :])
            _descend(heads, level, title)
            yield Sentence(title, **heads, place=place, is_heading=True)
            place += 1
        for text in _END.split(rest):
            if text:
                yield Sentence(text, **heads, place=place, is_heading=False)
                place += 1


def _cut(text: str) -> tuple[str, str]:
    """A heading's title, and what follows it in the same paragraph."""
    end = re.search(r"[。:]", text)
    if end and end.start() <= _LONGEST_HEADING:
        return text[: end.start()], text[end.end() :]
    return (text, "") if len(text) <= _LONGEST_HEADING else ("", text)


def _descend(heads: dict[str, str], level: str, title: str) -> None:
    order = ("chapter", "part", "item")
    for lower in order[order.index(level) :]:
        heads[lower] = ""
    heads[level] = title
