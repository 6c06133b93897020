"""附件: one file sent by wx.uploadFile, kept as the sender's own until a deed takes it in (F58)."""

from datetime import datetime
from typing import Annotated

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema
from werkzeug.datastructures import FileStorage

from domain import file_links
from domain.permissions import Can
from miniapp_api.answers import Answer, private
from miniapp_api.door import Caller, house, route
from services import files
from services.files import Attached

blueprint = Blueprint("miniapp_files", __name__, url_prefix="/api/v1")


Sent = Annotated[FileStorage, WithJsonSchema({"type": "string", "format": "binary"})]


class FileForm(BaseModel):
    """What wx.uploadFile sends with `name: "file"`."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    file: Sent = Field(title="文件", description="PDF、Word、Excel 文件，或 JPG、PNG 照片，最多20 MB")


class FileAnswer(Answer):
    code: str = Field(description="提交时用它指明附件，一天内有效")
    name: str
    kind: str
    size: int = Field(description="字节数；照片会缩小并去掉拍摄信息")
    url: str = Field(description="半小时内可打开的地址")
    kept_at: datetime


@route(blueprint, "post", "/files", needs=Can.KEEP_FILE, summary="上传附件", answers={201: FileAnswer}, refuses=(401, 403, 409, 413, 415, 422, 429))
def keep(caller: Caller, form: FileForm) -> Response:
    """上传一个附件，之后随报送、佐证等一起提交。"""
    at = house()
    now = at.now()
    with at.database.transaction() as db:
        actor = caller.actor(db, now)
    kept = at.files.keep(form.file.filename or "", form.file.stream)
    with at.database.transaction() as db:
        return private(answer_of(files.add(db, actor, kept, now)), 201)


def answer_of(file: Attached) -> dict[str, object]:
    """A file as the client gets it."""
    url = f"/files/{file_links.make(house().pseudonyms, file.code, house().now())}"
    return {
        "code": file.code,
        "name": file.name,
        "kind": file.kind.value,
        "size": file.size,
        "url": url,
        "kept_at": file.kept_at.replace(microsecond=0),
    }
