"""Room: one subject of the console as a blueprint whose pages and deeds know who is there (web/console/__init__.py tells how)."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

from flask import Blueprint, g, redirect, request, url_for
from sqlalchemy.exc import DataError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from domain.errors import Refusal
from domain.permissions import Can
from web.console import errors
from web.console.menu import Entry
from web.console.signed_in import enter
from web.deeds import DEED
from web.files import LARGEST_FORM
from web.guard import own_pages_only

View = Callable[..., AnyResponse]
RESTORED = "restored-form"
"""A field that says: draw the page with these words, do nothing yet."""


class Room(Blueprint):
    """Complete at import: pages, deeds and error handlers are attached in its own file."""

    def __init__(self, name: str, chinese: str, rank: int = 50, at: str | None = None) -> None:
        super().__init__(f"web_console_{name}", __name__, url_prefix=f"/console/{name}" if at is None else at)
        self.chinese, self.rank = chinese, rank
        self.menu: list[Entry] = []
        self.register_error_handler(Refusal, errors.of_refusal)
        self.register_error_handler(StaleDataError, errors.of_lost_race)
        self.register_error_handler(DataError, errors.of_unreadable_signs)
        self.register_error_handler(HTTPException, errors.of_http)

    def page(self, rule: str, *, needs: Can, entry: str = "") -> Callable[[View], View]:
        """A page to look at."""

        def hang(view: View) -> View:
            @wraps(view)
            def guarded(**named: Any) -> AnyResponse:
                enter(needs)
                return view(**named)

            setattr(guarded, DEED, needs)
            self.add_url_rule(rule, view.__name__, guarded, methods=["GET"])
            if entry:
                self.menu.append(Entry(entry, f"{self.name}.{view.__name__}", needs))
            return guarded

        return hang

    def deed(self, rule: str, *, needs: Can, page: View) -> Callable[[View], View]:
        """A form's deed. `page` is the page that holds the form: drawn again, filled in, when the deed is refused."""
        wanted = signature(page).parameters

        def hang(view: View) -> View:
            @wraps(view)
            def guarded(**named: Any) -> AnyResponse:
                its = {name: value for name, value in named.items() if name in wanted}
                if request.method != "POST":
                    enter(needs)
                    return redirect(url_for(f".{page.__name__}", **its), 303)
                request.max_content_length = LARGEST_FORM
                own_pages_only(said_aloud=True)
                enter(needs)
                g.form_page = lambda: page(**its)
                if RESTORED in request.form:
                    return errors.again("您刚才填写的内容还在，请核对后再提交。", 200)
                return view(**named)

            setattr(guarded, DEED, needs)
            self.add_url_rule(rule, view.__name__, guarded, methods=["GET", "POST"])
            return guarded

        return hang
