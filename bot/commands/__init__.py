"""Commands of the chat, one file a duty; the order of this list is the order in which they are tried."""

from bot.commands import following, rate, guided, progress, staff, fallback  # noqa: I001 -- the order is the rule
from bot.router import router

ALL = (following, rate, guided, progress, staff, fallback)
__all__ = ["ALL", "router"]
