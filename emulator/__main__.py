"""Start it alone: `python -m emulator --port 9000`."""

import argparse
import asyncio
import logging
import os
import socket
import sys

from aiohttp import web

from emulator.accounts import MODES, Refused
from emulator.server import build
from emulator.settings import Options
from emulator.world import World


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m emulator", description="本机上的微信：服务号与小程序的服务端约定")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址")
    parser.add_argument("--port", type=int, default=9000, help="监听端口；0 为任选一个空闲的")
    parser.add_argument("--accounts", default="", help="账号文件（YAML 或 JSON）")
    parser.add_argument("--callback", default="", help="服务号消息推送到哪里，如 http://127.0.0.1:8000/wechat")
    parser.add_argument("--mini-callback", default="", help="小程序消息推送到哪里")
    parser.add_argument("--mode", default="safe", choices=MODES, help="消息加解密方式")
    parser.add_argument("--site", default="", help="产品网址，手机页面的链接用")
    parser.add_argument("--seed", default="", help="种子：给出后，包括编号在内每次启动都一样")
    parser.add_argument("--until-eof", action="store_true", help="标准输入关闭时退出：随启动它的程序一起结束")
    return parser.parse_args(words)


def _introduce(world: World) -> str:
    lines = [f"模拟器已启动：{world.base_url}/  （接口目录 {world.base_url}/_emulator/docs）"]
    for account in world.accounts.all:
        lines += [
            f"【{account.name}】{account.kind}，{account.mode} 模式，推送到 {account.callback or '（未设置）'}",
            f"  appid {account.appid}  原始号 {account.original_id}",
            f"  secret {account.secret}",
            f"  token {account.token}",
            f"  EncodingAESKey {account.encoding_aes_key}",
        ]
    return "\n".join(lines)


async def _end_with_stdin(_app: web.Application) -> None:
    """Whoever started it holds the other end of stdin, and lets go of it when gone, killed or not."""

    loop = asyncio.get_running_loop()

    def heard() -> None:
        if not os.read(sys.stdin.fileno(), 1):
            loop.remove_reader(sys.stdin)
            raise web.GracefulExit()

    loop.add_reader(sys.stdin, heard)


def main(words: list[str]) -> int:
    args = _arguments(words)
    try:
        listening = socket.create_server((args.host, args.port), backlog=512)
    except (OSError, OverflowError):
        print(f"不能启动：{args.host}:{args.port} 不能监听，请换一个端口（--port）", file=sys.stderr)
        return 2
    with listening:
        return _serve(args, listening)


def _serve(args: argparse.Namespace, listening: socket.socket) -> int:
    options = Options(
        seed=args.seed,
        accounts_file=args.accounts,
        callback=args.callback,
        mini_callback=args.mini_callback,
        mode=args.mode,
        site=args.site,
        base_url=f"http://{args.host}:{listening.getsockname()[1]}",
    )
    try:
        world = World(options)
    except (Refused, OSError) as error:
        print(f"不能启动：{error}", file=sys.stderr)
        return 2
    logging.basicConfig(level=logging.WARNING)
    app = build(world)
    if args.until_eof:
        app.on_startup.append(_end_with_stdin)
    web.run_app(app, sock=listening, print=lambda *_: print(_introduce(world), flush=True), access_log=None, shutdown_timeout=1.0)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
