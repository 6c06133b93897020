"""Deeds that touch several tables, each ready to be broken off at any statement, and what must be true of the house after that (R16, 3.1)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.marks import Mark
from domain.ports import House
from models import errands, migrations
from services import amendments, batches, doctor, people_changes, pledge_progress, pledge_reviews, pledges, ratings, rectification_answers, seats
from services.pledge_progress import Entry, Reported
from services.pledge_reviews import Decision
from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.pledging import WHOLE, load, of_section, pledged, section


def citizen(name: str) -> Actor:
    return Actor(contact=f"contact-{name}", rater=f"rater-{name}")


Do = Callable[[Session], Any]
Ready = Callable[[Bureau], Do]
"""Brings the bureau to where the deed can be done, and hands out the deed."""


def approve(bureau: Bureau) -> Do:
    code, who = pledged(bureau, "submitted", MONDAY), bureau.actor("secretary")
    return lambda db: pledges.review(db, who, code, "approve", "写得实", MONDAY)


def send_back(bureau: Bureau) -> Do:
    code, who = pledged(bureau, "submitted", MONDAY), bureau.actor("secretary")
    return lambda db: pledges.review(db, who, code, "return", "时限写具体", MONDAY)


def approve_three(bureau: Bureau) -> Do:
    codes, who = [pledged(bureau, "submitted", MONDAY, content=f"第{n}件事一次告知") for n in range(3)], bureau.actor("secretary")
    with bureau.house.database.reading() as db:
        read = {item.code: item.seen for item in pledge_reviews.waiting(db, who, MONDAY)}
    return lambda db: pledge_reviews.decide_many(db, who, [Decision(code, read[code]) for code in codes], True, "", MONDAY)


def publish(bureau: Bureau) -> Do:
    code, who = pledged(bureau, "approved", MONDAY), bureau.actor("office")
    return lambda db: pledges.publish(db, who, code, MONDAY)


def retract(bureau: Bureau) -> Do:
    code, who = pledged(bureau, "published", MONDAY), bureau.actor("office")
    return lambda db: pledges.retract(db, who, code, "内容有误", MONDAY)


def amend(bureau: Bureau) -> Do:
    code, who = pledged(bureau, "published", MONDAY), bureau.actor("secretary")
    with bureau.house.database.transaction() as db:
        later = replace(WHOLE, measures="清单上墙并逐项讲解")
        amendments.propose(db, bureau.actor("clerk"), code, later, "清单改版", MONDAY)
    return lambda db: amendments.review(db, who, code, "publish", "", MONDAY)


def report(bureau: Bureau) -> Do:
    code, who = pledged(bureau, "published", MONDAY), bureau.actor("clerk")
    return lambda db: pledge_progress.report(db, who, code, Entry(Reported.FULFIL, "清单已印好"), MONDAY)


def approve_batch(bureau: Bureau) -> Do:
    load(bureau, "pledge-pioneer-2010", MONDAY)
    unit = section(bureau, "clerk")
    codes, who = [of_section(bureau, unit, MONDAY) for _ in range(2)], bureau.actor("committee")
    with bureau.house.database.transaction() as db:
        batch = batches.compile_(db, bureau.actor("secretary"), "pledge_pioneer_2010", bureau.branch, codes, MONDAY).code
    return lambda db: batches.decide(db, who, batch, "approve", "同意", MONDAY, number="青住建党〔2026〕9号")


def transfer(bureau: Bureau) -> Do:
    pledged(bureau, "submitted", MONDAY, by="secretary")
    who, person, successor = bureau.actor("office"), bureau.people["secretary"], bureau.people["clerk"]
    return lambda db: people_changes.move(db, who, person, bureau.other_branch, None, successor, "工作需要", MONDAY)


def leave(bureau: Bureau) -> Do:
    pledged(bureau, "published", MONDAY)
    who, person, successor = bureau.actor("office"), bureau.people["clerk"], bureau.people["head"]
    return lambda db: people_changes.leave(db, who, person, "retire", successor, "", MONDAY)


def hand_over(bureau: Bureau) -> Do:
    who, head, clerk = bureau.actor("committee"), bureau.people["head"], bureau.people["clerk"]
    with bureau.house.database.transaction() as db:
        ratings.rate_window(db, citizen("a"), bureau.windows[3], Mark.DISSATISFIED, "等太久", MONDAY)
        proposal = seats.hand_over(db, bureau.actor("office"), head, clerk, None, MONDAY.date(), "轮岗", MONDAY).id
    return lambda db: seats.decide(db, who, proposal, "approve", "", MONDAY)


def rate_badly(bureau: Bureau) -> Do:
    return lambda db: ratings.rate_window(db, citizen("b"), bureau.windows[3], Mark.DISSATISFIED, "等太久", MONDAY)


def answer(bureau: Bureau) -> Do:
    with bureau.house.database.transaction() as db:
        number = ratings.rate_window(db, citizen("c"), bureau.windows[3], Mark.DISSATISFIED, "等太久", MONDAY).number
    who = bureau.actor("head")
    return lambda db: rectification_answers.answer(db, who, number, "已增设一个窗口，等候不超过十分钟", MONDAY + timedelta(hours=1))


DEEDS: dict[str, Ready] = {
    ready.__name__: ready
    for ready in (approve, send_back, approve_three, publish, retract, amend, report, approve_batch, transfer, leave, hand_over, rate_badly, answer)
}


class BrokenOff(Exception):
    """The process could have ended here."""


_HANDED_IN = [(kind, name, vars(kind)[name]) for kind in (errands._Near, errands._Far) for name in ("up", "follow", "run")]
"""Every way in which a line is given an errand."""


@contextmanager
def counting(engine: Engine, at: int = 0) -> Iterator[list[str]]:
    """Every statement that goes to the driver, SQLAlchemy's and the errands', and the commit; with `at`, that one is not reached."""
    said: list[str] = []

    def note(words: str) -> None:
        said.append(words)
        if len(said) == at:
            raise BrokenOff(words)

    def noting(plainly: Callable[..., Any]) -> Callable[..., Any]:
        def take(line: errands.Line, errand: errands.Errand) -> Any:
            note(errand.words)
            return plainly(line, errand)

        return take

    def statement(_connection: Any, _cursor: Any, words: str, *_more: Any) -> None:
        note(words)

    def commit(_connection: Any) -> None:
        if "COMMIT" not in said:  # it has not travelled with the errands
            note("COMMIT")

    for kind, name, plainly in _HANDED_IN:
        setattr(kind, name, noting(plainly))
    event.listen(engine, "before_cursor_execute", statement)
    event.listen(engine, "commit", commit)
    try:
        yield said
    finally:
        for kind, name, plainly in _HANDED_IN:
            setattr(kind, name, plainly)
        event.remove(engine, "before_cursor_execute", statement)
        event.remove(engine, "commit", commit)


_NONE = {
    "published without somebody else's review": """
        SELECT p.id FROM pledges p JOIN pledge_versions v ON v.pledge_id = p.id AND v.no = 1 WHERE NOT EXISTS (
            SELECT 1 FROM steps s WHERE s.thing = 'pledge' AND s.thing_id = p.id AND s.verb = 'approve' AND s.who <> 'person:' || p.author_id)""",
    "published and without a text": """
        SELECT id FROM pledges WHERE state = 'published' AND id NOT IN (SELECT pledge_id FROM pledge_versions)""",
    "published and not on the board": """
        SELECT id FROM pledges WHERE state = 'published' AND id NOT IN (SELECT pledge_id FROM board_words)""",
    "two ratings of one event": "SELECT event FROM ratings GROUP BY event HAVING count(*) > 1",
    "a bad rating with no order or two": """
        SELECT r.id FROM ratings r LEFT JOIN rectifications o ON o.rating_id = r.id WHERE r.level <= 2 GROUP BY r.id HAVING count(o.id) <> 1""",
    "an order to somebody that nobody told": """
        SELECT count(*) FROM rectifications HAVING count(*) <> (SELECT count(*) FROM letters WHERE kind = 'rectification_open')""",
    "a batch decided with rows that wait": """
        SELECT b.id FROM pledge_batches b JOIN pledge_batch_rows r ON r.batch_id = b.id WHERE b.state <> 'sent' AND r.decision = ''""",
    "a row decided and its pledge not": """
        SELECT p.id FROM pledge_batch_rows r JOIN pledges p ON p.id = r.pledge_id WHERE r.decision = 'approve' AND p.state = 'submitted'""",
    "somebody gone who stands at a post": """
        SELECT d.id FROM duties d JOIN people p ON p.id = d.person_id WHERE p.left_on IS NOT NULL AND (d.to_day IS NULL OR d.to_day >= p.left_on)""",
    "consents below nothing": "SELECT contact FROM message_consents WHERE accepted - used - lost < 0",
}
"""What there must never be (reliability.md 3.1)."""


def broken(house: House) -> list[str]:
    """The invariants that do not hold."""
    with house.database.reading() as db:
        found = [words for words, query in _NONE.items() if db.execute(text(query)).first() is not None]
        if db.get_bind().dialect.name == "sqlite":
            found += [f"an orphan in {row[0]}" for row in db.execute(text("PRAGMA foreign_key_check"))]
        return found + doctor.findings(db, house.pseudonyms.steps_key, house.now())


def everything(house: House) -> dict[str, list[str]]:
    """Every row of every table."""
    with house.database.reading() as db:
        return {name: sorted(str(tuple(row)) for row in db.execute(text(f'SELECT * FROM "{name}"'))) for name in _TABLES}


def counts(house: House) -> dict[str, int]:
    return {name: len(rows) for name, rows in everything(house).items()}


_TABLES = sorted(migrations.whole_metadata().tables)
