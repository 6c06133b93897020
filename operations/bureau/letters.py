"""Letters of the fortnight: the old ones were delivered in their time, those of the last working day wait for the clock."""

from domain.letters import Delivery, Outcome
from operations.bureau.ground import Ground
from services import letters

_CARRIER = "demo"
_MOST = 5000


def deliver_past(ground: Ground) -> None:
    """Settle what was due before the last working day, so that starting the demo does not pour two weeks onto the phones."""
    then = ground.moment(ground.last_worked, 0)
    claimed = letters.claim(ground.db, _CARRIER, then, _MOST)
    letters.settle(ground.db, _CARRIER, [(letter, Delivery(Outcome.SENT, "chat")) for letter in claimed], then)
