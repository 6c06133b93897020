"""起草活动文件: a notice's text becomes a campaign file, with the sentence behind every line (X6)."""

from pathlib import Path

import click

from domain.campaign_file import read_campaign, render_findings
from domain.errors import Refusal
from domain.notice.comparing import compare
from domain.notice.reading import read_notice
from domain.notice.records import DraftSchedule
from domain.notice.writing import campaign_file


@click.command("draft", help="从通知原文起草活动文件：阶段、任务、时限，逐条注明出处；结果写到标准输出或 --to 指定的文件。")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--year", type=click.IntRange(1949, 2100), help="活动是哪一年的；原文没有年份或年份有误时填写。")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="草稿写到这个文件（不覆盖已有的文件）。")
@click.option(
    "--against", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="与手工编好的活动文件对照，列出找到、漏掉、多出的任务。"
)
def draft(file: Path, year: int | None, to: Path | None, against: Path | None) -> None:
    if to is not None and to.exists():
        raise click.ClickException(f"{to.name} 已经存在，没有覆盖。请换一个文件名。")
    drafted = _drafted(file, year)
    if to is None and against is None:
        click.echo(campaign_file(drafted))
    if to is not None:
        to.write_text(campaign_file(drafted), encoding="utf-8")
        click.echo(f"读出{len(drafted.phases)}个阶段、{len(drafted.tasks)}项任务，已写到 {to.name}。请核对、补全后检查、载入。")
    if against is not None:
        click.echo(_compared(drafted, against))


def _drafted(file: Path, year: int | None) -> DraftSchedule:
    try:
        return read_notice(file.read_text(encoding="utf-8-sig"), year)
    except UnicodeDecodeError:
        raise click.ClickException(f"{file.name} 不是 UTF-8 编码：请用 UTF-8 另存后再试。") from None
    except Refusal as refusal:
        raise click.ClickException(refusal.text) from None


def _compared(drafted: DraftSchedule, against: Path) -> str:
    """Found, missing and invented, line by line."""
    campaign, findings = read_campaign(against.read_text(encoding="utf-8-sig"), against.name)
    if campaign is None:
        raise click.ClickException(render_findings(findings))
    seen = compare(drafted, campaign)
    lines = [f"有日期的任务：找到{len(seen.found)}项，漏掉{len(seen.missing)}项，多出{len(seen.invented)}项（{seen.share:.0%}）。"]
    lines += [f"  找到  {hand} ← {read_as}" for hand, read_as in seen.found]
    lines += [f"  漏掉  {title}" for title in seen.missing] + [f"  多出  {title}" for title in seen.invented]
    lines.append(f"阶段：找到{len(seen.phases_found)}个，漏掉{len(seen.phases_missing)}个。")
    return "\n".join(lines + [f"  漏掉  {name}" for name in seen.phases_missing])
