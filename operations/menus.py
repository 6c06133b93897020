"""菜单: publish the bot's menu to the service account."""

import click

from bot.menu import menu
from domain.ports import House
from gateways.wechat import WechatError
from gateways.wechat_codes import WORDS
from operations.asking import house_or_stop


def publish(house: House) -> str:
    """What became of it, in words."""
    try:
        house.wechat.post("/cgi-bin/menu/create", menu(house.settings.base_url.rstrip("/")))
    except WechatError as error:
        return f"菜单没有发布成功：{WORDS.get(error.code, f'微信返回 {error.code} {error.words}')}"
    return "菜单已发布，用户重新进入公众号后生效。"


@click.command(help="把菜单发布到服务号（上线或改网址后执行一次）。")
@click.option("--yes", is_flag=True, help="不再询问，直接发布")
def command(yes: bool) -> None:
    if yes or click.confirm("将覆盖服务号现有的自定义菜单，继续吗？"):
        click.echo(publish(house_or_stop()))
