"""Static files: our own and an allow-list out of npm packages, in memory, under addresses that name their version."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from web.sheets import Sheet, sheet_of

_OWN = Path(__file__).parent / "static"
_PACKAGES = Path(__file__).parent.parent / "node_modules"
_KINDS = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".js": "text/javascript; charset=utf-8"}

VENDOR = {"weui": "dist/style/weui.min.css", "@tabler/core": "dist/css/tabler.min.css", "htmx.org": "dist/htmx.min.js", "weixin-js-sdk": "index.js"}
"""npm package → the one file of it that is served; nothing else in node_modules can be reached."""
PUBLIC, CONSOLE = ("weui.min.css", "public.css"), ("tabler.min.css", "console.css", "htmx.min.js")
"""What the pages of each side link, in this order."""
SHARE = ("share.js", "index.js")
"""What a page that is shared loads inside WeChat: our script, and WeChat's own."""


@dataclass(frozen=True)
class Assets:
    """Address → where the file is; it is read and packed when it is first asked for: a worker starts without."""

    paths: Mapping[str, Path]
    _read: dict[str, Sheet] = field(default_factory=dict)

    def file(self, address: str) -> Sheet | None:
        path = self.paths.get(address)
        if path is not None and address not in self._read:
            self._read[address] = sheet_of(path.read_bytes(), _KINDS[path.suffix])
        return self._read.get(address)

    def linked(self, names: Iterable[str], kind: str) -> tuple[str, ...]:
        """The addresses of the files of this kind (“.css”) among `names`, in their order; what is not installed is left out."""
        known = {path.name: address for address, path in self.paths.items()}
        return tuple(known[name] for name in names if name.endswith(kind) and name in known)

    @property
    def icon(self) -> str:
        return self.linked(["icon.svg"], ".svg")[0]


def gather(packages: Path = _PACKAGES) -> Assets:
    """Find all files once. Packages that are not installed are left out: our own style sheets are enough to read every page."""
    there = {name: packages / name / file for name, file in VENDOR.items() if (packages / name / file).is_file()}
    vendor = {f"/static/vendor/{name}/{_version(packages / name)}/{path.name}": path for name, path in there.items()}
    own = {f"/static/web/{_digest(path)}/{path.name}": path for path in sorted(_OWN.iterdir()) if path.suffix in _KINDS}
    return Assets(vendor | own)


def _version(package: Path) -> str:
    return str(json.loads((package / "package.json").read_text(encoding="utf-8"))["version"])


def _digest(path: Path) -> str:
    return hashlib.blake2s(path.read_bytes(), digest_size=6).hexdigest()
