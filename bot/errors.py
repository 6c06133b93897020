"""Refusals in chat: one translator; every refusal already says what to do next."""

from bot.replies import Reply
from domain.errors import Refusal


def reply_to(refusal: Refusal) -> Reply:
    """The refusal's own sentence."""
    return Reply(refusal.text)
