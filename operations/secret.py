"""A random secret for the settings."""

import secrets

import click


@click.command(help="生成一个可用作 LIANGNUO_SECRET_KEY 的随机密钥。")
def command() -> None:
    click.echo(secrets.token_urlsafe(36))
