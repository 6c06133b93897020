"""Reading what a client sent: strict JSON of at most 64 KiB, each name once, nothing coerced, nothing unknown (R18, R19)."""

import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from flask import request
from pydantic import BaseModel, ConfigDict, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from domain.files import LARGEST as LARGEST_FILE
from domain.files import FileMissing, FileTooLarge
from miniapp_api import texts
from miniapp_api.fields import FieldsWrong, complaint, plain_name, wrong

LARGEST = 64 * 1024
LARGEST_FORM = LARGEST_FILE + LARGEST
"""Bytes of a form with one file, and what wx.uploadFile writes around it."""
NO_NUL = r"^[^\x00]*$"
"""Pattern of a text: checking it also finds surrogates without their other half."""

_FIGURES = re.compile(r"0|[1-9][0-9]{0,9}", re.ASCII)
_BEYOND = 10**19


class Form(BaseModel):
    """What may be sent. A field's title is the name people know it by."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)


F = TypeVar("F", bound=Form)
Upload = TypeVar("Upload", bound=BaseModel)


class _Twice(ValueError):
    """A name stands twice in one object: which of the two was meant is not for us to guess."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        raise _Twice(next(name for name, _ in pairs if name in seen or seen.add(name)))  # type: ignore[func-returns-value]
    return found


def _int(figures: str) -> int:
    """Huge numbers stay numbers, out of every range: turning 4,000 figures into an int would raise."""
    return int(figures) if len(figures) < 19 else -_BEYOND if figures[0] == "-" else _BEYOND


def _number(figures: str) -> float | int:
    """JSON knows one kind of number: 2.0 is the integer 2, 2.5 is none."""
    value = float(figures)
    return int(value) if value.is_integer() and abs(value) < _BEYOND else value


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_int=_int, parse_float=_number)
"""One pass that sees repeated names, which orjson cannot (and hands NaN and surrogates on, to be refused by their field)."""


def body(form: type[F]) -> F:
    """The body of Flask's request as a form; see `parsed`."""
    check_kind(request.content_type, request.headers.get("Content-Encoding"))
    if (request.content_length or 0) > LARGEST:
        raise RequestEntityTooLarge()
    # werkzeug ends a body without a length silently at its limit: one byte more is let in, so that too large is seen to be.
    request.max_content_length = LARGEST + 1
    return parsed(form, request.get_data(cache=False))


def check_kind(content_type: str | None, encoding: str | None) -> None:
    """JSON, and not packed; else 415 as werkzeug's exception."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind != "application/json" or (encoding or "identity") != "identity":
        raise UnsupportedMediaType()


def parsed(form: type[F], raw: bytes) -> F:
    """The bytes as a form. Raises `FieldsWrong`; 413 as werkzeug's exception."""
    if len(raw) > LARGEST:
        raise RequestEntityTooLarge()
    try:
        return form.model_validate(_DECODER.decode(raw.decode()))
    except ValidationError as error:
        raise complaint(error, form) from None
    except _Twice as error:
        raise wrong("said_twice", plain_name(error), _label(form, str(error))) from None
    except (ValueError, RecursionError):
        raise FieldsWrong([("body", texts.UNREADABLE)]) from None


def upload(form: type[Upload]) -> Upload:
    """The one file of a multipart form, under the name `file`. Raises `FileMissing`, `FileTooLarge`; 415 as werkzeug's exception."""
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType()
    request.max_content_length = LARGEST_FORM
    try:
        file = request.files.get("file")
    except RequestEntityTooLarge:
        raise FileTooLarge(name="所选文件") from None
    if file is None or not file.filename:
        raise FileMissing()
    return form.model_construct(file=file)


def query(form: type[F]) -> F:
    """The query as a form; a name given twice is refused."""
    given: dict[str, str] = {}
    for name, values in request.args.lists():
        if len(values) > 1:
            raise wrong("said_twice", plain_name(name), _label(form, name))
        given[name] = values[0]
    return checked(form, given)


def headers(form: type[F]) -> F:
    """Those headers that the form names."""
    names = [info.alias for info in form.model_fields.values() if info.alias]
    return checked(form, {name: request.headers[name] for name in names if name in request.headers})


def figure(value: object) -> object:
    """A number in a query: plain figures only, no sign, no blanks, no point."""
    return int(value) if isinstance(value, str) and _FIGURES.fullmatch(value) else value


def checked(form: type[F], given: Mapping[str, str]) -> F:
    """What was given as a form. Raises `FieldsWrong`."""
    try:
        return form.model_validate(given)
    except ValidationError as error:
        raise complaint(error, form) from None


def _label(form: type[Form], name: str) -> str:
    info = form.model_fields.get(name)
    return (info.title if info else None) or plain_name(name)
