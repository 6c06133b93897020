"""A campaign back into its file: what was changed by page or copied for the next year is again one YAML (F01, F03, F07)."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import yaml

from domain.campaign import parts as p
from domain.campaign import records as r
from domain.campaign import schema
from domain.campaign.shape import Shape

_SHAPES: Mapping[type, Shape] = {
    shape.make: shape  # type: ignore[misc]
    for shape in (
        *(schema.BASIS, schema.ROLE, schema.POINTS, schema.TRACK, schema.THEME, schema.FORM_FIELD, schema.PLEDGE_FORM, schema.PUBLICATION),
        *(schema.STEP, schema.CHAIN, schema.CARRIER, schema.PHASE, schema.TASK, schema.REQUIREMENT, schema.INDICATOR, schema.ASSESSMENT),
        *(schema.RATING_LIMITS, schema.ISSUE_LIMITS, schema.LIMITS, schema.CAMPAIGN),
    )
}


class _Writer(yaml.SafeDumper):
    """Lists of words stay on one line, everything else goes down the page."""

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> yaml.SequenceNode:
        plain = all(isinstance(one, str) for one in sequence)
        return super().represent_sequence(tag, sequence, flow_style=plain or flow_style)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 -- the reader takes no aliases
        return True


def write_campaign(campaign: r.Campaign) -> str:
    """The text of its file: every key that says something, in the template's order. Reading it gives an equal campaign."""
    return yaml.dump(_plain(campaign), Dumper=_Writer, allow_unicode=True, sort_keys=False, width=160)


def _plain(record: p.Record) -> dict[str, Any]:
    empty = {one.name: one.default for one in fields(record)}
    found: dict[str, Any] = {}
    for key in _SHAPES[type(record)].keys:
        value = getattr(record, key.field or key.name)
        if value not in (None, "", ()) and (key.required or value != empty[key.field or key.name]):
            found[key.name] = _value(value)
    return {name: value for name, value in found.items() if value not in ({}, [])}


def _value(value: Any) -> Any:
    if isinstance(value, p.Record):
        return _plain(value)
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    if isinstance(value, p.Span):
        return f"{value.count} {'working_days' if value.unit == 'working_day' else 'days'}"
    return value
