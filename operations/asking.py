"""What every command begins with: the settings and the house, or one Chinese sentence and the end."""

import click

import app
from domain.ports import House
from operations.places import told
from settings import Settings, SettingsFault, load


def settings_or_stop() -> Settings:
    """The settings. Raises `click.ClickException` that names every fault."""
    try:
        return load()
    except SettingsFault as fault:
        raise click.ClickException(told(fault.head, fault.faults)) from None


def house_or_stop() -> House:
    return app.build(settings_or_stop())
