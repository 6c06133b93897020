"""菜单: publish the bot's menu to the service account."""

from bot.menu import menu
from domain.ports import House
from gateways.wechat import WechatError
from gateways.wechat_codes import WORDS


def publish(house: House) -> str:
    """What became of it, in words."""
    try:
        house.wechat.post("/cgi-bin/menu/create", menu(house.settings.base_url.rstrip("/")))
    except WechatError as error:
        return f"菜单没有发布成功：{WORDS.get(error.code, f'微信返回 {error.code} {error.words}')}"
    return "菜单已发布，用户重新进入公众号后生效。"
