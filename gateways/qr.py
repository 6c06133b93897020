"""QR pictures of landing links: level Q, four modules of border, dark on white, no colour near the code (F18)."""

import io
from dataclasses import dataclass
from itertools import groupby

from domain.late import Late

_QRCODE, _SVG = Late("qrcode"), Late("qrcode.image.svg")
BORDER = 4
_MASK = 3
"""Choosing the best of eight masks is 85 % of a code's time; on paper each of them is read as well (performance.md, point 9)."""


@dataclass(frozen=True)
class Drawing:
    """A code as one path: `modules` along a side without the border, `path` in SVG's words, one unit a module, from the corner (0, 0)."""

    modules: int
    path: str


def svg_of(link: str) -> bytes:
    """The code of a link as an SVG picture of its own (scales to any size)."""
    code = _QRCODE.QRCode(error_correction=_QRCODE.constants.ERROR_CORRECT_Q, border=BORDER, box_size=10)
    code.add_data(link)
    code.make(fit=True)
    out = io.BytesIO()
    code.make_image(image_factory=_SVG.SvgPathImage).save(out)
    return out.getvalue()


def drawing_of(link: str) -> Drawing:
    """The code of a link as a path, fast enough for a thousand plates."""
    code = _QRCODE.QRCode(error_correction=_QRCODE.constants.ERROR_CORRECT_Q, border=0, mask_pattern=_MASK)
    code.add_data(link, optimize=0)
    code.make(fit=True)
    return Drawing(code.modules_count, "".join(_runs(row, y) for y, row in enumerate(code.modules)))


def _runs(row: list[bool | None], y: int) -> str:
    """The dark stretches of one row."""
    words, x = [], 0
    for dark, stretch in groupby(row):
        width = len(list(stretch))
        words.append(f"M{x} {y}h{width}v1h-{width}z" if dark else "")
        x += width
    return "".join(words)
