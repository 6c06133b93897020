"""Answers as status, headers and body: what both ways out of this door, Flask's and the short ones, have in common."""

from collections.abc import Callable

import orjson
from flask import Response
from pydantic import BaseModel, ConfigDict

JSON = "application/json"
Counted = Callable[[str, int], None]
"""Told the route and status of every answer that Flask does not see: the meters belong to another door."""
Said = tuple[int, dict[str, str], bytes]
"""Status, headers, body."""

PRIVATE = {"Content-Type": JSON, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
"""Headers of an answer for one person: nobody on the way keeps it."""


class Answer(BaseModel):
    """What an answer holds. Most are written as plain JSON: pydantic builds a model when the first one is made, or the description drawn."""

    model_config = ConfigDict(defer_build=True)


def private(words: dict[str, object], status: int = 200) -> Response:
    """An answer for one person."""
    return response((status, PRIVATE, orjson.dumps(words)))


def response(said: Said) -> Response:
    status, headers, body = said
    return Response(body, status, headers)
