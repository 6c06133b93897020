"""Logs: one JSON record a line, whatever the input; no openid, phone or secret (R32, R33)."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import orjson
import structlog

_SECRET = re.compile(r"(access_token|secret|js_code|openid|session_key|code|signature|Authorization)=[^&\s\"']+", re.IGNORECASE)
_OPENID = re.compile(r"\bo[A-Za-z0-9_-]{27}\b")
_PHONE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")


def scrubbed(text: str) -> str:
    """The text without what must not be in a log."""
    return _PHONE.sub(r"\1****\2", _OPENID.sub("[openid]", _SECRET.sub(r"\1=[…]", text)))


def _scrub(_logger: Any, _name: str, record: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: scrubbed(value) if isinstance(value, str) else value for key, value in record.items()}


def _line(record: Any, **_how: Any) -> str:
    return orjson.dumps(record, default=str).decode()


_SHARED: list[Any] = [
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    _scrub,
]


def line_formatter() -> logging.Formatter:
    """For the records of libraries."""
    return structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer(serializer=_line)],
        foreign_pre_chain=_SHARED,
    )


def for_server(logger: str) -> dict[str, Any]:
    """The same lines from a server that sets up its own logger, as `logging.config` takes it."""
    return {
        "formatters": {"line": {"()": line_formatter}},
        "handlers": {"line": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}},
        "loggers": {logger: {"handlers": ["line"], "level": "INFO", "propagate": False}},
    }


def set_up(level: str = "INFO") -> None:
    """Once per process: our records, and those of the libraries, as JSON lines on stderr."""
    structlog.configure(
        processors=[*_SHARED, structlog.processors.JSONRenderer(serializer=_line)],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(line_formatter())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
