"""The menu under the chat: three entries by audience; made by API at deploy time (wechat-platform.md §7)."""

from typing import Any

RATE, PROGRESS, OWN, HELP, WAITING = "RATE", "PROGRESS", "OWN", "HELP", "WAITING"


def menu(site: str) -> dict[str, Any]:
    """The body of menu/create."""
    return {
        "button": [
            {
                "name": "我要评价",
                "sub_button": [
                    {"type": "click", "name": "评价窗口", "key": RATE},
                    {"type": "click", "name": "我的评价", "key": OWN},
                    {"type": "click", "name": "查进度", "key": PROGRESS},
                ],
            },
            {"name": "承诺公示", "type": "view", "url": f"{site}/board"},
            {"name": "我的工作", "sub_button": [{"type": "click", "name": "待办", "key": WAITING}, {"type": "click", "name": "帮助", "key": HELP}]},
        ]
    }
