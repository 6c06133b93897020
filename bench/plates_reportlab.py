"""The yardstick of bench.plates: the same tents by reportlab, as usually written: best mask, a 1-bit image for each code."""

import json
import sys
from pathlib import Path
from typing import Any

import qrcode
from qrcode.constants import ERROR_CORRECT_Q
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_FONTS = Path(__file__).parent.parent / "node_modules" / "@expo-google-fonts" / "noto-sans-sc"
_LINES = ((72, 60, "Bold", "number"), (58, 28, "Bold", "window"), (42, 36, "Bold", "holder"), (34, 20, "Plain", "post"), (24, 20, "Bold", "slogan"))
_SAME = {"holder": "禾同志", "post": "登记受理岗", "slogan": "“一次告知，少跑一趟”"}


def face(canvas: Any, row: dict[str, str], picture: Any) -> None:
    """One side of a tent, 210 × 115 mm."""
    canvas.setFillColorRGB(0.78, 0.06, 0.18)
    canvas.roundRect(9 * mm, 92 * mm, 192 * mm, 14 * mm, 3, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.setFont("Bold", 20)
    canvas.drawCentredString(105 * mm, 97 * mm, "党员先锋岗")
    canvas.setFillColorRGB(0, 0, 0)
    for height, size, font, key in _LINES:
        canvas.setFont(font, size)
        canvas.drawString(9 * mm, height * mm, row[key])
    canvas.drawImage(picture, 140 * mm, 35 * mm, 53 * mm, 53 * mm)
    canvas.setFont("Plain", 8)
    canvas.drawString(9 * mm, 10 * mm, "青禾县住房和城乡建设局")
    canvas.drawRightString(201 * mm, 10 * mm, "编号 0001-01　2026年11月16日发放　第57版")


def main(rows: list[dict[str, str]], out: str) -> None:
    for name, file in (("Plain", "400Regular/NotoSansSC_400Regular.ttf"), ("Bold", "700Bold/NotoSansSC_700Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, _FONTS / file))
    canvas = Canvas(out, pagesize=(210 * mm, 297 * mm))
    for row in rows:
        code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=4, box_size=1)
        code.add_data(row["link"])
        code.make()
        picture = ImageReader(code.make_image().get_image().convert("1"))
        for across, up, turn in ((210, 263.5, 180), (0, 33.5, 0)):
            canvas.saveState()
            canvas.translate(across * mm, up * mm)
            canvas.rotate(turn)
            face(canvas, row | _SAME, picture)
            canvas.restoreState()
        canvas.showPage()
    canvas.save()


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), sys.argv[2])
