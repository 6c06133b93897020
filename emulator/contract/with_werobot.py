# mypy: ignore-errors
# (it runs in the SDKs' own environment, where nothing is typed)
"""WeRoBot against the emulator: its client's calls, and (with a port) a bot of its own."""

import sys
from typing import Any

import rehost

given = rehost.config()
rehost.everywhere(given["base"])

from bottle import Bottle, run  # noqa: E402  (sessions opened at import must be rehosted already)
from werobot import WeRoBot  # noqa: E402
from werobot.client import ClientException  # noqa: E402
from werobot.contrib.bottle import make_view  # noqa: E402

account = given["service"]
robot = WeRoBot(
    token=account["token"], enable_session=False, APP_ID=account["appid"], APP_SECRET=account["secret"], ENCODING_AES_KEY=account["encoding_aes_key"]
)


@robot.text
def hear(message: Any) -> str:
    return f"WeRoBot 收到 {message.content}"


@robot.subscribe
def welcome(_message: Any) -> str:
    return "WeRoBot 欢迎您"


def refused(work: Any) -> int:
    try:
        work()
    except ClientException as error:
        return int(str(error).split(":")[0])
    return 0


def calls() -> dict[str, Any]:
    client, openid = robot.client, given["openid"]
    ticket = client.create_qrcode({"action_name": "QR_LIMIT_SCENE", "action_info": {"scene": {"scene_id": 7}}})["ticket"]
    return {
        "token": len(client.token),
        "ip": client.get_ip_list()["ip_list"],
        "menu": client.create_menu({"button": [{"type": "click", "name": "我的", "key": "ME"}]})["errcode"],
        "menu_get": client.get_menu()["menu"]["button"][0]["key"],
        "user": client.get_user_info(openid)["openid"],
        "batch": client.get_users_info([openid])["user_info_list"][0]["subscribe"],
        "followers": client.get_followers()["total"],
        "text": client.send_text_message(openid, "您好")["errcode"],
        "template": client.send_template_message(openid, given["template"], given["data"])["errcode"],
        "qrcode": client.show_qrcode(ticket).headers["Content-Type"],
        "tag": client.create_tag("书记")["tag"]["id"],
        "closed": refused(lambda: client.send_text_message(given["other"], "您好")),
    }


if len(sys.argv) > 1:
    app = Bottle()
    app.route("/wechat", ["GET", "POST"], make_view(robot))
    run(app, host="127.0.0.1", port=int(sys.argv[1]), quiet=True)
else:
    rehost.told(calls())
