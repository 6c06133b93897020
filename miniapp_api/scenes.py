"""Scenes: what stands in a printed code, however it was scanned (wechat-platform.md §16, F18)."""

from urllib.parse import unquote


def read_scene(said: str) -> str:
    """The plate's code: as printed, as a mini-program scene (`p:` before it), or as a scene that was encoded twice on its way."""
    return unquote(said).strip().removeprefix("p:").lower()
