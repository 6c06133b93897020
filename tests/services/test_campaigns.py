"""Loading campaigns: the office loads a file, loads it again, changes it; nothing with a history disappears (F01, A1, A2)."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import app
from domain.actor import NOBODY, Actor, Role, Seat
from domain.campaign_file import Campaign, read_campaign, render_findings
from domain.errors import LostRace, NoSuchCampaign, NotAllowed
from domain.ports import House
from models import campaigns as table
from operations.schema import migrate
from services import campaigns, steps
from services.campaigns import Loaded
from tests.bureau import Bureau
from tests.conftest import MONDAY, settings_for

FOLDER = Path(__file__).parents[2] / "campaigns"
PIONEER, SERVICE_YEAR = "pledge-pioneer-2010.yaml", "service-year.yaml"


def campaign_of(name: str, *edits: tuple[str, str]) -> Campaign:
    text = (FOLDER / name).read_text(encoding="utf-8")
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    campaign, findings = read_campaign(text, name)
    assert campaign is not None, render_findings(findings)
    return campaign


class Office:
    """The leading group's office with its files."""

    def __init__(self, house: House, actor: Actor, now: datetime) -> None:
        self.house, self.actor, self.now = house, actor, now

    def load(self, name: str, *edits: tuple[str, str]) -> Loaded:
        with self.house.database.transaction() as db:
            return campaigns.load(db, self.actor, campaign_of(name, *edits), self.now)


@pytest.fixture
def office(bureau: Bureau, house: House) -> Office:
    return Office(house, bureau.actor("office"), house.now())


@pytest.mark.parametrize(("name", "rows"), [(PIONEER, 1 + 4 + 26 + 5), (SERVICE_YEAR, 1 + 3 + 21 + 2)])
def test_the_office_loads_a_campaign_and_sees_every_row(office: Office, name: str, rows: int) -> None:
    loaded = office.load(name)
    assert len(loaded.of("add")) == len(loaded.changes) == rows
    assert loaded.summary == f"新增{rows}项、修改0项、关闭0项"


def test_loading_the_same_file_again_changes_nothing(office: Office, house: House) -> None:
    first = office.load(PIONEER)
    edition = house.database.edition()
    again = office.load(PIONEER)
    with house.database.reading() as db:
        assert len(steps.history(db, "campaign", first.row_id)) == 1
    assert again.changes == ()
    assert house.database.edition() == edition


def test_a_campaign_is_loaded_alike_on_sqlite_and_postgresql(both_urls: str) -> None:
    house = app.build(settings_for(both_urls), lambda: MONDAY)
    migrate(house)
    operator = Actor(seats=(Seat(Role.OPERATOR, 0),))
    office = Office(house, operator, MONDAY)
    assert (len(office.load(PIONEER).changes), len(office.load(PIONEER).changes)) == (36, 0)
    house.database.close()  # type: ignore[attr-defined]


def test_dates_reach_the_table_as_the_papers_have_them(office: Office, house: House) -> None:
    office.load(SERVICE_YEAR)
    loaded = office.load(PIONEER)
    with house.database.reading() as db:
        dated = {task.key: (task.wording, str(task.last_day)) for task in table.tasks(db, loaded.row_id) if task.last_day}
    assert dated == {"t101": ("8月24日前", "2010-08-24"), "t102": ("8月24日前", "2010-08-24"), "t202": ("8月底前", "2010-08-31")}


def test_a_moved_deadline_is_the_only_change_and_leaves_a_step(office: Office, house: House) -> None:
    office.load(PIONEER)
    old = "when: 8月24日前, due: 2010-08-24, deliverable: 动员会议记录"
    loaded = office.load(PIONEER, (old, old.replace("24", "26")))
    moved = next(change for change in loaded.changes if change.thing == "task")
    assert [(change.verb, change.key) for change in loaded.changes] == [("change", "pledge_pioneer_2010"), ("change", "t102")]
    with house.database.reading() as db:
        assert "due_on：2010-08-24 → 2010-08-26" in steps.history(db, "task", moved.row_id)[0].why


def test_a_task_taken_out_of_the_file_is_closed_and_keeps_its_row(office: Office, house: House) -> None:
    first = office.load(PIONEER)
    loaded = office.load(PIONEER, ("  - {id: s2, standing: true, title: 随机抽查, by: leading_office}\n", ""))
    assert [(change.thing, change.key) for change in loaded.of("close")] == [("task", "s2")]
    with house.database.reading() as db:
        assert "s2" not in {task.key for task in table.tasks(db, first.row_id)}
        assert table.parts(db, table.TaskRow, first.row_id)["s2"].closed_at == office.now


