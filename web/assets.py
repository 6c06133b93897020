"""Static files: our own and an allow-list out of npm packages, in memory, under addresses that name their version."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from web.sheets import Sheet, sheet_of

_OWN = Path(__file__).parent / "static"
_PACKAGES = Path(__file__).parent.parent / "node_modules"
_KINDS = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}

VENDOR = {"weui": "dist/style/weui.min.css"}
"""npm package → the one file of it that is served; nothing else in node_modules can be reached."""


@dataclass(frozen=True)
class Assets:
    """Address → file; `styles` and `icon` are what every page links, in this order."""

    files: dict[str, Sheet]
    styles: tuple[str, ...]
    icon: str


def gather(packages: Path = _PACKAGES) -> Assets:
    """Read all files once. Packages that are not installed are left out: our own style sheet is enough to read every page."""
    there = {name: packages / name / file for name, file in VENDOR.items() if (packages / name / file).is_file()}
    vendor = {f"/static/vendor/{name}/{_version(packages / name)}/{path.name}": path for name, path in there.items()}
    own = {f"/static/web/{_digest(path)}/{path.name}": path for path in sorted(_OWN.iterdir()) if path.suffix in _KINDS}
    files = {address: sheet_of(path.read_bytes(), _KINDS[path.suffix]) for address, path in (vendor | own).items()}
    styles = tuple(address for address in (*vendor, *own) if address.endswith(".css"))
    return Assets(files, styles, next(address for address in own if address.endswith("icon.svg")))


def _version(package: Path) -> str:
    return str(json.loads((package / "package.json").read_text(encoding="utf-8"))["version"])


def _digest(path: Path) -> str:
    return hashlib.blake2s(path.read_bytes(), digest_size=6).hexdigest()
