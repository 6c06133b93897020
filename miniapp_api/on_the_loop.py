"""A short way for ratings: read on the event loop, done with all that wait beside it, answered on the loop (performance.md, API rating).

The route POST /ratings does the same in a thread; both read, count and refuse by the same functions, so both say the same bytes.
"""

from collections.abc import Mapping

from flask import Flask

from domain.ports import House
from miniapp_api import errors, limits, reading
from miniapp_api.answers import PRIVATE, Counted, Said
from miniapp_api.desk import rate_all
from miniapp_api.door import bearer
from miniapp_api.rating_forms import RatingForm, RatingHeaders
from miniapp_api.ratings import wish_of
from services.waiting import done_together


class Ratings:
    """Answers POST /api/v1/ratings without Flask and without a thread for each."""

    route = ("POST", "/api/v1/ratings")

    def __init__(self, flask: Flask, counted: Counted) -> None:
        self._house: House = flask.extensions["house"]
        self._limits = limits.kept_by(flask)
        self._counted = counted

    async def respond(self, headers: Mapping[str, str], body: bytes) -> Said:
        """(status, headers, body). `headers` answers `get` by lower-case names."""
        try:
            said = await self._rated(headers, body)
        except Exception as error:
            said = errors.said(error, self.route[1])
        self._counted(self.route[1], said[0])
        return said

    async def _rated(self, headers: Mapping[str, str], body: bytes) -> Said:
        token = bearer(headers.get("authorization"))
        key = reading.checked(RatingHeaders, {"Idempotency-Key": given} if (given := headers.get("idempotency-key")) is not None else {}).key
        reading.check_kind(headers.get("content-type"), headers.get("content-encoding"))
        form = reading.parsed(RatingForm, body)
        self._limits.writing(self._house, token)
        answered = await done_together(self._house.database, rate_all, wish_of(self._house, token, key, form))
        self._limits.seen(token, answered.contact)
        return 201, PRIVATE, answered.body
