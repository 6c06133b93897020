"""PDF of papers: plates, badges and posters in exact millimetres, one typst run for a whole batch (F19; design.md 3)."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import typst

from domain.calendar import SHANGHAI
from domain.errors import LogoUnusable
from domain.papers import LONGEST_LINK, Face, Layout, day, spelt
from gateways import fonts, qr
from gateways.fonts import Lettering

_PAPERS = Path(__file__).parent / "papers"
_PER_SHEET = {Layout.BADGE: 10}
_MOST_MODULES = 33
_LARGEST_LOGO = 1024 * 1024
_LOGOS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"<svg", b"<?xml")
_WORDS = ("window", "post", "slogan", "bureau")

Tell = Callable[[int], None]


@dataclass(frozen=True)
class Paper:
    """A finished file. `notes` are sentences about what a person should look at before it goes on a desk."""

    pdf: bytes
    pages: int
    notes: tuple[str, ...]


def draw(
    layout: Layout, faces: Sequence[Face], at: datetime, *, logo: bytes = b"", lettering: Lettering | None = None, tell: Tell = lambda _done: None
) -> Paper:
    """All faces in one file, the same bytes for the same faces and `at`. `tell` hears how many codes are made.

    Raises `FontsMissing`, `LogoUnusable`. `logo` is a PNG, JPEG or SVG for the middle of each code, a quarter of its width.
    """
    letters = lettering or fonts.lettering()
    notes: dict[str, None] = {}
    rows = []
    for done, face in enumerate(faces, 1):
        rows.append(_row(face, letters, notes))
        tell(done)
    notes.update(dict.fromkeys(_link_notes(faces, rows)))
    data = {"faces": rows, "title": f"{layout.chinese} {day(at.astimezone(SHANGHAI).date())}", "bureau": rows[0]["bureau"] if rows else ""}
    if logo:
        data["logo"] = list(_checked(logo))
    pdf = _compile(_PAPERS / f"{layout.value}.typ", data, letters, at)
    return Paper(pdf, -(-len(faces) // _PER_SHEET.get(layout, 1)), tuple(notes))


def _compile(paper: Path, data: dict[str, Any], letters: Lettering, at: datetime) -> bytes:
    compiler = typst.Compiler(paper, root=_PAPERS, font_paths=letters.fonts, ignore_system_fonts=True, sys_inputs={"data": json.dumps(data)})
    try:
        pdf = compiler.compile(format="pdf", timestamp=int(at.timestamp()), pdf_tags=False)
    except typst.TypstError:
        if "logo" in data:
            raise LogoUnusable() from None
        raise
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is one file")
    return pdf


def _row(face: Face, letters: Lettering, notes: dict[str, None]) -> dict[str, Any]:
    """The face as the templates read it, with its code; what cannot be drawn goes into `notes`."""

    def fitted(text: str) -> str:
        drawn, missing = letters.fitted(text)
        for sign in missing:
            notes[_missing(face, text, sign)] = None
        return drawn

    drawing = qr.drawing_of(face.link)
    row = asdict(face) | {word: fitted(getattr(face, word)) for word in _WORDS}
    row["holders"], row["honours"] = [fitted(name) for name in face.holders], list(face.honours)
    row["services"] = [(fitted(name), fitted(limit)) for name, limit in face.services]
    more = {"issued_on": day(face.issued_on), "spelt": spelt(face.code), "site": face.link.rpartition("/p/")[0]}
    return row | more | {"modules": drawing.modules, "path": drawing.path}


def _missing(face: Face, text: str, sign: str) -> str:
    return (
        f"{face.spoken}：“{text}”里的“{sign}”(U+{ord(sign):04X})字库里没有，牌上留了方框，请手写；"
        "或由运维人员执行 apt-get install fonts-hanazono 后重新打印。"
    )


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
