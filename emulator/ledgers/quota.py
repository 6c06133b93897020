"""Daily counters, per-minute limits and their ten resets a month (接口调用额度, wechat-platform.md §18)."""

from collections import Counter, deque
from dataclasses import dataclass

from emulator.accounts import Account
from emulator.errors import Refusal

CLEARS_A_MONTH = 10


@dataclass(frozen=True, slots=True)
class Limit:
    """`daily` calls a day, `burst` calls in `seconds`; 0 = no such limit. `burst_code` is the errcode past the burst."""

    daily: int = 0
    burst: int = 0
    seconds: int = 60
    burst_code: int = 45011


class Quotas:
    def __init__(self) -> None:
        self._used: Counter[tuple[str, str, str]] = Counter()
        self._recent: dict[tuple[str, str], deque[float]] = {}
        self._own: dict[tuple[str, str], int] = {}
        self._cleared: Counter[tuple[str, str]] = Counter()

    def daily(self, account: Account, path: str, limit: Limit) -> int:
        return self._own.get((account.appid, path), limit.daily)

    def used(self, account: Account, path: str, day: str) -> int:
        return self._used[account.appid, path, day]

    def count(self, account: Account, path: str, limit: Limit, day: str, now: float) -> None:
        """Book one call. Raises 45009 past the day's limit, the burst code past the minute's."""
        daily = self.daily(account, path, limit)
        key = (account.appid, path, day)
        if daily and self._used[key] >= daily:
            raise Refusal(45009)
        if limit.burst:
            self._count_burst((account.appid, path), limit, now)
        self._used[key] += 1

    def _count_burst(self, key: tuple[str, str], limit: Limit, now: float) -> None:
        recent = self._recent.setdefault(key, deque())
        while recent and recent[0] <= now - limit.seconds:
            recent.popleft()
        if len(recent) >= limit.burst:
            raise Refusal(limit.burst_code)
        recent.append(now)

    def clear(self, account: Account, day: str, path: str = "") -> None:
        """Reset one path or all of an account. Raises 48006 after ten in a month."""
        month = (account.appid, day[:7])
        if self._cleared[month] >= CLEARS_A_MONTH:
            raise Refusal(48006)
        self._cleared[month] += 1
        for key in [key for key in self._used if key[0] == account.appid and path in ("", key[1])]:
            del self._used[key]

    def set(self, account: Account, path: str, day: str, used: int | None, daily: int | None) -> None:
        """For rehearsals: a quota nearly used, or another cap."""
        if used is not None:
            self._used[account.appid, path, day] = used
        if daily is not None:
            self._own[account.appid, path] = daily

    def public(self, day: str) -> list[dict[str, object]]:
        return [{"appid": appid, "path": path, "used": used} for (appid, path, on), used in self._used.items() if on == day]
