"""The two isolated access_token spaces, plain and stable (wechat-platform.md §5)."""

from dataclasses import dataclass, field

from emulator.accounts import Account
from emulator.errors import Refusal
from emulator.seeds import OPENID, Seeds

LIFE = 7200
OVERLAP = 300  # the old token lives on for so long after a new one
FORCED_A_DAY = 20
FORCED_GAP = 30  # seconds between two force_refresh
SHORTEST = 20  # anything shorter was never a token: 40014


@dataclass(slots=True)
class Token:
    text: str
    ends: float
    revoked: bool = False


@dataclass
class Space:
    """One account's tokens of one kind, the current one last."""

    tokens: list[Token] = field(default_factory=list)
    forced: list[tuple[str, float]] = field(default_factory=list)


class Tokens:
    def __init__(self, seeds: Seeds) -> None:
        self._seeds = seeds
        self._spaces: dict[tuple[str, str], Space] = {}
        self._owner: dict[str, tuple[Account, Token]] = {}

    def _space(self, account: Account, kind: str) -> Space:
        return self._spaces.setdefault((account.appid, kind), Space())

    def _issue(self, account: Account, space: Space, now: float) -> Token:
        number = 70 + len(self._owner) % 30
        token = Token(f"{number}_" + self._seeds.running("token", 133, OPENID), now + LIFE)
        space.tokens = [*space.tokens[-1:], token]
        self._owner[token.text] = (account, token)
        return token

    def plain(self, account: Account, now: float) -> tuple[str, int]:
        """Always a new token; the one before lives five more minutes, older ones die."""
        space = self._space(account, "plain")
        for old in space.tokens[:-1]:
            old.revoked = True
        if space.tokens:
            space.tokens[-1].ends = min(space.tokens[-1].ends, now + OVERLAP)
        return self._issue(account, space, now).text, LIFE

    def stable(self, account: Account, now: float, day: str, force: bool) -> tuple[str, int]:
        """The same token while it lives, renewed five minutes before its end; `force` kills it at once, within limits."""
        space = self._space(account, "stable")
        current = space.tokens[-1] if space.tokens else None
        if current and force and self._may_force(space, now, day):
            current.revoked = True
            space.forced.append((day, now))
            current = None
        if current is None or current.ends - now <= OVERLAP:
            current = self._issue(account, space, now)
        return current.text, int(current.ends - now)

    @staticmethod
    def _may_force(space: Space, now: float, day: str) -> bool:
        space.forced = [(on, at) for on, at in space.forced if on == day]
        return len(space.forced) < FORCED_A_DAY and not any(0 <= now - at < FORCED_GAP for _, at in space.forced)

    def owner(self, text: str, now: float) -> Account:
        """Whose token this is. Raises 41001, 40014, 40001 or 42001."""
        if not text:
            raise Refusal(41001)
        found = self._owner.get(text)
        if found is None:
            raise Refusal(40014 if len(text) < SHORTEST else 40001)
        account, token = found
        if token.revoked:
            raise Refusal(40001)
        if now >= token.ends:
            raise Refusal(42001)
        return account

    def expire(self, account: Account, how: str, now: float) -> int:
        """Kill all tokens of an account at once, as `expired` or `revoked`; how many."""
        mine = [token for owner, token in self._owner.values() if owner is account and not token.revoked and token.ends > now]
        for token in mine:
            token.revoked = how == "revoked"
            token.ends = now
        return len(mine)
