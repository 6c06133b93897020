"""Templates as WeChat's console holds them: id → its text with `{{thing1.DATA}}` in it (wechat-platform.md §9, §10)."""

from typing import Any

from domain.letters import Channel
from gateways.wechat import Wechat

_ASKED = {
    Channel.TEMPLATE: ("/cgi-bin/template/get_all_private_template", "template_list", "template_id"),
    Channel.NOTICE: ("/wxaapi/newtmpl/gettemplate", "data", "priTmplId"),
    Channel.SUBSCRIBE: ("/wxaapi/newtmpl/gettemplate", "data", "priTmplId"),
}


def contents(wechat: Wechat, channel: Channel) -> dict[str, str]:
    """All that this account has chosen for the channel. Raises `WechatError`."""
    path, listed, id = _ASKED[channel]
    rows: Any = wechat.look(path).get(listed)
    found = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return {str(row.get(id, "")): str(row.get("content", "")) for row in found}
