"""版次: the number of the public register's edition; pages keep what they drew while it stands still."""

from sqlalchemy import String, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base
from models.prepared import Do


class Edition(Base):
    """One row, `public`: grows in the transaction of every change that the public can see."""

    __tablename__ = "editions"
    name: Mapped[str] = mapped_column(String(10), primary_key=True)
    n: Mapped[int] = mapped_column(default=1)


_NOW = Do("SELECT n FROM editions WHERE name = 'public'")


def grow(db: Session) -> None:
    db.execute(update(Edition).where(Edition.name == "public").values(n=Edition.n + 1))


def current(db: Session) -> int:
    ((n,),) = _NOW(db)
    return int(n)