def test_a_task_put_back_into_the_file_is_the_same_row_again(office: Office, house: House) -> None:
    first = office.load(PIONEER)
    with house.database.reading() as db:
        before = table.parts(db, table.TaskRow, first.row_id)["s2"].id
    office.load(PIONEER, ("  - {id: s2, standing: true, title: 随机抽查, by: leading_office}\n", ""))
    office.load(PIONEER)
    with house.database.reading() as db:
        assert before in {task.id for task in table.tasks(db, first.row_id)}


def test_a_phase_taken_out_leaves_its_tasks_without_a_phase(office: Office, house: House) -> None:
    first = office.load(SERVICE_YEAR)
    office.load(
        SERVICE_YEAR,
        ("  - {id: launch, no: 1, name: 宣传发动, when: 4月, from: 2014-04-01, to: 2014-04-30}\n", ""),
        ("phase: launch, ", ""),
    )
    with house.database.reading() as db:
        assert [phase.key for phase in table.phases(db, first.row_id)] == ["implement", "assess"]
        assert table.parts(db, table.TaskRow, first.row_id)["p101"].phase_id is None


OPEN_DAYS = {
    "before it all": ("2010-08-10", []),
    "动员部署 begins": ("2010-08-11", ["动员部署"]),
    "between two 旬": ("2010-08-20", ["动员部署"]),
    "two at once": ("2010-08-25", ["集中承诺", "兑现承诺"]),
    "the long middle": ("2011-01-01", ["兑现承诺"]),
    "the last day": ("2011-06-30", ["兑现承诺", "总结表彰"]),
    "the day after": ("2011-07-01", []),
}


def test_every_phase_that_is_open_that_day_is_shown(office: Office, house: House) -> None:
    office.load(PIONEER)
    office.load(SERVICE_YEAR)
    with house.database.reading() as db:
        found = {day: campaigns.open_phases(db, "pledge_pioneer_2010", date.fromisoformat(day)) for day, _names in OPEN_DAYS.values()}
    assert {day: [phase.name for phase in rows] for day, rows in found.items()} == dict(OPEN_DAYS.values())


def test_only_campaigns_in_their_course_are_current(office: Office, house: House) -> None:
    office.load(PIONEER)
    office.load(SERVICE_YEAR)
    with house.database.reading() as db:
        found = [[row.key for row in campaigns.current(db, day)] for day in (date(2010, 9, 1), date(2014, 9, 1), date(2012, 9, 1))]
    assert found == [["pledge_pioneer_2010"], ["service_year"], []]


def test_roles_chains_and_limits_are_read_back_from_the_loaded_file(office: Office, house: House) -> None:
    office.load(SERVICE_YEAR)
    with house.database.reading() as db:
        read = campaigns.definition(db, "service_year")
    assert read == campaign_of(SERVICE_YEAR)
    assert read.limits.negative_rating.fix.chinese == "5个工作日"


def test_a_campaign_nobody_loaded_is_unknown_in_words(house: House) -> None:
    with house.database.reading() as db, pytest.raises(NoSuchCampaign, match="no_such_campaign") as refused:
        campaigns.open_phases(db, "nowhere", date(2026, 1, 1))
    assert "nowhere" in refused.value.text


def test_a_passer_by_and_a_secretary_may_not_load_a_campaign(bureau: Bureau, house: House) -> None:
    for actor in (NOBODY, bureau.actor("secretary")):
        with house.database.transaction() as db, pytest.raises(NotAllowed):
            campaigns.load(db, actor, campaign_of(PIONEER), house.now())


def test_of_two_loads_at_once_one_is_told_to_look_again(office: Office, house: House) -> None:
    office.load(PIONEER)
    with house.database.transaction() as db:
        stale = table.campaign(db, "pledge_pioneer_2010")
        assert stale is not None
        db.connection().exec_driver_sql("UPDATE campaigns SET version = version + 1")
        with pytest.raises(LostRace):
            campaigns.load(db, office.actor, campaign_of(PIONEER, ("duration_text: 一年", "duration_text: 十一个月")), office.now + timedelta(days=1))
        db.rollback()
