"""活动文件 campaign file: YAML text in, a checked campaign or findings out (F01; `manage.py campaign check FILE`)."""

from dataclasses import replace

from domain.campaign.checks import check
from domain.campaign.dates import complete
from domain.campaign.findings import Finding, Report, render_findings
from domain.campaign.nodes import compose
from domain.campaign.records import Campaign
from domain.campaign.schema import CAMPAIGN

__all__ = ["Campaign", "Finding", "read_campaign", "render_findings"]


def read_campaign(text: str, file: str) -> tuple[Campaign | None, list[Finding]]:
    """The campaign and what there is to say about its file; None when anything is an error. Raises nothing.

    `file` is only a name for the findings. Warnings come with a campaign that may be loaded.
    """
    report = Report(file)
    top = compose(text, report)
    if top is None:
        return None, report.in_order()
    campaign: Campaign = complete(CAMPAIGN.read(top, report), report)
    check(campaign, report)
    return None if report.refused else replace(campaign, text=text), report.in_order()
