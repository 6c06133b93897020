"""Desk: ratings that wait beside each other, done in one transaction: who is it, seen before, rate, keep the answers (R01, R02)."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import local_day
from domain.errors import KeyReused, NotSignedIn, Refusal
from domain.marks import Mark
from domain.ports import House
from domain.ratings import Channel, Privacy, Rated, RatingDeed
from miniapp_api import texts
from miniapp_api.door import voice_of
from miniapp_api.scenes import read_scene
from services import people, ratings, sessions
from services import register as registers
from services.people import Voice
from services.register import Register
from services.sessions import Kept


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish to rate, as sent. `key` is the Idempotency-Key or “”, `request` the form's own words."""

    house: House
    token: str
    code: str
    window_id: int
    mark: Mark
    tags: tuple[str, ...]
    note: str
    privacy: Privacy
    key: str = ""
    request: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer's bytes, and whose it is."""

    body: bytes
    contact: str


def rate_all(db: Session, wishes: Sequence[Wish]) -> list[Answered | Refusal]:
    """An answer or a refusal for each wish, in order. Answers to keyed wishes are kept; refusals are not: they changed nothing."""
    return _Batch(db, wishes).answers()


class _Batch:
    """Wishes of one transaction; everything is known by a wish's place among them."""

    def __init__(self, db: Session, wishes: Sequence[Wish]) -> None:
        self._db, self._wishes = db, wishes
        self._house = wishes[0].house
        self._now = self._house.now()
        self._told: dict[int, Answered | Refusal] = {}
        self._keys: dict[int, tuple[bytes, bytes]] = {}
        self._twins: dict[int, int] = {}

    def answers(self) -> list[Answered | Refusal]:
        sessions.expect(self._db, {wish.token for wish in self._wishes})
        register = registers.current(self._db, local_day(self._now))
        actors = self._actors(register)
        self._look_back(actors)
        self._rate(actors, register)
        for place, first in self._twins.items():
            self._told[place] = self._told[first] if self._keys[place] == self._keys[first] else KeyReused()
        return [self._told[place] for place in range(len(self._wishes))]

    def _actors(self, register: Register) -> dict[int, Actor]:
        """place → actor; who is not signed in is told so."""
        behind = sessions.all_behind(self._db, {wish.token for wish in self._wishes}, self._now)
        voices: dict[int, Voice] = {}
        for place, wish in enumerate(self._wishes):
            try:
                voices[place] = voice_of(self._house, *behind[wish.token], self._now)
            except (KeyError, NotSignedIn):
                self._told[place] = NotSignedIn()
        self._read_keys(voices)
        found = people.actors_of(self._db, list(voices.values()), register, self._now) if voices else {}
        return {place: found[voice.contact] for place, voice in voices.items()}

    def _read_keys(self, voices: dict[int, Voice]) -> None:
        """What the keyed wishes will be looked up by."""
        message = self._house.pseudonyms.message
        for place, voice in voices.items():
            wish = self._wishes[place]
            if wish.key:
                own = f"{voice.contact}|{wish.key}|"
                self._keys[place] = message(f"api-key|{own}"), message(f"api-request|{own}{wish.request}")
        sessions.expect_earlier(self._db, {mark for mark, _ in self._keys.values()})

    def _look_back(self, actors: dict[int, Actor]) -> None:
        """Give the first answer to what was asked before; of two with one key in this batch the later waits for the first."""
        kept = sessions.earlier_answers(self._db, {mark for mark, _ in self._keys.values()}) if self._keys else {}
        first: dict[bytes, int] = {}
        for place, (mark, request) in self._keys.items():
            if mark in kept:
                same = kept[mark].request == request
                self._told[place] = Answered(self._house.sealer.open(kept[mark].answer).encode(), actors[place].contact) if same else KeyReused()
            elif first.setdefault(mark, place) != place:
                self._twins[place] = first[mark]

    def _rate(self, actors: dict[int, Actor], register: Register) -> None:
        deeds: dict[int, RatingDeed] = {}
        for place in actors.keys() - self._told.keys() - self._twins.keys():
            try:
                deeds[place] = _deed(self._wishes[place], actors[place], register)
            except Refusal as refusal:
                self._told[place] = refusal
        results = ratings.rate_windows(self._db, list(deeds.values()), self._now, self._house.settings.policy) if deeds else []
        keep = []
        for place, result in zip(deeds, results, strict=True):
            if isinstance(result, Refusal):
                self._told[place] = result
                continue
            body = orjson.dumps(rating_answer(result))
            self._told[place] = Answered(body, actors[place].contact)
            if place in self._keys:
                keep.append(Kept(*self._keys[place], 201, self._house.sealer.seal(body.decode())))
        if keep:
            sessions.keep_answers(self._db, keep, self._now)


def _deed(wish: Wish, actor: Actor, register: Register) -> RatingDeed:
    """Raises what stands against the plate."""
    plate = register.valid(read_scene(wish.code)) if wish.code else None
    window_id, post_id = (plate.window_id, plate.post_id) if plate else (wish.window_id, None)
    return RatingDeed(actor, window_id, wish.mark, wish.note, wish.tags, wish.privacy, Channel.MINIPROGRAM, post_id=post_id)


def rating_answer(rated: Rated) -> dict[str, object]:
    """A rating as the client gets it. Ids are strings: they are longer than the numbers of JavaScript."""
    return {
        "id": str(rated.rating_id),
        "window_id": rated.window_id,
        "window": rated.window,
        "level": int(rated.mark),
        "chinese": rated.mark.chinese,
        "changed": rated.changed,
        "day": rated.day,
        "number": rated.number,
        "due": rated.due,
        "message": texts.thanks_for(rated),
    }
