"""版次: the number of the public register's edition; pages keep what they drew while it stands still."""

from sqlalchemy import String, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, table_of
from models.prepared import Find


class Edition(Base):
    """One row, `public`: grows in the transaction of every change that the public can see."""

    __tablename__ = "editions"
    name: Mapped[str] = mapped_column(String(10), primary_key=True)
    n: Mapped[int] = mapped_column(default=1)


_FIND = Find(table_of(Edition), "name", ("name", "n"))
_SEEN = "edition seen"


def grow(db: Session) -> None:
    db.info.pop(_SEEN, None)
    db.execute(update(Edition).where(Edition.name == "public").values(n=Edition.n + 1))


def announce(db: Session) -> None:
    """`current` will be asked for."""
    _FIND.announce(db, ["public"])


def current(db: Session) -> int:
    """The edition this transaction began with, or has grown itself; read once."""
    if _SEEN not in db.info:
        ((_, db.info[_SEEN]),) = _FIND(db, ["public"])
    return int(db.info[_SEEN])
