"""The operator's commands: `python manage.py --help`. Every fault is one Chinese sentence and exit status 1."""

import secrets
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from yaml import YAMLError

import app
from domain.ports import House
from gateways import logs
from operations import campaigns, demonstration, examination, menus, serving
from operations import papers as written
from settings import Settings, SettingsFault, faults_of, load, unreadable

console = Console()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """亮诺：亮身份、亮承诺。常用：migrate 建库，serve 提供服务，clock 时钟，doctor 体检，demo 演示。"""
    logs.set_up()


def settings_or_stop() -> Settings:
    try:
        return load()
    except SettingsFault as fault:
        raise click.ClickException(str(fault)) from None


def house_or_stop() -> House:
    return app.build(settings_or_stop())


@cli.command()
def secret() -> None:
    """生成一个可用作 LIANGNUO_SECRET_KEY 的随机密钥。"""
    click.echo(secrets.token_urlsafe(36))


@cli.command()
def migrate() -> None:
    """把数据库升级到本版本（可重复执行）。"""
    app.migrate(house_or_stop())
    click.echo("数据库已是最新版本。")


@cli.command()
def serve() -> None:
    """提供服务：公众号回调、小程序接口、公开页面。"""
    serving.serve(settings_or_stop())


@cli.command()
def clock() -> None:
    """时钟：投递信件、公布数字、清理到期数据。只运行一个。"""
    serving.clock(house_or_stop())


@cli.group()
def campaign() -> None:
    """活动文件：检查与载入。"""


@campaign.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def campaign_check(file: Path) -> None:
    """检查活动文件，逐行说明哪里要改。"""
    _, report, sound = campaigns.read(file)
    click.echo(report)
    sys.exit(0 if sound else 1)


@campaign.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def campaign_load(file: Path) -> None:
    """检查并载入活动文件（可重复执行，同一文件不会重复增加）。"""
    loaded, report, sound = campaigns.read(file)
    if loaded is None or not sound:
        raise click.ClickException(report)
    click.echo(campaigns.load(house_or_stop(), loaded, file))


@cli.command()
def doctor() -> None:
    """体检：设置、数据库、存储、微信、办理记录，逐项说明怎么办。"""
    try:
        settings = Settings()
    except (ValueError, YAMLError) as error:
        raise click.ClickException("设置读取失败，请改正：\n" + "\n".join(unreadable(error))) from None
    rows = examination.examine(settings, faults_of(settings))
    table = Table("项目", "结果", "说明", title="亮诺体检")
    for name, well, words in rows:
        table.add_row(name, "[green]正常[/]" if well else "[red]需处理[/]", words)
    console.print(table)
    sys.exit(0 if all(well for _, well, _ in rows) else 1)


@cli.command()
@click.option("--yes", is_flag=True, help="不再询问，直接发布")
def menu(yes: bool) -> None:
    """把菜单发布到服务号（上线或改网址后执行一次）。"""
    if yes or click.confirm("将覆盖服务号现有的自定义菜单，继续吗？"):
        click.echo(menus.publish(house_or_stop()))


@cli.command()
def papers() -> None:
    """重写 docs/ 里由代码生成的表：流程、权限、设置。"""
    for path in written.write(Path(__file__).parent / "docs"):
        click.echo(path)


@cli.command()
def demo() -> None:
    """演示：示范单位、服务、时钟、微信模拟器一起启动（make demo 会先装好所需的一切）。"""
    demonstration.run()


if __name__ == "__main__":
    cli()
