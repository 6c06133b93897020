"""用法不对: what click says in English when a command line cannot be read, as one Chinese sentence and how to write it."""

import re
import sys

import click

_QUOTED = re.compile(r"'([^']*)'")
_OF_VALUES = (
    ("does not exist", "找不到“{said}”，请核对名字和所在的文件夹"),
    ("is a directory", "“{said}”是文件夹，这里要写一个文件"),
    ("is a file", "“{said}”是文件，这里要写一个文件夹"),
    ("is not readable", "“{said}”没有读取权限，请换一个账号或改权限"),
    ("is not writable", "“{said}”不能写入，请换一个位置"),
    ("is not a valid integer", "“{said}”应是整数"),
    ("is not a valid float", "“{said}”应是数字"),
    ("is not in the range", "“{said}”超出范围"),
    ("does not match the format", "“{said}”应是日期，例如 2026-11-16"),
)


def run(cli: click.Command, args: list[str] | None = None) -> None:
    """The command line; every fault is one Chinese sentence and exit status 1."""
    try:
        sys.exit(cli.main(args, prog_name="manage.py", standalone_mode=False))
    except click.exceptions.NoArgsIsHelpError as alone:
        click.echo(alone.ctx.get_help() if alone.ctx else "")
        sys.exit(0)
    except click.UsageError as fault:
        click.echo(f"Error: {in_words(fault)}", err=True)
    except click.ClickException as fault:
        fault.show()
    except click.Abort:
        click.echo("已取消，没有执行。", err=True)
    sys.exit(1)


def in_words(fault: click.UsageError) -> str:
    """What is wrong, and the right way to write it."""
    told = f"{_sentence(fault)}。"
    if fault.ctx is None:
        return told
    right = " ".join([fault.ctx.command_path, *fault.ctx.command.collect_usage_pieces(fault.ctx)])
    return f"{told}\n用法：python {right}\n全部选项：python {fault.ctx.command_path} --help"


def _sentence(fault: click.UsageError) -> str:
    said = next(iter(_QUOTED.findall(fault.message)), "")
    if isinstance(fault, click.NoSuchOption):
        return f"没有“{fault.option_name}”这个选项" + (f"，是不是想写“{fault.possibilities[0]}”" if fault.possibilities else "")
    if isinstance(fault, click.MissingParameter) and fault.param is not None:
        return f"还缺 {fault.param.make_metavar(fault.ctx) if fault.ctx else fault.param.name}"
    if isinstance(fault, click.BadParameter):
        return _of_value(fault, said)
    if fault.message.startswith("No such command") and fault.ctx is not None and isinstance(fault.ctx.command, click.Group):
        return f"没有“{said}”这个命令，可用的有：{'、'.join(fault.ctx.command.list_commands(fault.ctx))}"
    if fault.message.startswith("Got unexpected extra argument"):
        return f"多写了“{fault.message.rpartition('(')[2].rstrip(')')}”"
    return "命令的写法不对"


def _of_value(fault: click.BadParameter, said: str) -> str:
    if isinstance(fault.param, click.Parameter) and isinstance(fault.param.type, click.Choice):
        return f"“{said}”不在可选范围内，可选：{'、'.join(map(str, fault.param.type.choices))}"
    for part, words in _OF_VALUES:
        if part in fault.message:
            return words.format(said=said)
    return f"“{said}”的写法不对"
