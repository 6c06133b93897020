"""The keys of a campaign file, part by part: the one table that the reader, the template and its test go by (F01)."""

from domain.campaign import parts as p
from domain.campaign import records as r
from domain.campaign.shape import Key, Shape
from domain.campaign.values import day, identifier, one_of, several, span, text, whole, yes_no
from domain.campaign.wording import FIRST_YEAR, LAST_YEAR

KNOWN_ROLES = (
    *("committee", "leading_group", "head", "deputy_head", "group_member", "leading_office"),
    *("branch", "branch_secretary", "party_group", "section", "service_window", "member", "citizen", "accountable_person"),
)
"""Identifiers of mission/vocabulary.md that the rest of the house can find people for."""

OPENS = ("rectification",)

_long = text(2000)
_short = text(200)
_words = several(text(200))
_names = several(identifier)
_REMARKS = (Key("note", _long), Key("uncertain", _long), Key("inferred", _long))
_FROM, _TO, _DUE, _WHEN = Key("from", day, field="starts_on"), Key("to", day, field="ends_on"), Key("due", day, field="due_on"), Key("when", _short)


def _named(kind: str = "name") -> tuple[Key, Key]:
    return Key("id", identifier, required=True), Key(kind, _short, required=True)


BASIS = Shape(
    "依据",
    p.Basis,
    (Key("document_no", _short), Key("issued_on", day), Key("issuer", _short), Key("upper_document", _short), Key("upper_title", _short), *_REMARKS),
)
ROLE = Shape(
    "角色",
    p.Role,
    (*_named(), Key("acts_as", one_of(*KNOWN_ROLES)), Key("holder", _short), Key("seat", _short), Key("duty", _short), *_REMARKS),
)
POINTS = Shape("要点", p.Points, (Key("name", _short, required=True), Key("items", _words, required=True), Key("id", identifier), *_REMARKS))
TRACK = Shape(
    "分类指导",
    p.Track,
    (*_named("applies_to"), Key("theme", _short, required=True), Key("focus", _words), Key("role_text", _long), *_REMARKS),
)
THEME = Shape("主题", p.Theme, (*_named("text"), Key("track", identifier), Key("needs_schedule", yes_no), *_REMARKS))
FORM_FIELD = Shape("表单栏目", p.FormField, (*_named(), Key("required", yes_no), Key("hint", _short), *_REMARKS))
PLEDGE_FORM = Shape(
    "承诺表",
    p.PledgeForm,
    (
        Key("name", _short, required=True),
        Key("fields", several(FORM_FIELD, may_be_one=False), required=True),
        *(Key("quality", _words), Key("template", _short), *_REMARKS),
    ),
)
PUBLICATION = Shape("公示宣传", p.Publication, (Key("audience", _short, required=True), Key("channels", _words, required=True), *_REMARKS))
STEP = Shape("步骤", p.Step, (Key("by", identifier, required=True), Key("act", _short, required=True), _WHEN, _DUE, *_REMARKS))
CHAIN = Shape(
    "承诺程序",
    p.Chain,
    (
        *(*_named(), Key("by", identifier, required=True), Key("addressees", _names), Key("themes", _names)),
        *(Key("content", _long), Key("dimensions", _words)),
        *(Key("steps", several(STEP, may_be_one=False)), Key("publicity", PUBLICATION), Key("promotion", PUBLICATION), *_REMARKS),
    ),
)
CARRIER = Shape("载体", p.Heading, (*_named(), Key("no", whole(1, 99)), Key("group", identifier), *_REMARKS))
GROUP = Shape("任务分组", p.Heading, (*_named(), Key("no", whole(1, 99)), *_REMARKS))
PHASE = Shape(
    "阶段",
    r.Phase,
    (*_named(), Key("no", whole(1, 99), required=True), _WHEN, _FROM, _TO, Key("whole_course", yes_no), *_REMARKS),
)
TASK = Shape(
    "任务",
    r.Task,
    (
        *(*_named("title"), Key("by", _names, required=True), Key("phase", identifier), Key("group", identifier), Key("carrier", identifier)),
        *(_WHEN, _FROM, _TO, _DUE, Key("deliverable", _short), Key("report_to", identifier), Key("approver", identifier)),
        *(Key("part_of", identifier), Key("together_with", identifier), Key("chains", _names), Key("themes", _names), Key("tracks", _names)),
        *(Key("electorate", _names), Key("targets", _names), Key("channels", _words), Key("place", _short)),
        *(Key("points", several(POINTS, may_be_one=False)), Key("min_items", whole(0, 99)), Key("max_items", whole(0, 99))),
        *(Key("standing", yes_no), Key("opens", one_of(*OPENS)), *_REMARKS),
    ),
)
REQUIREMENT = Shape(
    "工作要求",
    p.Requirement,
    (*_named("title"), Key("points", several(POINTS, may_be_one=False)), Key("channels", _words), Key("tracks", _names), *_REMARKS),
)
INDICATOR = Shape(
    "考核指标",
    p.Indicator,
    (*_named("title"), Key("counts", _short, required=True), Key("weight", whole(0, 100)), Key("tracks", _names), *_REMARKS),
)
ASSESSMENT = Shape(
    "考核评价",
    p.Assessment,
    (
        *(Key("principle", _short, required=True), Key("part_of", _short), Key("circulated_criticism", _words), Key("commendation", _words)),
        *(Key("indicators", several(INDICATOR, may_be_one=False)), *_REMARKS),
    ),
)
RATING_LIMITS = Shape("差评时限", p.RatingLimits, (Key("callback", span), Key("fix", span), Key("extend_once", span), *_REMARKS))
ISSUE_LIMITS = Shape(
    "诉求时限",
    p.IssueLimits,
    (Key("forward", span), Key("finish", span), Key("extend_once", span), Key("refuse_with_reason", span), *_REMARKS),
)
LIMITS = Shape(
    "时限",
    p.Limits,
    (
        *(Key("reminders_before_due", several(span)), Key("negative_rating", RATING_LIMITS), Key("delegate_issue", ISSUE_LIMITS)),
        *(Key("publicity", span), Key("minimum_ballots_to_publish", whole(1, 1000)), *_REMARKS),
    ),
)


def _list(name: str, shape: Shape, required: bool = False) -> Key:
    return Key(name, several(shape, may_be_one=False), required)


CAMPAIGN = Shape(
    "活动",
    r.Campaign,
    (
        *(*_named("title"), Key("kind", _short, required=True), Key("year", whole(FIRST_YEAR, LAST_YEAR), required=True)),
        *(Key("source", _short), Key("year_in_source", whole(FIRST_YEAR, LAST_YEAR)), _FROM, _TO, Key("duration_text", _short)),
        *(Key("central_work", _short), Key("basis", BASIS), Key("participants", _words), Key("goals", _words), Key("methods", _words)),
        *(_list("standards", POINTS), _list("roles", ROLE, required=True), _list("tracks", TRACK), _list("themes", THEME)),
        *(Key("pledge_form", PLEDGE_FORM), _list("chains", CHAIN), _list("carriers", CARRIER), _list("groups", GROUP)),
        *(_list("phases", PHASE, required=True), _list("tasks", TASK, required=True), _list("requirements", REQUIREMENT)),
        *(Key("assessment", ASSESSMENT), Key("annexes", _words), Key("limits", LIMITS), *_REMARKS),
    ),
)
