"""Pictures drawn anew, without what a camera wrote beside them (F58, T19). Loaded when the first one comes (decision 10)."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from domain.files import Kind, PictureUnreadable

_MOST_PIXELS = 60_000_000
_LONGEST_SIDE = 2560
"""Pixels kept of a picture: a printed A4 page needs no more."""
_PILLOW = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP"}


def drawn_anew(name: str, kind: Kind, raw: bytes) -> tuple[Kind, bytes]:
    """The picture upright and of sensible size, without EXIF: no place, no time, no camera."""
    try:
        with Image.open(io.BytesIO(raw), formats=[_PILLOW[kind]]) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise PictureUnreadable(name=name)
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise PictureUnreadable(name=name) from None
    out = io.BytesIO()
    target = Kind.PNG if plain.mode == "RGBA" else Kind.JPEG
    plain.save(out, _PILLOW[target], quality=85, optimize=True)
    return target, out.getvalue()
