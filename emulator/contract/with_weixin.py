# mypy: ignore-errors
# (it runs in the SDKs' own environment, where nothing is typed)
"""weixin-python against the emulator: its calls, and (with a port) its message view in clear mode, the only one it has."""

import sys
import tempfile
from pathlib import Path
from typing import Any

import rehost
from bottle import HTTPResponse, request, route, run
from weixin import WeixinError, WeixinLogin, WeixinMP, WeixinMsg

given = rehost.config()
rehost.everywhere(given["base"])
account = given["service"]
msg = WeixinMsg(account["token"])


@route("/wechat", method=["GET", "POST"])
def hear() -> Any:
    query = request.query
    if not msg.validate(query.signature, query.timestamp, query.nonce):
        return HTTPResponse(status=403)
    if request.method == "GET":
        return query.echostr
    heard = msg.parse(request.body.read())
    words = f"weixin-python 收到 {heard.get('content') or heard.get('event')}"
    return msg.reply(heard["sender"], sender=heard["receiver"], content=words)


def refused(work: Any) -> int:
    try:
        work()
    except WeixinError as error:
        return int(str(error).split(" ")[0])
    return 0


def calls() -> dict[str, Any]:
    place = Path(tempfile.mkdtemp())
    mp = WeixinMP(account["appid"], account["secret"], ac_path=str(place / "ac"), jt_path=str(place / "jt"))
    login = WeixinLogin(given["mini"]["appid"], given["mini"]["secret"])
    web = WeixinLogin(account["appid"], account["secret"])
    return {
        "token": len(mp.access_token),
        "ticket": len(mp.jsapi_ticket),
        "menu": mp.menu_create([{"type": "click", "name": "我的", "key": "ME"}]).errcode,
        "menu_get": mp.menu_get().menu["button"][0]["key"],
        "user": mp.user_info(given["openid"]).openid,
        "followers": mp.user_get().total,
        "batch": refused(lambda: mp.user_info_batchget(given["openid"])),  # it sends a list where an openid belongs: its own defect
        "qrcode": mp.qrcode_create(5).expire_seconds,
        "template": mp.template_send(given["template"], given["openid"], given["data"]).errcode,
        "unreached": refused(lambda: mp.template_send(given["template"], given["other"], given["data"])),
        "templates": len(mp.get_all_private_template().template_list),
        "login": login.jscode2session(given["codes"]["weixin"]).openid,
        "oauth": web.access_token(given["oauth"]["weixin"]).openid,
    }


if len(sys.argv) > 1:
    run(host="127.0.0.1", port=int(sys.argv[1]), quiet=True)
else:
    rehost.told(calls())
