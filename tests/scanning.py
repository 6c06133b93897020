"""Scanners: a PDF's pages as pictures, and the codes that two independent decoders see on them."""

import pypdfium2
import zxingcpp
from PIL.Image import Image
from pyzbar import pyzbar


def pages_of(pdf: bytes, dpi: int = 150) -> list[Image]:
    """Every page as a printer at this resolution would have it."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


def sizes_of(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page in millimetres, to a hundredth."""
    document = pypdfium2.PdfDocument(pdf)
    return [(round(width / 72 * 25.4, 2), round(height / 72 * 25.4, 2)) for width, height in (page.get_size() for page in document)]


def words_of(pdf: bytes) -> list[str]:
    """The text of every page."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


def zbar(page: Image) -> list[str]:
    """What zbar reads."""
    return sorted(found.data.decode() for found in pyzbar.decode(page, symbols=[pyzbar.ZBarSymbol.QRCODE]))


def zxing(page: Image) -> list[str]:
    """What ZXing reads."""
    return sorted(found.text for found in zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode))


def corners(page: Image) -> list[tuple[int, int, int, int]]:
    """Left, top, right, bottom of every upright code without its border, in pixels."""
    found = (result.position for result in zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode))
    return [(at.top_left.x, at.top_left.y, at.bottom_right.x, at.bottom_right.y) for at in found]
