"""Commands of the chat, one file a duty; ORDER is the order in which they are tried."""

from bot.commands import fallback, following, guided, identity, message_consents, objections, pledges, progress, rate, signing_in, todos, verdicts
from bot.router import Router

ORDER = (signing_in, identity, objections, following, message_consents, todos, pledges, verdicts, rate, guided, progress, fallback)

router = Router([command for duty in ORDER for command in duty.router.commands])
