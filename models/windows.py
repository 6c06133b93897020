"""服务窗口、岗位、值守、座牌: where citizens are served, who is on duty, which code stands on the desk."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import JSON, Date, ForeignKey, String, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base


class ServiceWindow(Base):
    """窗口: a number, a name, the names people call it by, the section that answers for it and its head."""

    __tablename__ = "service_windows"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    place: Mapped[str] = mapped_column(String(60), default="")
    hours: Mapped[str] = mapped_column(String(60), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    section_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    head_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    is_model: Mapped[bool] = mapped_column(default=False)
    closed_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class WindowService(Base):
    """服务事项: what is done here, by which standard, in how many working days (亮标准, B9, B14)."""

    __tablename__ = "window_services"
    id: Mapped[int] = mapped_column(primary_key=True)
    window_id: Mapped[int] = mapped_column(ForeignKey("service_windows.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    standard: Mapped[str] = mapped_column(String(200), default="")
    promised_limit: Mapped[str] = mapped_column(String(40), default="")
    rank: Mapped[int] = mapped_column(default=0)


class Post(Base):
    """岗位: stays while its holders change; `is_pioneer` is a 党员先锋岗."""

    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    window_id: Mapped[int] = mapped_column(ForeignKey("service_windows.id"), index=True)
    title: Mapped[str] = mapped_column(String(40))
    is_pioneer: Mapped[bool] = mapped_column(default=False)


class Duty(Base):
    """值守: who stands at the post from one day to another."""

    __tablename__ = "duties"
    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    from_day: Mapped[date] = mapped_column(Date)
    to_day: Mapped[date | None] = mapped_column(Date)


class Plate(Base):
    """座牌: one printed code of a post; a reprint is a new serial and revokes the old (F19)."""

    __tablename__ = "plates"
    __table_args__ = (UniqueConstraint("post_id", "serial"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    serial: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(10), default="issued")
    issued_on: Mapped[date] = mapped_column(Date)
    expires_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


def windows(db: Session) -> Sequence[ServiceWindow]:
    """All there ever were: what was rated or promised at a closed one keeps its name."""
    return db.scalars(select(ServiceWindow).order_by(ServiceWindow.number, ServiceWindow.id)).all()


def open_windows(db: Session) -> Sequence[ServiceWindow]:
    """Those that serve today."""
    return db.scalars(select(ServiceWindow).where(ServiceWindow.closed_on.is_(None)).order_by(ServiceWindow.number, ServiceWindow.id)).all()


def window(db: Session, window_id: int) -> ServiceWindow | None:
    return db.get(ServiceWindow, window_id)


def services_of(db: Session, window_id: int) -> Sequence[WindowService]:
    return db.scalars(select(WindowService).where(WindowService.window_id == window_id).order_by(WindowService.rank, WindowService.id)).all()


def all_services(db: Session) -> Sequence[WindowService]:
    """Of every window, in the order they are shown."""
    return db.scalars(select(WindowService).order_by(WindowService.window_id, WindowService.rank, WindowService.id)).all()


def posts(db: Session) -> Sequence[Post]:
    return db.scalars(select(Post).order_by(Post.id)).all()


def post(db: Session, post_id: int) -> Post | None:
    return db.get(Post, post_id)


def post_to_change(db: Session, post_id: int) -> Post | None:
    """The post, while nobody else changes who stands there."""
    return db.scalar(select(Post).where(Post.id == post_id).with_for_update())


def plates(db: Session) -> Sequence[Plate]:
    return db.scalars(select(Plate).order_by(Plate.id)).all()


def plate(db: Session, code: str) -> Plate | None:
    return db.scalar(select(Plate).where(Plate.code == code))


def plates_of(db: Session, post_id: int) -> Sequence[Plate]:
    return db.scalars(select(Plate).where(Plate.post_id == post_id).order_by(Plate.serial)).all()


def duties_on(db: Session, day: date) -> Sequence[Duty]:
    running = (Duty.to_day.is_(None)) | (Duty.to_day >= day)
    return db.scalars(select(Duty).where(Duty.from_day <= day, running).order_by(Duty.id)).all()


def duties_of(db: Session, post_id: int) -> Sequence[Duty]:
    """Everybody who stood or will stand at the post, the latest first."""
    return db.scalars(select(Duty).where(Duty.post_id == post_id).order_by(Duty.from_day.desc(), Duty.id.desc())).all()


def set_services(db: Session, window_id: int, rows: Sequence[tuple[str, str, str]]) -> None:
    """All 服务事项 of a window anew: name, standard, promised limit, in this order."""
    db.execute(delete(WindowService).where(WindowService.window_id == window_id))
    db.add_all(
        WindowService(window_id=window_id, name=name, standard=standard, promised_limit=limit, rank=rank)
        for rank, (name, standard, limit) in enumerate(rows)
    )
    db.flush()


def named(db: Session, name: str) -> ServiceWindow | None:
    return db.scalar(select(ServiceWindow).where(ServiceWindow.name == name))


def numbered(db: Session, number: int) -> ServiceWindow | None:
    return db.scalar(select(ServiceWindow).where(ServiceWindow.number == number, ServiceWindow.closed_on.is_(None)))


def in_use(db: Session, window_id: int, day: date) -> dict[str, int]:
    """What must be gone before the window can be closed: 在用座牌, 值守."""
    own = select(Post.id).where(Post.window_id == window_id)
    running = (Duty.to_day.is_(None)) | (Duty.to_day >= day)
    asked = {
        "在用座牌": select(func.count()).select_from(Plate).where(Plate.post_id.in_(own), Plate.state == "issued"),
        "值守": select(func.count()).select_from(Duty).where(Duty.post_id.in_(own), running),
    }
    found = {what: db.scalar(statement) or 0 for what, statement in asked.items()}
    return {what: n for what, n in found.items() if n}


def drop_duties_ended_before(db: Session, day: date) -> int:
    """值守 that is long over; how many."""
    return int(getattr(db.execute(delete(Duty).where(Duty.to_day < day)), "rowcount", 0))
