"""Message templates of an account: the starter set, the public library and the parsing of `{{thing1.DATA}}`."""

import re
from dataclasses import dataclass
from typing import Any

from emulator.ledgers.subscriptions import LONG_TERM, ONE_TIME
from emulator.seeds import OPENID, Seeds

KEY = re.compile(r"\{\{(\w+)\.DATA\}\}")
MOST_PRIVATE = 25  # own templates per account

# tid, title, keys as (key, label): a small public library (模板库), enough to add from
LIBRARY: tuple[tuple[int, str, int, tuple[tuple[str, str], ...]], ...] = (
    (1001, "办理进度通知", LONG_TERM, (("thing1", "办理事项"), ("phrase2", "当前状态"), ("time3", "更新时间"), ("thing4", "备注"))),
    (1002, "待办事项提醒", LONG_TERM, (("thing1", "待办内容"), ("time2", "截止时间"), ("thing3", "温馨提示"))),
    (1003, "审核结果通知", ONE_TIME, (("thing1", "审核事项"), ("phrase2", "审核结果"), ("thing3", "审核意见"), ("time4", "审核时间"))),
    (1004, "评价提醒", ONE_TIME, (("thing1", "服务窗口"), ("name2", "服务人员"), ("time3", "服务时间"))),
    (1005, "整改期限提醒", ONE_TIME, (("thing1", "整改事项"), ("date2", "完成期限"), ("number3", "剩余天数"))),
    (1006, "预约进度通知", LONG_TERM, (("character_string1", "预约单号"), ("thing2", "预约事项"), ("time3", "预约时间"))),
)


@dataclass(frozen=True, slots=True)
class Template:
    """`type`: 2 one-time, 3 long-term; template messages (模板消息) ignore it."""

    id: str
    title: str
    content: str
    type: int = ONE_TIME
    tid: int = 0

    @property
    def keys(self) -> list[str]:
        return KEY.findall(self.content)


def content_of(keys: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f"{label}:{{{{{key}.DATA}}}}" for key, label in keys)


def starters(seeds: Seeds, appid: str) -> dict[str, Template]:
    """One private template per library entry, with ids fixed by the seed and the account."""
    made = {}
    for tid, title, kind, keys in LIBRARY:
        template_id = seeds.fixed("template", appid, str(tid), length=43, alphabet=OPENID)
        made[template_id] = Template(template_id, title, content_of(keys), kind, tid)
    return made


def render(template: Template, data: dict[str, Any]) -> list[dict[str, str]]:
    """Label and value per line, as the notice card shows them."""
    lines = []
    for line in template.content.splitlines():
        found = KEY.search(line)
        label = line.split(":")[0].split("：")[0] if ":" in line or "：" in line else ""
        value = data.get(found.group(1), {}).get("value", "") if found else line
        lines.append({"label": label, "value": str(value)})
    return lines
