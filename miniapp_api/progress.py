"""进度: where the rectification of a bad rating stands, for whoever holds its number; nothing of the rater or the text."""

from datetime import date

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from pydantic import BaseModel, Field

from domain.permissions import Can
from miniapp_api.answers import private
from miniapp_api.door import house, route
from services import rectifications

blueprint = APIBlueprint("miniapp_progress", __name__, url_prefix="/api/v1")


class ByNumber(BaseModel):
    number: str = Field(description="差评编号，例如 A0231")


class Progress(BaseModel):
    number: str
    state: str
    chinese: str = Field(description="状态")
    opened_on: date
    due: date
    due_words: str = Field(description="期限是怎么算的")


def progress_of(told: rectifications.Progress) -> dict[str, object]:
    return {
        "number": told.number,
        "state": told.state,
        "chinese": told.chinese,
        "opened_on": told.opened_on,
        "due": told.due,
        "due_words": told.due_words,
    }


@route(blueprint, "get", "/progress/<string:number>", needs=Can.ASK_PROGRESS, summary="凭编号查进度", answers={200: Progress}, refuses=(404,))
def progress(path: ByNumber) -> Response:
    """只说状态和期限。"""
    with house().database.reading() as db:
        return private(progress_of(rectifications.progress(db, path.number)))
