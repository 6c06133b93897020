"""The description of this door, OpenAPI 3.1, at /api/openapi.json."""

from functools import cache
from typing import Any

import orjson
from flask import Response
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI

from miniapp_api.errors import PREFIX, Problem

INFO = Info(
    title="亮诺",
    summary="亮身份 · 亮承诺：小程序接口",
    version="1.0.0",
    description="所有出错都以 {code, message, fields?} 作答，message 可直接显示给使用者。",
)
"""Title and version of the description."""

_SESSION = {"type": "http", "scheme": "bearer", "description": "POST /api/v1/sessions 得到的 token"}


def hang(flask: OpenAPI) -> None:
    """Serve the description; it is drawn when somebody first asks."""
    flask.security_schemes = {"session": _SESSION}
    flask.validation_error_model = Problem

    @cache
    def drawn() -> bytes:
        return orjson.dumps(_own(flask.api_doc))

    flask.add_url_rule(f"{PREFIX}openapi.json", "miniapp_api.openapi", lambda: Response(drawn(), content_type="application/json"))


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
