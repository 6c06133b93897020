"""The operator's commands: `python manage.py --help`. Every fault is one Chinese sentence and exit status 1."""

import gc
import os
import sys
from importlib import import_module

import click

COMMANDS = {
    "serve": ("serving", "提供服务：公众号回调、小程序接口、公开页面。"),
    "clock": ("ticking", "时钟：到点提醒、投递信件、公布数字、清理到期数据；再开一个即为备用。"),
    "migrate": ("schema", "把数据库升级到本版本（可重复执行）。"),
    "campaign": ("campaigns", "活动文件：检查、载入，从通知原文起草。"),
    "rehearse": ("rehearsing", "演练：快进走完一个活动，列出会发的每封信件、冲突和送不到的人，不动真数据。"),
    "roster": ("roster", "党员花名册：导入与导出。"),
    "badge": ("badges", "座牌、胸牌、海报：打印，停用，清单。"),
    "print": ("prints", "公示板、海报、标语、电子屏文字、承诺书、名单。"),
    "admin": ("administrators", "管理员：给首个登录工作台的人设账号、密码和动态码。"),
    "backup": ("backups", "备份：数据库和附件写成一个文件，不用停服务。"),
    "restore": ("restoring", "恢复：校验备份后写入空的数据库。"),
    "doctor": ("examination", "体检：设置、数据库、存储、微信、办理记录，逐项说明怎么办。"),
    "menu": ("menus", "把菜单发布到服务号（上线或改网址后执行一次）。"),
    "demo": ("demonstration", "演示：示范单位、服务、时钟、微信模拟器一起启动。"),
    "papers": ("papers", "重写 docs/ 里由代码生成的表：流程、权限、指令、设置。"),
    "secret": ("secret", "生成一个可用作 LIANGNUO_SECRET_KEY 的随机密钥。"),
}
"""Command → (its file in operations/, what it is for)."""


class Commands(click.Group):
    """Loads a command's file when it is called: a web worker needs none of the others (performance.md, point 10)."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's form
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            raise click.ClickException(f"没有“{cmd_name}”这个命令，可用的有：{'、'.join(COMMANDS)}。")
        return _loaded(COMMANDS[cmd_name][0])

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list, without loading anything."""
        with formatter.section("命令"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


def _loaded(name: str) -> click.Command:
    """The command of a file in operations/. Nothing loaded is ever garbage: without the collector's rounds a start is a seventh shorter,
    and what is frozen before the workers are forked stays shared between them.
    """
    gc.disable()
    command: click.Command = import_module(f"operations.{name}").command
    gc.freeze()
    gc.enable()
    return command


def _set_up_logs() -> None:
    """Without what structlog and pydantic would load for nothing: rich, for a coloured console (50 ms), and a search of all packages for
    pydantic's plugins. Commands that draw tables load rich themselves.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    sys.modules["rich"] = None  # type: ignore[assignment]
    import_module("gateways.logs").set_up()
    del sys.modules["rich"]


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """亮诺：亮身份、亮承诺。先 migrate 建库，再 serve 和 clock；有疑问先 doctor。"""


if __name__ == "__main__":
    _set_up_logs()
    import_module("operations.usage").run(cli)
