"""Everything alive in one emulator, and how to begin anew."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from emulator import settings
from emulator.accounts import Account, Accounts
from emulator.clock import Clock, real_epoch
from emulator.consoles import Consoles
from emulator.faults import Faults
from emulator.inbox import Inboxes
from emulator.ledgers.codes import Codes
from emulator.ledgers.quota import Quotas
from emulator.ledgers.subscriptions import Subscriptions
from emulator.ledgers.tokens import Tokens
from emulator.ledgers.windows import Windows
from emulator.people import People
from emulator.record import Record
from emulator.seeds import Seeds
from emulator.settings import Options, Tuning


class World:
    """State of the platform; `begin` makes it new with the same accounts (状态复位)."""

    clock: Clock
    accounts: Accounts
    seeds: Seeds
    people: People
    tokens: Tokens
    codes: Codes
    quotas: Quotas
    windows: Windows
    subscriptions: Subscriptions
    consoles: Consoles
    inboxes: Inboxes
    record: Record
    faults: Faults
    tuning: Tuning

    def __init__(self, options: Options) -> None:
        self.options = options
        self._tasks: set[asyncio.Task[Any]] = set()
        self._listeners: set[asyncio.Event] = set()
        self.begin(options.seed)

    def begin(self, seed: str = "") -> None:
        """Forget all; with a seed given, running numbers start over too and repeat exactly."""
        self.stop()
        self.seeds = Seeds(seed or settings.PUBLISHED_SEED, 0 if seed else real_epoch())
        self.clock = Clock()
        self.accounts = Accounts(settings.accounts(self.options, self.seeds))
        self.people = People(self.seeds, self.accounts.all)
        self.people.populate(self.clock.now())
        self.tokens, self.codes = Tokens(self.seeds), Codes(self.seeds)
        self.quotas, self.windows, self.subscriptions = Quotas(), Windows(), Subscriptions()
        self.consoles = Consoles(self.seeds)
        self.inboxes, self.record = Inboxes(), Record()
        self.faults, self.tuning = Faults(self.seeds.dice), Tuning()
        self.stir()

    def stop(self) -> None:
        """Give up what is under way."""
        for task in self._tasks:
            task.cancel()

    @property
    def now(self) -> float:
        return self.clock.now()

    @property
    def base_url(self) -> str:
        return self.options.base_url

    def account_of(self, kind: str) -> Account:
        return self.accounts.need(kind)

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Run in the background, kept alive until done or reset."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def at_rest(self) -> None:
        """Wait until nothing is under way any more."""
        while pending := [task for task in self._tasks if task is not asyncio.current_task()]:
            await asyncio.wait(pending)

    def stir(self) -> None:
        """Tell the open pages that something changed."""
        for listener in self._listeners:
            listener.set()

    def listen(self, listener: asyncio.Event) -> None:
        self._listeners.add(listener)

    def leave(self, listener: asyncio.Event) -> None:
        self._listeners.discard(listener)
