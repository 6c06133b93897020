"""The stage of the matrix: one house for each of its files, with the nine roles signed in."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

import app
from domain.actor import Role
from domain.ports import House
from tests.bureau import Bureau
from tests.conftest import MONDAY, Founded, settings_for
from tests.matrix.cast import Player, players


@pytest.fixture(scope="module")
def house(founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for all: what is asked here is refused, or about things of its own."""
    with founded.copy(tmp_path_factory.mktemp("matrix")) as (url, store):
        built = app.build(settings_for(url, redis={"url": store}, wechat={}), lambda: MONDAY)
        yield built
        built.database.close()  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def bureau(house: House, founded: Founded) -> Bureau:
    return replace(founded.bureau, house=house, people=dict(founded.bureau.people))


@pytest.fixture(scope="module")
def flask(house: House) -> Flask:
    return app.create_flask(house)


@pytest.fixture(scope="module")
def cast(house: House, bureau: Bureau) -> dict[Role, Player]:
    return players(house, bureau)
