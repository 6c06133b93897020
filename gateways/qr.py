"""QR pictures of landing links: level Q, four modules of border, dark on white, no colour near the code (F18)."""

import io

import qrcode
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.image.svg import SvgPathImage


def svg_of(link: str) -> bytes:
    """The code of a link as an SVG picture of its own (scales to any size)."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=4, box_size=10)
    code.add_data(link)
    code.make(fit=True)
    out = io.BytesIO()
    code.make_image(image_factory=SvgPathImage).save(out)
    return out.getvalue()
