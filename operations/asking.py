"""What every command begins with: the settings and the house, or one Chinese sentence and the end."""

import click

import app
from domain.ports import House
from gateways import logs
from settings import Settings, SettingsFault, load


def settings_or_stop() -> Settings:
    """The settings. Raises `click.ClickException` that names every fault."""
    logs.set_up()
    try:
        return load()
    except SettingsFault as fault:
        raise click.ClickException(str(fault)) from None


def house_or_stop() -> House:
    return app.build(settings_or_stop())
