"""公示检索: a pledge's words in the forms people search by: as written, in pinyin, by initials (F15)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.numerals import compact
from domain.pinyin import syllables

MOST_TERMS = 4
LONGEST_SAID = 40
_LATIN = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Words:
    """`written` as it stands, `sounds` as pinyin and as initials, part by part."""

    written: str
    sounds: str


@dataclass(frozen=True)
class Term:
    """One word of a search. Latin letters may be pinyin or initials."""

    said: str

    @property
    def is_latin(self) -> bool:
        return _LATIN.fullmatch(self.said) is not None

    @property
    def is_sound(self) -> bool:
        """A single letter is too little to be heard."""
        return self.is_latin and len(self.said) > 1

    def fits(self, words: Words) -> bool:
        return self.said in words.written or (self.is_sound and self.said in words.sounds)


def words_of(heads: Iterable[str], rest: Iterable[str] = ()) -> Words:
    """`heads` can be found by sound too, `rest` only as written."""
    heads = [compact(one) for one in heads if one]
    written = "\n".join([*heads, *(compact(one) for one in rest if one)])
    read = [syllables(one) for one in heads]
    sounds = ["".join(one) for one in read] + ["".join(part[0] for part in one) for one in read]
    return Words(written, "\n".join(sounds))


def terms(said: str) -> tuple[Term, ...]:
    """What was typed, word by word; at most four, signs and blanks left out."""
    found = dict.fromkeys(compact(one) for one in said[:LONGEST_SAID].split())
    return tuple(Term(one) for one in found if one)[:MOST_TERMS]
