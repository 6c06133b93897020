"""Which deed a page needs: said beside every route, asked of the by-law before the view runs (style.md 4)."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from domain.actor import NOBODY
from domain.errors import NotAllowed, Refusal
from domain.permissions import Can, may
from web.visitors import visitor

P = ParamSpec("P")
R = TypeVar("R")

DEED = "__needs__"
"""Where a view keeps its deed; the test that walks all routes reads it."""


def needs(deed: Can, otherwise: type[Refusal] = NotAllowed) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """The view is for whoever may do `deed`, others get `otherwise`; what the by-law gives to everybody costs nothing at run time."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def asked(*args: P.args, **named: P.kwargs) -> R:
            if not may(visitor(), deed):
                raise otherwise()
            return view(*args, **named)

        guarded = view if may(NOBODY, deed) else asked
        setattr(guarded, DEED, deed)
        return guarded

    return mark
