"""What an account has made at the platform: menus, templates, tags, scenes, mini-program codes, links, media."""

from dataclasses import dataclass, field
from typing import Any

from emulator.seeds import Seeds
from emulator.templates import Template, starters


@dataclass(slots=True)
class Scene:
    """A parametric QR code (带参数二维码)."""

    appid: str
    ticket: str
    url: str
    scene: int | str
    ends: float  # 0: permanent


@dataclass(slots=True)
class Opening:
    """Something that opens a mini-program page: a code (小程序码), URL link or scheme."""

    appid: str
    path: str
    query: str
    ends: float = 0.0
    scene: str = ""


@dataclass(slots=True)
class Media:
    kind: str
    content_type: str
    data: bytes
    name: str
    ends: float = 0.0


@dataclass
class Console:
    """One account's own things."""

    templates: dict[str, Template]
    menu: dict[str, Any] | None = None
    conditional: dict[str, dict[str, Any]] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=lambda: {2: "星标组"})
    jsapi: tuple[str, float] = ("", 0.0)
    sent_ids: set[str] = field(default_factory=set)  # client_msg_id already taken
    permanent_codes: int = 0


class Consoles:
    def __init__(self, seeds: Seeds) -> None:
        self._seeds = seeds
        self._of: dict[str, Console] = {}
        self.scenes: dict[str, Scene] = {}
        self.scenes_by_url: dict[str, Scene] = {}
        self.openings: dict[str, Opening] = {}
        self.media: dict[str, Media] = {}
        self.plates: dict[str, str] = {}  # name → text of a printed code, for the scanner's list
        self.sensitive: dict[str, int] = {"赌博": 20006, "反动": 20001, "色情": 20002, "傻瓜": 20003, "刷单": 20008, "加微信": 10001}

    def of(self, appid: str) -> Console:
        if appid not in self._of:
            self._of[appid] = Console(starters(self._seeds, appid))
        return self._of[appid]
