"""字库: the fonts that papers are set in, and which characters they can draw (rare names: 㛃 𬍛 䶮 𫖯).

Noto Sans SC has all 8,105 characters of the standard table (通用规范汉字表) and 30,890 in all. GB 18030-2022 asks for more of public
services; where Debian's `fonts-hanazono` is installed, its 72,000 characters stand in for those that are missing.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

from domain.errors import FontsMissing

_PACKAGES = Path(__file__).parent.parent / "node_modules" / "@expo-google-fonts"
_FACES = ("noto-sans-sc/400Regular", "noto-sans-sc/700Bold", "noto-sans-sc/900Black", "noto-serif-sc/400Regular", "noto-serif-sc/700Bold")
"""黑体 for plates and boards, 宋体 for documents."""
_RARE = Path("/usr/share/fonts/truetype/hanazono")
WIDE_BLANK = "\u3000"
BLANK = "\ufffd"
"""Stands for a Chinese character that no font has: drawn as an empty square, to be written by hand."""


@dataclass(frozen=True)
class Lettering:
    """Fonts for the typesetter and all the characters that they have."""

    fonts: typst.Fonts
    known: frozenset[int]

    def fitted(self, text: str) -> tuple[str, str]:
        """(the text as it can be drawn, the Chinese characters that are missing). Other signs without a shape are left out."""
        text = unicodedata.normalize("NFC", text)
        signs = [sign for sign in text if self._drawn(sign) or unicodedata.category(sign) == "Lo"]
        return "".join(sign if self._drawn(sign) else BLANK for sign in signs), "".join(sign for sign in signs if not self._drawn(sign))

    def _drawn(self, sign: str) -> bool:
        return ord(sign) in self.known and (sign.isprintable() or sign == WIDE_BLANK)


@cache
def boldest() -> Path:
    """The face for few large words. Raises `FontsMissing`."""
    own = _files((_PACKAGES / _FACES[2],))
    if not own:
        raise FontsMissing()
    return own[0]


@cache
def lettering(folders: tuple[Path, ...] = (), rare: Path = _RARE) -> Lettering:
    """Read once. `folders` in place of the npm package's. Raises `FontsMissing`."""
    own = _files(folders or tuple(_PACKAGES / face for face in _FACES))
    if not own:
        raise FontsMissing()
    more = _files((rare,))
    known = frozenset(_characters(own[0]).union(*map(_characters, more)))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=sorted({path.parent for path in (*own, *more)}))
    return Lettering(fonts, known)


def _files(folders: Sequence[Path]) -> list[Path]:
    return [path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir()) if path.suffix.lower() in (".ttf", ".otf")]


def _characters(path: Path) -> set[int]:
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap())
