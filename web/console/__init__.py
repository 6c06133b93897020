"""工作台 /console: the office's pages. How to hang a page here:

1. One file a subject, `web/console/<noun>.py`, with a `Room` and its views; one template a page, `web/templates/console/<noun>.html`::

       room = Room("plates", "座牌", rank=40)                      # /console/plates; in the menu by rank

       @room.page("/", needs=Can.ISSUE_PLATE, entry="座牌")         # a GET page; `entry` puts it into the menu of all who could
       def listed() -> Response:
           with here.house().database.reading() as db:
               return draw("plates.html", plates=plate_list.of(db, me(), ...))

       @room.deed("/<int:plate_id>/revoke", needs=Can.ISSUE_PLATE, page=listed)      # a POST; `page` draws it again on a refusal
       def revoke(plate_id: int) -> AnyResponse:
           with here.house().database.transaction() as db:
               badges.revoke(db, me(), plate_id, request.form.get("why", ""), here.house().now())
           return done("已停用。", "/console/plates/")               # says so on the next page (303)

2. Its name in ROOMS below.

`Room` sees to the rest: who is signed in (`me()`, with the seat he acts as), whether he could do the deed at all, the sender of a form
(guard.py), refusals (a sentence on top, the form as it was filled in), and a session that ended meanwhile (sign in, then go on with the
form). The service asks the by-law again, with the thing. A deed's `page` takes the deed's own arguments or fewer, by name.

Templates extend `console/base.html` and take fields and lists from `console/_parts.html`: `field`, `choice`, `send`, `filter_bar`, `pager`.
A field keeps what was typed by `filled(name, otherwise)`. Lists page by key: pass `more` (the last key, or none) and use `pager(more)`; `at(after=…)`
is the present address with one part of its query changed, `asked(name)` what it says now. A filter form with `filter_bar` swaps only
`#list` where htmx runs and loads the whole page where it does not. Files leave by `download(body, "名单.xlsx")` and come by `web.files.take(me())`.

A thing that waits for somebody: `services/desk.py: SOURCES`, and where it opens: `web/console/desk.py: OPENS`.
"""

from flask import Flask

from web.console import (
    arrears,
    batches,
    bodies,
    campaign_loading,
    campaigns,
    cards,
    cause_releases,
    desk,
    drafting,
    flags,
    identity,
    letters,
    machine,
    objections,
    own_data,
    people,
    people_changes,
    pledge_writing,
    pledges,
    posts,
    print_jobs,
    prints,
    publicity,
    rectifications,
    rehearsals,
    reviews,
    roster,
    schedule,
    schedule_changes,
    seats,
    signing_in,
    steps,
    todos,
    windows,
    works,
)
from web.console.room import Room

ROOMS: tuple[Room, ...] = (
    arrears.room,
    batches.room,
    bodies.room,
    campaign_loading.room,
    campaigns.room,
    cards.room,
    cause_releases.room,
    desk.room,
    drafting.room,
    flags.room,
    identity.room,
    letters.room,
    machine.room,
    objections.room,
    own_data.room,
    people.room,
    people_changes.room,
    pledge_writing.room,
    pledges.room,
    posts.room,
    print_jobs.room,
    prints.room,
    publicity.room,
    rectifications.room,
    rehearsals.room,
    reviews.room,
    roster.room,
    schedule.room,
    schedule_changes.room,
    seats.room,
    signing_in.room,
    steps.room,
    todos.room,
    windows.room,
    works.room,
)


def hang(flask: Flask) -> None:
    """Hang the console into the application."""
    flask.extensions["console_rooms"] = sorted(ROOMS, key=lambda room: room.rank)
    for room in ROOMS:
        flask.register_blueprint(room)
