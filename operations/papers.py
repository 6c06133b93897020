"""docs/ tables that the code itself writes: flows, permissions, chat commands; a test keeps them true."""

import re
from pathlib import Path

import click

from bot.commands import router
from domain.flow import Flow
from domain.flows import FLOWS
from domain.permission_matrix import matrix
from domain.permissions import BYLAW, Can
from domain.personal_data import BACKUPS, ITEMS

_NOTE = "<!-- 由 `python manage.py papers` 从代码生成，请勿手改 -->\n\n"


def flows() -> str:
    """Every flow as a table."""
    return _NOTE + "# 流程\n\n" + "\n".join(map(_flow, FLOWS))


def _flow(flow: Flow) -> str:
    head = f"## {flow.chinese} `{flow.thing}`\n\n起点：{flow.name(flow.start)}\n\n| 动作 | 从 | 到 | 谁可以 | 告知 |\n|---|---|---|---|---|\n"
    lines = []
    for line in flow.rows:
        sources = "、".join(sorted(map(flow.name, line.sources)))
        hears = "、".join(line.hears) or "—"
        lines.append(f"| {line.chinese} `{line.verb}` | {sources} | {flow.name(line.target)} | {line.who.value} | {hears} |")
    return head + "\n".join(lines) + "\n"


def permissions() -> str:
    """The by-law and its matrix: role × deed × whose."""
    law = "\n".join(
        f"| {deed.value} `{deed.name}` | {'；或 '.join(' 且 '.join(word.__name__ for word in line) for line in lines)} |"
        for deed, lines in BYLAW.items()
    )
    rule = "一行里的词全部成立即可；多行任一行成立即可；没有写的一律不可以。"
    return f"{_NOTE}# 权限\n\n## 规则\n\n{rule}\n\n| 事项 | 规则 |\n|---|---|\n{law}\n\n## 矩阵\n\n{_matrix()}"


def _matrix() -> str:
    roles, cells = matrix()
    head = "| 事项 | " + " | ".join(role.chinese for role in roles) + " |\n|---|" + "---|" * len(roles) + "\n"
    lines = [f"| {deed.value} | " + " | ".join(cells[deed, role] for role in roles) + " |" for deed in Can]
    return head + "\n".join(lines) + "\n\n本：本人的；支：本支部的；任：任何人的；—：不可以。\n"


def commands() -> str:
    """What can be written in chat."""
    lines = [f"| {command.help} | {command.needs.value} |" for command in router.commands if command.help]
    return _NOTE + "# 聊天指令\n\n| 发送 | 事项 |\n|---|---|\n" + "\n".join(lines) + "\n"


_SECTION, _SETTING = re.compile(r"(\w+):(?:\s+#\s*(.*))?$"), re.compile(r"(\s*)(\w+): (\S.*?)\s+#\s*(.+)$")


def settings() -> str:
    """Every setting of config.yaml with its sentence and the variable that overrides it."""
    section, lines = "", []
    for line in (Path(__file__).parent.parent / "config.yaml").read_text(encoding="utf-8").splitlines():
        if found := _SETTING.match(line):
            path = f"{section}.{found[2]}" if found[1] else found[2]
            lines.append(f"| `{path}` | `LIANGNUO_{path.upper().replace('.', '__')}` | `{found[3]}` | {found[4]} |")
        elif found := _SECTION.match(line):
            section = found[1]
    keys = "、".join(f"`{name}`" for name in ("SECRET", "TOKEN", "ENCODING_AES_KEY", "PREVIOUS_ENCODING_AES_KEY"))
    secrets = f"`LIANGNUO_SECRET_KEY`，以及 `LIANGNUO_WECHAT__` 和 `LIANGNUO_MINIPROGRAM__` 下的 {keys}"
    head = "| 设置 | 环境变量 | 默认 | 说明 |\n|---|---|---|---|\n"
    return f"{_NOTE}# 设置\n\n写在 `config.yaml`，环境变量优先。机密只用环境变量给出：{secrets}。\n\n{head}" + "\n".join(lines) + "\n"


def privacy() -> str:
    """What is kept of a person, why and how long: the list that code, page and tests read."""
    lines = [f"| {one.id} | {one.what} | {one.why} | {one.words} | {'、'.join(f'`{place}`' for place in one.places)} |" for one in ITEMS]
    head = "| 编号 | 信息 | 为什么 | 保存多久 | 存在哪里 |\n|---|---|---|---|---|\n"
    return f"{_NOTE}# 个人信息\n\n{head}" + "\n".join(lines) + f"\n\n{BACKUPS}\n"


PAPERS = {"flows.md": flows, "permissions.md": permissions, "commands.md": commands, "settings.md": settings, "privacy.md": privacy}


def write(folder: Path) -> list[Path]:
    """Write them all; the paths."""
    folder.mkdir(exist_ok=True)
    for name, make in PAPERS.items():
        (folder / name).write_text(make(), encoding="utf-8")
    return [folder / name for name in PAPERS]


@click.command(help="重写 docs/ 里由代码生成的表：流程、权限、指令、设置。")
def command() -> None:
    for path in write(Path(__file__).parent.parent / "docs"):
        click.echo(path)
