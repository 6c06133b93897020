# mypy: ignore-errors
# (it runs in the SDKs' own environment, where nothing is typed)
"""wechatpy against the emulator: the calls its users make most."""

from typing import Any

import rehost
from wechatpy import WeChatClient, WeChatClientException, WeChatOAuth
from wechatpy.client import WeChatComponentClient  # noqa: F401  (its import proves the package is whole)

given = rehost.config()
rehost.everywhere(given["base"])
client = WeChatClient(given["service"]["appid"], given["service"]["secret"])
mini = WeChatClient(given["mini"]["appid"], given["mini"]["secret"])
oauth = WeChatOAuth(given["service"]["appid"], given["service"]["secret"], "http://127.0.0.1/back")
openid, template, data = given["openid"], given["template"], given["data"]


def refused(work: Any) -> int:
    try:
        work()
    except WeChatClientException as error:
        return int(error.errcode)
    return 0


def run() -> dict[str, Any]:
    scene = {"expire_seconds": 1800, "action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": "p:1"}}}
    made = client.qrcode.create(scene)
    tag = client.tag.create("书记")
    tag_id = tag["tag"]["id"] if "tag" in tag else tag["id"]
    return {
        "token": len(client.access_token),
        "ip": client.misc.get_wechat_ips(),
        "menu": client.menu.create({"button": [{"type": "click", "name": "我的", "key": "ME"}]})["errcode"],
        "menu_get": client.menu.get()["menu"]["button"][0]["key"],
        "qrcode": client.qrcode.show(made).headers["Content-Type"],
        "user": client.user.get(openid)["openid"],
        "followers": client.user.get_followers()["total"],
        "batch": client.user.get_batch([openid])[0]["subscribe"],
        "tagged": client.tag.tag_user(tag_id, [openid])["errcode"],
        "tags": client.user.get(openid)["tagid_list"] == [tag_id],
        "text": client.message.send_text(openid, "您好")["errcode"],
        "template": client.message.send_template(openid, template, data)["errcode"],
        "closed": refused(lambda: client.message.send_text(given["other"], "您好")),
        "ticket": len(client.jsapi.get_jsapi_ticket()),
        "login": mini.wxa.code_to_session(given["codes"]["wechatpy"])["openid"],
        "image": mini.wxa.get_wxa_code_unlimited("a=1", page="pages/index").headers["Content-Type"],
        "oauth": oauth.fetch_access_token(given["oauth"]["wechatpy"])["openid"],
        "media": client.media.upload("image", ("a.png", b"\x89PNG", "image/png"))["type"],
    }


rehost.told(run())
