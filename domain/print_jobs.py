"""打印任务 print_job: what somebody wants on paper, as it is kept until it is drawn, and what the drawer is told (F19)."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from domain.listings import Size
from domain.notice_boards import Hanging, NoticeBoard
from domain.papers import Document, Face, Layout

MOST_PIECES = {Document.POSTER: 200, Document.SLOGANS: 200}
"""Pages of one file that are each set by themselves; a board and a sheet of plates may have a thousand pieces."""
MOST_PLATES = 1000


@dataclass(frozen=True)
class Wish:
    """One paper. `kind` is a plate's sheet or a document; plates are chosen by `posts` (none: all that the person may print),
    boards by branch, window or a single pledge's `code` (none of them: the whole bureau).
    """

    kind: Layout | Document
    posts: tuple[int, ...] = ()
    reprint: bool = False
    why: str = ""
    branch_id: int | None = None
    window_id: int | None = None
    code: str = ""
    size: Size = Size.A4
    period: str = ""

    @property
    def kept(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self) | {"posts": list(self.posts)}

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "Wish":
        kind = kept["kind"]
        plates = kind in [layout.value for layout in Layout]
        parts = {"kind": Layout(kind) if plates else Document(kind), "posts": tuple(kept["posts"]), "size": Size(kept["size"])}
        return cls(**(kept | parts))


@dataclass(frozen=True)
class Plates:
    """What the drawer of plates is told."""

    layout: Layout
    faces: tuple[Face, ...]
    at: datetime


@dataclass(frozen=True)
class Boards:
    """What the drawer of boards, posters and slogans is told."""

    document: Document
    board: NoticeBoard
    hanging: Hanging
    at: datetime


Content = Plates | Boards
