"""How often one network address may come: counted in the store; a store that does not answer lets everybody pass (R13, R22)."""

from domain.errors import TooOften
from web import here
from web.refusals import TooManyObjectionsHere, TooManyPages, TooManyRatings
from web.visitors import network

_MINUTE, _HOUR = 60, 3600


def pages() -> None:
    """Lists, searches and wrong codes count (R37); a plate's own page does not: a full hall may share one address. Raises `TooManyPages`."""
    _count("pages", here.house().settings.browser.pages_per_minute, _MINUTE, TooManyPages)


def ratings() -> None:
    """Raises `TooManyRatings`."""
    _count("ratings", here.house().settings.browser.ratings_per_hour, _HOUR, TooManyRatings)


def objections() -> None:
    """Raises `TooManyObjectionsHere`."""
    _count("objections", here.house().settings.browser.ratings_per_hour, _HOUR, TooManyObjectionsHere)


def _count(what: str, most: int, span: int, refusal: type[TooOften]) -> None:
    """Count in spans of the clock, so that the refusal can say exactly when the next one begins."""
    house = here.house()
    slot, into = divmod(int(house.now().timestamp()), span)
    n = house.store.count(f"web:{what}:{slot}:{network()}", span)
    if n is not None and n > most:
        raise refusal(span - into, minutes=-(-(span - into) // 60))
