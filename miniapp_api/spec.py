"""The description of this door, OpenAPI 3.1, at /api/openapi.json. Loaded when somebody first asks for it (decision 10)."""

from functools import cache
from typing import Any

import orjson
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI

from miniapp_api.door import ROUTES
from miniapp_api.errors import Problem

_INFO = Info(
    title="亮诺",
    summary="亮身份 · 亮承诺：小程序接口",
    version="1.0.0",
    description="所有出错都以 {code, message, fields?} 作答，message 可直接显示给使用者。",
)
_SESSION = {"type": "http", "scheme": "bearer", "description": "POST /api/v1/sessions 得到的 token"}


@cache
def drawn() -> bytes:
    """The description as JSON."""
    frame = OpenAPI(__name__, info=_INFO, doc_ui=False, static_folder=None)
    frame.security_schemes = {"session": _SESSION}
    frame.validation_error_model = Problem
    rooms: dict[str, APIBlueprint] = {}
    for route in ROUTES:
        name = route.blueprint.name
        room = rooms.setdefault(name, APIBlueprint(name, __name__, url_prefix=route.blueprint.url_prefix))
        getattr(room, route.method)(route.rule, **route.told)(route.view)
    for room in rooms.values():
        frame.register_api(room)
    return orjson.dumps(_own(frame.api_doc))


def _own(description: dict[str, Any]) -> dict[str, Any]:
    """Without the 422 that flask-openapi3 adds to routes which read nothing."""
    operations = [operation for path in description["paths"].values() for operation in path.values()]
    for operation in operations:
        if "items" in _schema_of(operation["responses"].get("422", {})):
            del operation["responses"]["422"]
    return description


def _schema_of(response: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = response.get("content", {}).get("application/json", {}).get("schema", {})
    return found
