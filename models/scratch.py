"""Scratch: an empty database of its own in a temporary folder, for what must touch nothing real (issue 5, rehearsals)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from domain.rehearsals import Subscriber
from models.database import Base, Database, table_of, whole_metadata
from models.message_consents import MessageConsent
from models.people import Contact


@contextmanager
def scratch() -> Iterator[Database]:
    """With all tables, without steps' chain: nobody will ever read them."""
    with TemporaryDirectory(prefix="liangnuo-") as folder:
        database = Database(f"sqlite:///{folder}/scratch.db", lambda _db: None, synchronous="OFF")
        whole_metadata().create_all(database.engine)
        try:
            yield database
        finally:
            database.close()


def copy(source: Session, target: Session, model: type[Base], **changed: Any) -> None:
    """All rows of a table, with some columns the same in every row."""
    table = table_of(model)
    rows: Sequence[dict[str, Any]] = [dict(row) | changed for row in source.execute(select(table).order_by(*table.primary_key)).mappings()]
    if rows:
        target.execute(insert(table), rows)


def readdress(target: Session, subscribers: Sequence[Subscriber], sealed: Mapping[str, bytes]) -> None:
    """Members' addresses with another WeChat's openids behind them; nobody has written lately."""
    known = [one for one in subscribers if one.mark in sealed]
    contacts = [
        {"mark": one.mark, "account": one.account, "openid_sealed": sealed[one.mark], "person_id": one.person_id, "follows": one.follows}
        for one in known
    ]
    consents = [
        {"contact": one.mark, "template_id": template_id, "accepted": n, "used": 0, "lost": 0}
        for one in known
        for template_id, n in one.consents.items()
    ]
    for model, rows in ((Contact, contacts), (MessageConsent, consents)):
        if rows:
            target.execute(insert(table_of(model)), rows)
