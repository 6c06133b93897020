"""PDF of papers: plates, badges and posters in exact millimetres, one typst run for a whole batch (F19; design.md 3)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import typst

from domain.calendar import SHANGHAI
from domain.errors import LogoUnusable
from domain.papers import LONGEST_LINK, Face, Layout, day, spelt
from gateways import fonts, qr
from gateways.fonts import Lettering
from gateways.typesetting import Composing, Paper, compose

_MOST_MODULES = 33
_LARGEST_LOGO = 1024 * 1024
_LOGOS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"<svg", b"<?xml")
_WORDS = ("window", "post", "slogan", "bureau")

Tell = Callable[[int], None]


def draw(
    layout: Layout, faces: Sequence[Face], at: datetime, *, logo: bytes = b"", lettering: Lettering | None = None, tell: Tell = lambda _done: None
) -> Paper:
    """All faces in one file, the same bytes for the same faces and `at`. `tell` hears how many codes are made.

    Raises `FontsMissing`, `LogoUnusable`. `logo` is a PNG, JPEG or SVG for the middle of each code, a quarter of its width.
    """
    letters = lettering or fonts.lettering()
    composing = Composing(letters)
    rows = []
    for done, face in enumerate(faces, 1):
        rows.append(_row(face, composing))
        tell(done)
    notes = dict.fromkeys((*composing.notes, *_link_notes(faces, rows)))
    data = {"faces": rows, "title": f"{layout.chinese} {day(at.astimezone(SHANGHAI).date())}", "bureau": rows[0]["bureau"] if rows else ""}
    if logo:
        data["logo"] = list(_checked(logo))
    try:
        pdf, pages = compose(layout.value, data, letters, at)
    except typst.TypstError:
        if logo:
            raise LogoUnusable() from None
        raise
    return Paper(pdf, pages, tuple(notes))


def _row(face: Face, composing: Composing) -> dict[str, Any]:
    """The face as the templates read it, with its code."""

    def fitted(text: str) -> str:
        return composing.fitted(text, face.spoken)

    drawing = qr.drawing_of(face.link)
    row = asdict(face) | {word: fitted(getattr(face, word)) for word in _WORDS}
    row["holders"], row["honours"] = [fitted(name) for name in face.holders], list(face.honours)
    row["services"] = [(fitted(name), fitted(limit)) for name, limit in face.services]
    more = {"issued_on": day(face.issued_on), "spelt": spelt(face.code), "site": face.link.rpartition("/p/")[0]}
    return row | more | {"modules": drawing.modules, "path": drawing.path}


def _link_notes(faces: Iterable[Face], rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """About where the codes lead: the same for all, so said once."""
    for face, row in zip(faces, rows, strict=True):
        site = urlsplit(face.link)
        if site.hostname in ("127.0.0.1", "localhost", "::1"):
            yield f"二维码指向 {row['site']}，只有本机打得开。正式印制前，请先在 config.yaml 把 base_url 改成对外网址。"
        elif site.scheme != "https":
            yield f"二维码指向 {row['site']}，不是 https 网址，手机会提示不安全。请先在 config.yaml 改 base_url。"
        if row["modules"] > _MOST_MODULES:
            yield f"网址太长（{len(face.link)}个字符），二维码有{row['modules']}格，比{_MOST_MODULES}格难扫。请给系统换一个短网址（base_url）。"
        elif len(face.link) > LONGEST_LINK:
            yield f"网址偏长（{len(face.link)}个字符，宜在{LONGEST_LINK}个以内），二维码仍是{row['modules']}格，可以使用。"


def _checked(logo: bytes) -> bytes:
    """A picture that typst can draw, as far as its first signs tell."""
    if len(logo) > _LARGEST_LOGO or not logo.lstrip().startswith(_LOGOS):
        raise LogoUnusable()
    return logo
