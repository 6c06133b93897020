"""分类指导: what a change of track does is seen before it is done: new tasks begin, open ones end, work done stays (B22, F05)."""

import pytest

from domain.bodies import NoSuchBody, NoTrack, SameTrack, TrackUnreadable
from domain.errors import NotAllowed
from domain.flows.todos import TodoState
from models import todos as table
from models.campaigns import TaskRow
from models.todos import Todo
from services import binding, campaigns, tracks
from services.tracks import Effect
from tests.bureau import Bureau
from tests.services.test_todos import spring


@pytest.fixture(autouse=True)
def running(bureau: Bureau) -> None:
    with bureau.house.database.transaction() as db:
        office = bureau.actor("office")
        campaigns.load(db, office, spring(), bureau.house.now())
        binding.start(db, office, "spring", bureau.house.now())


def change(bureau: Bureau, track: str, body: int = 0, by: str = "office") -> list[Effect]:
    with bureau.house.database.transaction() as db:
        return tracks.change(db, bureau.actor(by), body or bureau.branch, track, bureau.house.now())


def state(bureau: Bureau, task: str = "三服务") -> list[str]:
    with bureau.house.database.reading() as db:
        row = db.query(TaskRow).filter(TaskRow.title == task).one()
        return [todo.state for todo in table.of_task(db, row.id)]


def test_a_preview_tells_and_changes_nothing(bureau: Bureau) -> None:
    with bureau.house.database.reading() as db:
        told = tracks.preview(db, bureau.actor("office"), bureau.branch, "enterprise", bureau.house.now())
    assert told == [Effect("春季示范活动", "三服务", 1, 0)]
    assert state(bureau) == []


def test_tasks_of_the_track_begin_end_and_come_back(bureau: Bureau) -> None:
    assert change(bureau, "enterprise") == [Effect("春季示范活动", "三服务", 1, 0)]
    assert state(bureau) == ["open"]
    assert change(bureau, "agency") == [Effect("春季示范活动", "三服务", 0, 1)]
    assert state(bureau) == ["dropped"]
    change(bureau, "enterprise")
    assert state(bureau) == ["open"]


def test_what_was_handed_in_stays(bureau: Bureau) -> None:
    change(bureau, "enterprise")
    with bureau.house.database.transaction() as db:
        row = db.query(Todo).filter(Todo.state == "open").order_by(Todo.id.desc()).first()
        for todo in table.of_task(db, row.task_id):
            todo.state = TodoState.HANDED_IN.value
        handed_in = row.task_id
    assert [effect.ends for effect in change(bureau, "")] == [0]
    with bureau.house.database.reading() as db:
        assert {todo.state for todo in table.of_task(db, handed_in)} == {"handed_in"}


def test_a_table_that_changes_later_does_not_bring_back_what_the_track_ended(bureau: Bureau) -> None:
    change(bureau, "enterprise")
    change(bureau, "agency")
    with bureau.house.database.transaction() as db:
        binding.keep_up(db, bureau.actor("office"), "spring", bureau.house.now())
    assert state(bureau) == ["dropped"]


def test_a_change_that_cannot_be_gets_a_sentence(bureau: Bureau) -> None:
    change(bureau, "agency")
    for track, body, refusal in (("agency", 0, SameTrack), ("kingdom", 0, TrackUnreadable), ("", 99999, NoSuchBody), ("agency", 1, NoTrack)):
        with pytest.raises(refusal):
            change(bureau, track, body)
    for by in ("secretary", "committee", "auditor"):
        with pytest.raises(NotAllowed):
            change(bureau, "", by=by)
