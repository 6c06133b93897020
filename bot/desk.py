"""Desk: a batch of messages in one transaction: duplicates out, who is it, which command, keep the answers (design.md 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from sqlalchemy.orm import Session

from bot.commands import router
from bot.errors import reply_to
from bot.reading import Message
from bot.replies import NOTHING, Reply, words_of
from bot.router import Answer, Call, Command, allowed
from domain.calendar import local_day
from domain.errors import Refusal
from domain.numerals import halfwidth
from domain.ports import House
from services import conversations, inbox, letters, people
from services import register as registers
from services.inbox import Answered
from services.people import Voice

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Posted:
    """A message at the desk: `mark` tells duplicates, `query_mark` a replayed query that carries another body (plain mode)."""

    message: Message
    mark: bytes
    query_mark: bytes | None = None


class Replayed(Exception):
    """A known signature over another body: somebody captured a query (T02)."""


class Desk:
    """Answers the messages of one account."""

    def __init__(self, house: House, account: str) -> None:
        self._house, self._account = house, account

    def answer_all(self, db: Session, posted: Sequence[Posted]) -> list[Answered | Replayed]:
        """An answer for each, in order; what was done, the answers and the record are one commit."""
        now = self._house.now().replace(microsecond=0)
        voices = dict(zip((one.mark for one in posted), self._voices([one.message for one in posted]), strict=True))
        inbox.expect(db, list({voice.contact for voice in voices.values()}))
        marks = [mark for one in posted for mark in (one.mark, one.query_mark) if mark is not None]
        known: dict[bytes, Answered] = dict(inbox.earlier(db, marks))
        fresh = {one.mark: one for one in posted if one.mark not in known and not _is_replay(one, known)}
        answers = self._answers(db, list(fresh.values()), [voices[mark] for mark in fresh], now) if fresh else {}
        inbox.keep(db, answers | {one.query_mark: Answered(now, one.mark.hex()) for one in fresh.values() if one.query_mark is not None})
        known |= answers
        return [Replayed() if _is_replay(one, known) else known[one.mark] for one in posted]

    def _answers(self, db: Session, posted: Sequence[Posted], voices: Sequence[Voice], now: datetime) -> dict[bytes, Answered]:
        calls = self._calls(db, [one.message for one in posted], voices, now)
        replies: list[Answer] = [NOTHING] * len(calls)
        together: dict[str, tuple[Command, list[int]]] = {}
        for at, call in enumerate(calls):
            command, found = router.find(call)
            calls[at] = call.finding(found)
            if command.together:
                together.setdefault(command.name, (command, []))[1].append(at)
            else:
                replies[at] = _alone(db, command, calls[at])
        for command, places in together.values():
            for at, reply in zip(places, command.answer(db, [calls[at] for at in places]), strict=True):
                replies[at] = reply
        kept = [self._kept(db, call, one.mark, reply, now) for call, one, reply in zip(calls, posted, replies, strict=True)]
        return {one.mark: Answered(now, words) for one, words in zip(posted, kept, strict=True)}

    def _calls(self, db: Session, messages: Sequence[Message], voices: Sequence[Voice], now: datetime) -> list[Call]:
        house = self._house
        register = registers.current(db, local_day(now))
        actors = people.actors_of(db, voices, register, now)
        talks = conversations.open_for(db, list(actors), now)
        settings = house.settings
        site = settings.base_url.rstrip("/")
        return [
            Call(
                message,
                halfwidth(message.content).strip() if message.kind in _SPOKEN else "",
                actors[voice.contact],
                talks.get(voice.contact),
                register,
                now,
                settings.policy,
                site,
                settings.bureau,
                house.pseudonyms,
            )
            for message, voice in zip(messages, voices, strict=True)
        ]

    def _voices(self, messages: Sequence[Message]) -> list[Voice]:
        """Who wrote them."""
        house, account = self._house, self._account
        marks = house.pseudonyms
        sealed = house.sealer.seal_all([message.sender for message in messages])
        return [
            Voice(marks.contact(account, one.sender), marks.rater(one.sender), account, address, datetime.fromtimestamp(one.created, UTC))
            for one, address in zip(messages, sealed, strict=True)
        ]

    def _kept(self, db: Session, call: Call, mark: bytes, answer: Answer, now: datetime) -> str:
        """The answer's words for the inbox. The mini-program takes no words in the same breath: they leave as a letter."""
        reply = reply_to(answer) if isinstance(answer, Refusal) else answer
        kept = reply.kept()
        if kept and self._account == "mini":
            letters.write(db, letters.Draft(f"chat:{mark.hex()}", "chat_answer", {"text": words_of(kept)}, contact=call.actor.contact), now)
            return NOTHING.kept()
        return kept


_SPOKEN = frozenset({"text", "voice"})


def _alone(db: Session, command: Command, call: Call) -> Answer:
    """One command in its own savepoint: a refusal half way leaves nothing behind."""
    try:
        with db.begin_nested():
            allowed(command, call.actor)
            reply: Reply = command.answer(db, call)
            return reply
    except Refusal as refusal:
        return refusal


def _is_replay(one: Posted, known: dict[bytes, Answered]) -> bool:
    earlier = known.get(one.query_mark) if one.query_mark is not None else None
    return earlier is not None and earlier.answer != one.mark.hex()
