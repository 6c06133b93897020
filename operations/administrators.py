"""管理员 on the command line: a password and a TOTP secret for the first person who enters the console."""

import click
import qrcode

from domain.errors import Refusal
from operations.asking import house_or_stop
from operations.campaigns import OPERATOR
from services import administrators, passwords


@click.group(help="工作台的管理员：用账号密码和动态码登录的人。")
def command() -> None:
    pass


@command.command(help="给一个人设账号密码（再执行一次就是重设）。密码从键盘输入，动态码密钥只显示这一次。")
@click.option("--name", prompt="姓名", help="花名册里的姓名。")
@click.option("--login", prompt="账号", default="admin", show_default=True, help="登录用的账号。")
@click.option("--new", is_flag=True, help="花名册里还没有这个人：新建。")
@click.password_option("--password", prompt="密码（至少12个字符）", confirmation_prompt="再输一次", help="不写则从键盘输入。")
def create(name: str, login: str, new: bool, password: str) -> None:
    house = house_or_stop()
    try:
        with house.database.transaction() as db:
            secret = administrators.appoint(db, OPERATOR, name.strip(), login.strip(), password, house.sealer, house.now(), new=new)
    except Refusal as refusal:
        raise click.ClickException(refusal.text) from None
    click.echo(f"\n已为{name}设好账号“{login}”。请用手机上的身份验证器（支持 TOTP）扫这个码：\n")
    code = qrcode.QRCode(border=2)
    code.add_data(passwords.totp_link(secret, login, house.settings.bureau))
    code.print_ascii(invert=True)
    click.echo(f"扫不了就手工输入密钥：{secret}\n登录地址：{house.settings.base_url.rstrip('/')}/console/sign-in")
