"""演示 `manage.py demo`: the demo bureau, the service, the clock and the emulated WeChat on one machine (F60, X15)."""

import os
import signal
from types import FrameType

import click
from sqlalchemy.exc import SQLAlchemyError

import app
from domain.ports import House
from operations import bureau, menus
from operations.bureau import Found
from operations.demo import environment
from operations.demo.children import Children
from operations.demo.environment import CannotStart, Places
from operations.demo.phones import Phones
from operations.schema import migrate
from settings import SettingsFault, load


class _End:
    """Whether Ctrl-C, SIGTERM or a closed terminal has asked for the end. A flag only: nothing is interrupted half done."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup has it ignored, and means it
            signal.signal(signal.SIGHUP, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


def run() -> None:
    """Start everything, say where it is, and stay until told to stop. Raises `click.ClickException` with one Chinese sentence."""
    end = _End()
    try:
        places = environment.prepare(os.environ)
        house = app.build(load())
        environment.check_free(places.port, "PORT")
        environment.check_free(places.emulator_port, "EMULATOR_PORT")
        environment.make_room(places.state)
        with Children(places.state / "logs", lambda: end.asked) as children:
            _start(house, places, children, end)
            children.watch()
            click.echo("\n正在停止……")
    except (CannotStart, SettingsFault) as fault:
        raise click.ClickException(str(fault)) from None
    except SQLAlchemyError as fault:
        words = f"数据库用不了：请核对 LIANGNUO_DATABASE__URL，确认数据库已启动、账号有权建表（{type(fault).__name__}）。"
        raise click.ClickException(words) from None
    click.echo("演示已停止，数据保留，下次 make demo 接着用。")


def _start(house: House, places: Places, children: Children, end: _End) -> None:
    """The emulator first, so that phones can be bound before the first letter goes out."""
    click.echo("正在准备演示：建库、录入示范单位、启动服务……")
    _start_emulator(house, places, children)
    migrate(house)
    founded = bureau.found(house, house.now())
    children.wait_for("微信模拟器", places.emulator_port, "/_emulator/")
    if end.asked:
        return
    _bind(house, founded, Phones(places.emulator_port))
    children.start("serve", "网页服务", "manage.py", "serve")
    children.start("clock", "时钟", "manage.py", "clock")
    children.wait_for("网页服务", places.port, "/readyz")
    if not end.asked:
        click.echo(_told(house, places, founded, menus.publish(house)))


def _start_emulator(house: House, places: Places, children: Children) -> None:
    service, site = f"http://127.0.0.1:{places.port}", house.settings.base_url
    callbacks = ("--callback", f"{service}/wechat", "--mini-callback", f"{service}/wechat/mini")
    children.start("emulator", "微信模拟器", "-m", "emulator", "--port", str(places.emulator_port), *callbacks, "--site", site)


def _bind(house: House, founded: Found, phones: Phones) -> None:
    settings = house.settings
    phones.agree({"service": settings.wechat.mode, "mini": settings.miniprogram.mode})
    phones.join()
    owners = phones.owners({"service": settings.wechat.appid, "mini": settings.miniprogram.appid})
    bureau.bind(house, founded, owners)
    if "mini" in owners.get(bureau.ASKER, {}):
        bureau.ask(house, founded, owners[bureau.ASKER]["mini"])
    phones.lay_out(house, founded)


def _told(house: House, places: Places, founded: Found, menu: str) -> str:
    """Where everything is, and what to try first."""
    site = house.settings.base_url.rstrip("/")
    news = "示范单位已录入" if founded.is_new else "接着用上次的数据"
    landing = next((f"{site}/p/{code}" for code in founded.codes(3)), f"{site}/windows")
    return f"""
亮诺演示已启动（{house.settings.bureau}，{news}；{menu}）

  手机（微信模拟器）  {places.emulator}/
  落地页（3号窗口）   {landing}
  首页                {site}/
  承诺公示            {site}/board
  工作台              {site}/console/sign-in （页面下方有演示入口：党委、办公室、书记、督查、审计、运维）
  接口文档            {site}/api/openapi.json
  模拟器说明          {places.emulator}/_emulator/docs

先试这几件事：
  1. 打开手机，选“群众赵小满”，发送：评价 3号窗口 满意
  2. 换“群众钱立夏”，发送：评价3号窗口不满意 等了两个小时
  3. 换“党员吴秋分”（3号窗口负责人），看收到的提醒，再发送：待办
  4. 任选一人扫一扫桌上的座牌，看值守人员、承诺和时限，点两下评价
  5. 打开工作台的登录页，用“书记李清明”“办公室叶知秋”“党委石开泰”或“党员吴秋分”的手机扫一扫，回复 1 登录

状态和日志在 {places.state}；按 Ctrl-C 停止，make clean-demo 清空重来。
"""


@click.command(help="演示：示范单位、服务、时钟、微信模拟器一起启动（make demo 会先装好所需的一切）。")
def command() -> None:
    run()
