"""模板核对: every template of the settings beside what WeChat's console holds, so that no letter fails with 47003 (§12)."""

from collections.abc import Iterator, Sequence

from domain.letters import Channel
from domain.ports import House
from domain.templates import Template, faults
from gateways import templates
from gateways.wechat import Wechat, WechatError
from gateways.wechat_codes import WORDS

Row = tuple[str, bool, str]


def examine(house: House) -> Iterator[Row]:
    """(part, well, words) for each account that has templates."""
    settings = house.settings
    accounts = (("服务号模板", settings.wechat, house.wechat, "template"), ("小程序模板", settings.miniprogram, house.miniprogram, "subscribe"))
    for part, section, gateway, usual in accounts:
        chosen = section.chosen(usual)
        if section.appid and chosen:
            found = [fault for channel in Channel for fault in _of_channel(gateway, channel, [one for one in chosen if one.channel is channel])]
            yield part, not found, "；".join(found) or f"{len(chosen)}个，与公众平台一致"


def _of_channel(gateway: Wechat, channel: Channel, chosen: Sequence[Template]) -> Iterator[str]:
    if not chosen:
        return
    if channel is Channel.CHAT:
        yield "客服消息不用模板，请改 way"
        return
    try:
        held = templates.contents(gateway, channel)
    except WechatError as error:
        yield f"{channel.chinese}核对不了：{WORDS.get(error.code, error.words)}"
        return
    for one in chosen:
        name = "、".join(one.kinds)
        yield from faults(name, one, held[one.id]) if one.id in held else [f"{name} 的模板编号在公众平台上没有，请核对 id"]
