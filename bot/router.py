"""Router: which command answers a message. Every command states the deed it needs and, for the help page, what to write."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from bot.reading import Message
from bot.replies import Reply
from domain.actor import Actor
from domain.errors import Refusal
from domain.permissions import Can, admit
from domain.policy import Policy
from domain.pseudonyms import Pseudonyms
from services.conversations import Talk
from services.register import Register


@dataclass(frozen=True, slots=True)
class Call:
    """One message in a command's hands. `found` holds what the matcher read; `site` is the public base URL, `bureau` our name,
    `pseudonyms` makes keyed digests.
    """

    message: Message
    text: str
    actor: Actor
    talk: Talk | None
    register: Register
    now: datetime
    policy: Policy
    site: str
    bureau: str
    pseudonyms: Pseudonyms
    found: Any = None

    def finding(self, found: Any) -> "Call":
        """The same call with what a matcher read."""
        return Call(
            self.message, self.text, self.actor, self.talk, self.register, self.now, self.policy, self.site, self.bureau, self.pseudonyms, found
        )


_NAMED = re.compile(r"\(\?P<\w+>")
Answer = Reply | Refusal
Many = Callable[[Session, Sequence[Call]], Sequence[Answer]]
Matcher = Callable[[Call], Any]
"""Reads a call: None when it is not for this command, anything else goes into `found`."""


@dataclass(frozen=True)
class Command:
    """One line of the bot's rule. `together` marks a command that takes all its calls at once."""

    name: str
    matches: Matcher
    needs: Can
    answer: Callable[..., Any]
    together: bool
    help: str


@dataclass
class Router:
    """Commands in the order in which they are tried."""

    commands: list[Command] = field(default_factory=list)

    def on(self, matches: Matcher, *, needs: Can, help: str = "", together: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Register a command: `(db, call) -> Reply`, or with `together` `(db, calls) -> [Reply or Refusal]`."""

        def register(answer: Callable[..., Any]) -> Callable[..., Any]:
            self.commands.append(Command(answer.__name__, matches, needs, answer, together, help))
            return answer

        return register

    def find(self, call: Call) -> tuple[Command, Any]:
        """The first command that reads the call, with what it read. The last command reads everything."""
        for command in self._for_events if call.message.kind == "event" else self._for_text(call.text):
            found = command.matches(call)
            if found is not None:
                return command, found
        raise LookupError("the last command must match everything")

    @cached_property
    def _for_events(self) -> list[Command]:
        return [command for command in self.commands if not isinstance(command.matches, Words)]

    def _for_text(self, text: str) -> list[Command]:
        """Those that may read it: one look tells whether any of the fixed words fits, so that a rating is not held against each."""
        fixed, others, every = self._by_words
        return every if text and fixed.fullmatch(text) else others

    @cached_property
    def _by_words(self) -> tuple[re.Pattern[str], list[Command], list[Command]]:
        every = [command for command in self.commands if not isinstance(command.matches, Event)]
        fixed = [command.matches.pattern.pattern for command in every if isinstance(command.matches, Words)]
        any_of_them = "|".join(f"(?:{_NAMED.sub('(?:', one)})" for one in fixed)
        return re.compile(any_of_them), [command for command in every if not isinstance(command.matches, Words)], every

    def helps(self) -> list[str]:
        return [command.help for command in self.commands if command.help]


@dataclass(frozen=True, slots=True)
class Words:
    """Reads texts that are the pattern, whole; see `words`."""

    pattern: re.Pattern[str]

    def __call__(self, call: Call) -> Mapping[str, str] | None:
        found = self.pattern.fullmatch(call.text) if call.text else None
        return None if found is None else found.groupdict()


@dataclass(frozen=True, slots=True)
class Event:
    """Reads events; see `event`."""

    names: tuple[str, ...]
    key: str | None

    def __call__(self, call: Call) -> str | None:
        message = call.message
        if message.kind != "event" or message.event not in self.names or (self.key is not None and message.key != self.key):
            return None
        return message.key


def words(pattern: str) -> Matcher:
    """A matcher for texts that are the pattern, whole."""
    return Words(re.compile(pattern))


def event(*names: str, key: str | None = None) -> Matcher:
    """A matcher for events by their name in lower case, and for one menu key."""
    return Event(names, key)


def allowed(command: Command, actor: Actor) -> None:
    """Ask the by-law for the command's deed, as far as it does not depend on a thing; the service asks again with the thing."""
    admit(actor, command.needs)
