"""Customer-service windows: what a person did opens a right to some messages for some time (wechat-platform.md §13)."""

from dataclasses import dataclass

from emulator.errors import Refusal

HOURS_48, MINUTE = 48 * 3600, 60
# (account kind, trigger) → messages, seconds
WINDOWS: dict[tuple[str, str], tuple[int, int]] = {
    ("service", "message"): (5, HOURS_48),
    ("service", "click"): (3, MINUTE),
    ("service", "subscribe"): (3, MINUTE),
    ("service", "scan"): (3, MINUTE),
    ("mini", "message"): (5, HOURS_48),
    ("mini", "enter"): (2, MINUTE),
}


@dataclass(slots=True)
class Window:
    trigger: str
    left: int
    ends: float


class Windows:
    """Per (appid, openid) the open windows; a new one of the same trigger replaces the old."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, str], dict[str, Window]] = {}

    def open(self, appid: str, openid: str, kind: str, trigger: str, now: float) -> None:
        granted = WINDOWS.get((kind, trigger))
        if granted is not None:
            count, seconds = granted
            self._open.setdefault((appid, openid), {})[trigger] = Window(trigger, count, now + seconds)

    def spend(self, appid: str, openid: str, now: float) -> None:
        """Use one message, from the window that ends first. Raises 45015 (closed) or 45047 (used up)."""
        living = [window for window in self._open.get((appid, openid), {}).values() if window.ends > now]
        if not living:
            raise Refusal(45015)
        with_rest = sorted((window for window in living if window.left > 0), key=lambda window: window.ends)
        if not with_rest:
            raise Refusal(45047)
        with_rest[0].left -= 1

    def close(self, appid: str, openid: str) -> None:
        self._open.pop((appid, openid), None)

    def state(self, appid: str, openid: str, now: float) -> list[dict[str, object]]:
        windows = self._open.get((appid, openid), {}).values()
        return [{"trigger": w.trigger, "left": w.left, "seconds": int(w.ends - now)} for w in windows if w.ends > now]
