"""bind: whoever joined since a campaign started gets its todos (A1, A20)."""

from datetime import timedelta

from domain.ports import House
from services import binding

EVERY = timedelta(hours=1)


def bind(house: House) -> int:
    """One round; how many campaigns run. Twice does no more than once."""
    with house.database.transaction() as db:
        return binding.keep_up_all(db, house.now())
