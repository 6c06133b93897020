"""What may be said of a window, as the client sends it: a new rating, the same given anew, a part of it changed (F22, F28)."""

from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from domain.marks import Mark
from domain.ratings import MOST_NOTE
from domain.tags import INDICATORS, tags_for
from miniapp_api.reading import NO_NUL, Form

Level = Annotated[int, Field(ge=1, le=5)]
Tag = Annotated[str, Field(min_length=1, max_length=20, pattern=NO_NUL)]
PrivacyWord = Literal["anonymous", "confidential", "public"]

_TAGS_OF_LEVEL: list[Any] = [
    {"properties": {"level": {"const": int(mark)}, "tags": {"items": {"enum": list(tags_for(mark))}}}} for mark in sorted(Mark)
]
_ONE_PLACE: list[Any] = [{"required": ["code"]}, {"required": ["window_id"]}]
_TAGS_WITH_LEVEL: list[Any] = [{"not": {"required": ["tags"]}}, *({"required": ["level", "tags"], **one} for one in _TAGS_OF_LEVEL)]


class RatingWords(Form):
    """A whole rating: what is left out is empty, and the privacy level the most private."""

    level: Level = Field(title="满意程度")
    tags: list[Tag] = Field(title="评价原因", max_length=len(INDICATORS), default_factory=list, description="该级可选的原因，见 /rating-options")
    text: str = Field(title="说明", max_length=MOST_NOTE, pattern=NO_NUL, default="")
    privacy: PrivacyWord = Field(title="公开方式", default="anonymous")

    model_config = ConfigDict(json_schema_extra={"anyOf": _TAGS_OF_LEVEL})


class RatingForm(RatingWords):
    """A new rating: `code` as scanned or `window_id`, one of the two."""

    code: str = Field(title="二维码", min_length=1, max_length=64, pattern=NO_NUL, default_factory=str)
    window_id: int = Field(title="窗口", ge=1, le=2**31 - 1, default_factory=int)

    model_config = ConfigDict(json_schema_extra={"oneOf": _ONE_PLACE, "anyOf": _TAGS_OF_LEVEL})

    @model_validator(mode="after")
    def one_place(self) -> Self:
        if bool(self.code) == bool(self.window_id):
            raise PydanticCustomError("one_place", "请给出“二维码”或“窗口”，二者给且只给一个。", {"field": "window_id"})
        return self


class RatingChange(Form):
    """Only what is to change. Tags belong to a level, so they come with one."""

    level: Level = Field(title="满意程度", default_factory=int)
    tags: list[Tag] = Field(title="评价原因", max_length=len(INDICATORS), default_factory=list)
    text: str = Field(title="说明", max_length=MOST_NOTE, pattern=NO_NUL, default_factory=str)
    privacy: PrivacyWord = Field(title="公开方式", default_factory=lambda: "anonymous")

    model_config = ConfigDict(json_schema_extra={"minProperties": 1, "anyOf": _TAGS_WITH_LEVEL})

    @model_validator(mode="after")
    def something_that_fits(self) -> Self:
        sent = self.model_fields_set
        if not sent:
            raise PydanticCustomError("nothing", "请至少修改一项：满意程度、评价原因、说明或公开方式。", {"field": "level"})
        if "tags" in sent and "level" not in sent:
            raise PydanticCustomError("tags_alone", "修改“评价原因”时，请同时给出“满意程度”。", {"field": "level"})
        return self


class RatingHeaders(Form):
    """Idempotency-Key stands in the description in words: a parameter there would be sent again with other bodies by any tester."""

    key: str = Field(alias="Idempotency-Key", title="提交编号", pattern=r"^[A-Za-z0-9_-]{8,64}$", default_factory=str)
