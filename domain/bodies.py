"""机构 bodies: which kinds hang under which, and no body under itself (A20, F10)."""

from collections.abc import Mapping

from domain.errors import AlreadyDone, Invalid, Unknown, WrongMoment

KINDS = {"committee": "局党委", "leading_group": "领导小组", "leading_office": "领导小组办公室", "branch": "党支部", "section": "科室（单位）"}
"""Kind of body → what it is called."""
PARENTS: Mapping[str, tuple[str, ...]] = {
    "committee": (),
    "leading_group": ("committee",),
    "leading_office": ("committee", "leading_group"),
    "branch": ("committee", "branch"),
    "section": ("committee", "branch", "section"),
}
"""Kind of body → kinds it may hang under; a committee hangs under nothing."""
TRACKS = {"agency": "机关事业单位", "enterprise": "企业"}
"""分类指导: track of a branch → what it is called; none is a track as well."""
LONGEST_NAME = 60


class NoSuchBody(Unknown):
    code = "no_such_body"
    sentence = "没有找到这个机构，可能已经撤销。请刷新后重新选择。"


class BodyNameMissing(Invalid):
    code = "body_name_missing"
    sentence = "请填写机构名称，最多60个字。"
    field = "name"


class BodyNameTaken(AlreadyDone):
    code = "body_name_taken"
    sentence = "已有名为“{name}”的机构，请换一个名称。"


class WrongParent(Invalid):
    code = "wrong_parent"
    sentence = "{child}不能设在{parent}下面，请另选上级机构。"
    field = "parent"


class UnderItself(Invalid):
    code = "under_itself"
    sentence = "不能把机构移到它自己或它的下级下面，请另选上级机构。"
    field = "parent"


class NoTrack(Invalid):
    code = "no_track"
    sentence = "只有党支部有分类指导；科室、窗口和党员随所在支部。"
    field = "track"


class TrackUnreadable(Invalid):
    code = "track_unreadable"
    sentence = "请从“机关事业单位”“企业”“不分类”里选一项。"
    field = "track"


class SameTrack(AlreadyDone):
    code = "same_track"
    sentence = "“{name}”的分类指导已经是“{track}”，不用改。"


class BodyInUse(WrongMoment):
    code = "body_in_use"
    sentence = "“{name}”还有{what}，不能撤销。请先转走、移交或撤销它们。"


def plain_name(said: str) -> str:
    """The name without stray blanks. Raises `BodyNameMissing`."""
    name = " ".join(said.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise BodyNameMissing()
    return name


def check_parent(kind: str, parent_kind: str | None) -> None:
    """Raises `WrongParent`."""
    if kind not in KINDS or (parent_kind is None and PARENTS[kind]) or (parent_kind is not None and parent_kind not in PARENTS[kind]):
        raise WrongParent(child=KINDS.get(kind, "它"), parent=KINDS.get(parent_kind or "", "顶层"))


def check_move(body_id: int, parent_id: int | None, parents: Mapping[int, int | None]) -> None:
    """Walk up from the new parent: the body must not be met. Raises `UnderItself`."""
    seen: set[int] = set()
    at = parent_id
    while at is not None and at not in seen:
        if at == body_id:
            raise UnderItself()
        seen.add(at)
        at = parents.get(at)


def check_track(track: str) -> None:
    """Raises `TrackUnreadable`."""
    if track and track not in TRACKS:
        raise TrackUnreadable()


def track_words(track: str) -> str:
    return TRACKS.get(track, track) or "不分类"
