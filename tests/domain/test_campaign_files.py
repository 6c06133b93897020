"""The campaigns that come with the house: every dated task is there, both load by the same code (A1, A2, B1, B18)."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from domain.campaign.records import Campaign
from domain.campaign.schema import CAMPAIGN
from domain.campaign.shape import Shape
from domain.campaign_file import read_campaign, render_findings

FOLDER = Path(__file__).parents[2] / "campaigns"
FILES = sorted(path.name for path in FOLDER.glob("*.yaml"))


def shipped(name: str) -> Campaign:
    campaign, findings = read_campaign((FOLDER / name).read_text(encoding="utf-8"), name)
    assert campaign is not None, render_findings(findings)
    return campaign


PIONEER = shipped("pledge-pioneer-2010.yaml")
SERVICE_YEAR = shipped("service-year.yaml")
BOTH = {campaign.id: campaign for campaign in (PIONEER, SERVICE_YEAR)}


@pytest.mark.parametrize("name", FILES)
def test_a_shipped_campaign_has_nothing_to_mend(name: str) -> None:
    assert read_campaign((FOLDER / name).read_text(encoding="utf-8"), name)[1] == []


DATED_TASKS = {
    "t101 实施细则、活动计划": ("pledge_pioneer_2010", "t101", None, "2010-08-24"),
    "t102 动员会议": ("pledge_pioneer_2010", "t102", None, "2010-08-24"),
    "t202 承诺事项报局党委审定": ("pledge_pioneer_2010", "t202", None, "2010-08-31"),
    "b103a 义务植树": ("service_year", "b103a", "2014-03-11", "2014-03-20"),
    "b103b 关爱农民工": ("service_year", "b103b", "2014-05-11", "2014-05-20"),
    "b103c 清洁家园": ("service_year", "b103c", "2014-09-11", "2014-09-20"),
}


@pytest.mark.parametrize(("campaign", "task_id", "first", "last"), DATED_TASKS.values(), ids=DATED_TASKS)
def test_a_dated_task_of_the_papers_has_its_date(campaign: str, task_id: str, first: str | None, last: str) -> None:
    task = next(task for task in BOTH[campaign].tasks if task.id == task_id)
    assert task.starts_on == (date.fromisoformat(first) if first else None)
    assert task.last_day == date.fromisoformat(last)


@pytest.mark.parametrize("campaign", BOTH.values(), ids=BOTH)
def test_no_other_task_has_an_invented_date(campaign: Campaign) -> None:
    told = {task_id for key, task_id, _first, _last in DATED_TASKS.values() if key == campaign.id}
    assert {task.id for task in campaign.tasks if task.last_day or task.starts_on} == told


PHASES = {
    "动员部署": ("pledge_pioneer_2010", 1, "2010-08-11", "2010-08-20", False),
    "集中承诺": ("pledge_pioneer_2010", 2, "2010-08-21", "2010-08-31", False),
    "兑现承诺": ("pledge_pioneer_2010", 3, "2010-08-21", "2011-06-30", True),
    "总结表彰": ("pledge_pioneer_2010", 4, "2011-06-21", "2011-06-30", False),
    "宣传发动": ("service_year", 1, "2014-04-01", "2014-04-30", False),
    "组织实施": ("service_year", 2, "2014-05-01", "2014-10-31", False),
    "考核评价": ("service_year", 3, "2014-11-01", "2014-12-31", False),
}


@pytest.mark.parametrize(("name", "row"), PHASES.items(), ids=PHASES)
def test_a_phase_of_the_papers_has_its_days(name: str, row: tuple[str, int, str, str, bool]) -> None:
    phase = next(phase for phase in BOTH[row[0]].phases if phase.name == name)
    assert (phase.no, str(phase.starts_on), str(phase.ends_on), phase.whole_course) == row[1:]


def test_two_phases_are_open_on_25_august_2010() -> None:
    assert [phase.name for phase in PIONEER.phases if phase.open_on(date(2010, 8, 25))] == ["集中承诺", "兑现承诺"]


def test_deadlines_outside_their_phase_and_before_the_first_phase_are_kept_as_written() -> None:
    assert [task.id for task in PIONEER.tasks if PIONEER.outside_phase(task)] == ["t101", "t102"]
    planting = next(task for task in SERVICE_YEAR.tasks if task.id == "b103a")
    assert planting.last_day < SERVICE_YEAR.phases[0].starts_on  # type: ignore[operator]


def test_the_wording_of_the_papers_is_kept_beside_the_date() -> None:
    wordings = {task.when for campaign in BOTH.values() for task in campaign.tasks}
    assert {"8月24日前", "8月底前", "3月中旬", "5月中旬", "9月中旬", "适时召开会议", "定期"} <= wordings


def test_each_campaign_keeps_what_only_it_has() -> None:
    assert [carrier.no for carrier in PIONEER.carriers] == [1, 2, 3, 4, 5, 6]
    assert [field.id for field in PIONEER.pledge_form.fields] == ["content", "measures", "standard", "deadline"]
    assert {track.id: track.theme for track in SERVICE_YEAR.tracks} == {"agency": "务实亲民", "enterprise": "发展惠民"}
    assert next((task.min_items, task.max_items) for task in SERVICE_YEAR.tasks if task.id == "p202") == (1, 2)


def keys_of(shape: Shape) -> set[str]:
    inner = [part for key in shape.keys for part in (key.read, *_closed_over(key.read)) if isinstance(part, Shape)]
    return {key.name for key in shape.keys} | {name for part in inner for name in keys_of(part)}


def _closed_over(reader: object) -> list[object]:
    return [cell.cell_contents for cell in getattr(reader, "__closure__", None) or ()]


def _written(node: object) -> set[str]:
    if isinstance(node, dict):
        return set(map(str, node)) | {name for value in node.values() for name in _written(value)}
    return {name for value in node for name in _written(value)} if isinstance(node, list) else set()


def test_the_template_shows_every_key_of_the_schema() -> None:
    text = (FOLDER / "template.yaml").read_text(encoding="utf-8")
    shown = _written(yaml.load(text, yaml.BaseLoader)) | {name for name in ("uncertain",) if f"{name}（" in text}
    assert keys_of(CAMPAIGN) - shown == set()
