"""承诺: wording as it is kept, where a pledge stands, and which hands a campaign's chain passes it through."""

from datetime import date
from pathlib import Path

import pytest

from domain.actor import Role
from domain.campaign.records import Campaign
from domain.campaign_file import read_campaign
from domain.errors import Invalid
from domain.flows.pledges import PledgeState as S
from domain.pledge.chains import Hands, hands_of
from domain.pledge.standing import Standing, public_standing, standing, standing_words
from domain.pledge.wording import NOTHING_WRITTEN, Wording, differences

TODAY = date(2026, 11, 16)
CAMPAIGNS = Path(__file__).parent.parent.parent / "campaigns"


def campaign(name: str) -> Campaign:
    found = read_campaign((CAMPAIGNS / f"{name}.yaml").read_text(encoding="utf-8"), name)[0]
    assert found is not None
    return found


def hands(name: str, *, of_unit: bool, track: str = "") -> Hands:
    found = hands_of(campaign(name), of_unit=of_unit, track=track)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("state", "percent", "due", "amending", "expected"),
    [
        (S.DRAFT, 0, 9, False, None),
        (S.APPROVED, 0, -9, False, None),
        (S.PUBLISHED, 0, 9, False, Standing.NOT_STARTED),
        (S.PUBLISHED, 10, 0, False, Standing.UNDER_WAY),
        (S.PUBLISHED, 90, -1, False, Standing.OVERDUE),
        (S.PUBLISHED, 90, -1, True, Standing.AMENDED),
        (S.FULFILLED, 100, -1, False, Standing.FULFILLED),
        (S.CONFIRMED, 100, -1, True, Standing.FULFILLED),
        (S.EXCUSED, 60, -1, False, Standing.EXCUSED),
        (S.EXCUSE_CONFIRMED, 60, -1, False, Standing.EXCUSED),
    ],
)
def test_where_a_pledge_stands(state: S, percent: int, due: int, amending: bool, expected: Standing | None) -> None:
    deadline = date.fromordinal(TODAY.toordinal() + due)
    assert standing(state, percent, deadline, TODAY, amending=amending) is expected


def test_nobody_is_called_overdue_by_name_in_public() -> None:
    assert public_standing(Standing.OVERDUE, of_unit=False) is Standing.UNDER_WAY
    assert public_standing(Standing.OVERDUE, of_unit=True) is Standing.OVERDUE
    assert public_standing(Standing.EXCUSED, of_unit=False) is Standing.EXCUSED


def test_ones_own_word_is_not_yet_a_confirmed_one() -> None:
    assert standing_words(Standing.FULFILLED, S.FULFILLED) == "已兑现（本人报告）"
    assert standing_words(Standing.FULFILLED, S.CONFIRMED) == "已兑现（已核实）"
    assert standing_words(Standing.UNDER_WAY, S.PUBLISHED) == "推进中"


def test_a_members_pledge_of_2010_goes_to_the_secretary_a_sections_by_the_branch_to_the_committee() -> None:
    member, section = hands("pledge-pioneer-2010", of_unit=False), hands("pledge-pioneer-2010", of_unit=True)
    assert (member.decides, member.compiled, member.addressees) == (Role.BRANCH_SECRETARY, False, ("群众、服务对象",))
    assert (section.decides, section.compiled, section.by) == (Role.COMMITTEE, True, "section")
    assert "道路建设改造、农村危房改造等重点为民工程" in member.scheduled


def test_the_service_year_has_two_sides_five_dimensions_and_one_or_two_items() -> None:
    member, unit = hands("service-year", of_unit=False, track="agency"), hands("service-year", of_unit=True, track="enterprise")
    assert member.addressees == ("党组织", "群众、服务对象")
    assert member.dimensions[0] == "带头学习提高"
    assert (member.themes, unit.themes) == (("务实亲民",), ("发展惠民",))
    assert (unit.decides, unit.compiled, unit.least, unit.most) == (Role.COMMITTEE, True, 1, 2)


def test_unprintable_signs_are_not_kept() -> None:
    kept = Wording("  一次\u202e告知\x00\r\n\r\n 办好\u200b ", "", "", None).cleaned()
    assert kept.content == "一次告知\n办好"


@pytest.mark.parametrize(
    ("wording", "field"),
    [
        (Wording("字" * 301, "", "", None), "content"),
        (Wording("", "", "身份证110101199001011234", None), "standard"),
        (Wording("", "", "", None, slogan="响" * 41), "slogan"),
    ],
)
def test_what_cannot_be_kept_is_named_by_its_field(wording: Wording, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        wording.cleaned()
    assert refusal.value.field == field
    assert "请删" in refusal.value.text


def test_an_amendment_shows_what_changes_and_nothing_else() -> None:
    after = Wording("", "", "", date(2026, 12, 31), addressees=("党组织",))
    told = {one.label: (one.before, one.after) for one in differences(NOTHING_WRITTEN, after)}
    assert told == {"完成时限": ("无", "2026年12月31日"), "承诺对象": ("无", "党组织")}
