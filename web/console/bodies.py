"""机构: the tree of bodies; the office adds, renames, moves and closes them (A20, F10)."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain.bodies import KINDS, TRACKS, track_words
from domain.calendar import local_day
from domain.permissions import Can, may
from domain.quoting import inner
from services import bodies, tracks
from web import here
from web.codes import read_id
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("bodies", "机构", rank=52)
_TRACKS = tuple(TRACKS.items())
_ADDED = [(kind, words) for kind, words in KINDS.items() if kind != "committee"]


@room.page("/", needs=Can.READ_PEOPLE, entry="机构")
def tree() -> Response:
    """The whole tree, and the form for a new body."""
    house = here.house()
    day = local_day(house.now())
    with house.database.reading() as db:
        nodes = bodies.tree(db, day)
    parents = [(node.id, f"{'　' * node.depth}{node.name}") for node in nodes if node.kind in KINDS]
    rights = {"may_keep": may(me(), Can.KEEP_REGISTER), "may_open": may(me(), Can.KEEP_WINDOWS)}
    return draw("bodies.html", nodes=nodes, kinds=_ADDED, tracks=_TRACKS, parents=parents, words_of_track=track_words, **rights)


@room.deed("/add", needs=Can.KEEP_REGISTER, page=tree)
def add() -> AnyResponse:
    """A new body."""
    house, said = here.house(), request.form
    with house.database.transaction() as db:
        bodies.add(db, me(), said.get("kind", ""), said.get("name", ""), read_id(said.get("parent", "")), house.now(), said.get("track", ""))
    return done(f"已设立“{inner(said.get('name', '').strip())}”。", "/console/bodies/")


@room.page("/<int:body_id>", needs=Can.KEEP_REGISTER)
def body(body_id: int) -> Response:
    """One body: rename, move, close."""
    house = here.house()
    with house.database.reading() as db:
        nodes = bodies.tree(db, local_day(house.now()))
    found = bodies.node_of(nodes, body_id)
    parents = [(node.id, f"{'　' * node.depth}{node.name}") for node in nodes if node.kind in KINDS and node.id != body_id]
    return draw("body.html", one=found, parents=parents, tracks=_TRACKS)


@room.page("/<int:body_id>/track", needs=Can.KEEP_REGISTER)
def track_preview(body_id: int) -> Response:
    """What a change of track would do to the todos of running campaigns. Raises `NoSuchBody`, `NoTrack`, `SameTrack`."""
    house, to = here.house(), request.values.get("to", "")[:40]
    with house.database.reading() as db:
        found = bodies.node_of(bodies.tree(db, local_day(house.now())), body_id)
        effects = tracks.preview(db, me(), body_id, to, house.now())
    return draw("body_track.html", one=found, before=track_words(found.track), after=track_words(to), to=to, effects=effects)


@room.deed("/<int:body_id>/track/change", needs=Can.KEEP_REGISTER, page=body)
def change_track(body_id: int) -> AnyResponse:
    """改分类指导."""
    house = here.house()
    with house.database.transaction() as db:
        effects = tracks.change(db, me(), body_id, request.form.get("to", "")[:40], house.now())
    begun, ended = sum(one.begins for one in effects), sum(one.ends for one in effects)
    return done(f"分类指导已改：新增待办{begun}项，撤销未办的待办{ended}项。", f"/console/bodies/{body_id}")


@room.deed("/<int:body_id>/rename", needs=Can.KEEP_REGISTER, page=body)
def rename(body_id: int) -> AnyResponse:
    """改名."""
    house = here.house()
    with house.database.transaction() as db:
        bodies.rename(db, me(), body_id, request.form.get("name", ""), house.now())
    return done("名称已改，公开页面随之更新。", "/console/bodies/")


@room.deed("/<int:body_id>/move", needs=Can.KEEP_REGISTER, page=body)
def move(body_id: int) -> AnyResponse:
    """移到另一个上级下面."""
    house = here.house()
    with house.database.transaction() as db:
        bodies.move(db, me(), body_id, read_id(request.form.get("parent", "")), house.now())
    return done("已移动。", "/console/bodies/")


@room.deed("/<int:body_id>/close", needs=Can.KEEP_REGISTER, page=body)
def close(body_id: int) -> AnyResponse:
    """撤销."""
    house = here.house()
    with house.database.transaction() as db:
        bodies.close(db, me(), body_id, house.now())
    return done("已撤销，以往记录仍然保留。", "/console/bodies/")
