"""What a run sets out to do, and the fixed grid of moments at which it does it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from loadtests.planning.grid import Grid, grid
from loadtests.planning.shape import Shape, Stage

ROOM = 1.25  # so many times its pace an account may send: at its limit it could never make up for a stall


class Login(NamedTuple):
    """Who binds: the system_id names the space as well, `name` does not."""

    system_id: str
    password: str

    @property
    def name(self) -> str:
        return self.system_id.partition("@")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Rates count messages; a call carries `recipients` of them."""

    scenario: str
    rate: float  # of a burst, that between the peaks; of a ramp, the last
    seconds: float
    shape: Shape = Shape.STEADY
    stages: tuple[Stage, ...] = ()  # what the shape comes to; without any, one at the rate
    chapter: float = 0.0  # seconds of sending that are reconciled together; 0: all
    phase: float = 0.0  # of the time between messages, by which all are later, for plans in an even mixture
    recipients: int = 1
    numbers: str = ""  # what those of recipients begin with; empty: as the scenario has it
    users: int = 64  # connections, over all workers
    workers: int = 1
    listen: str = "127.0.0.1"  # where delivery reports reach us
    report_every: int = 1  # reports are asked for in one call of so many; 0: in none
    base: str = ""  # address with the space, without a trailing slash
    login: str = ""
    password: str = field(default="", repr=False)
    price: Decimal = Decimal("1.00")
    accounts: int = 1  # that share the slots in turn
    burst: int = 0  # messages of the first account that are sent at once, when all others are
    window: int = 100  # submits that a session leaves unanswered
    most: int = 0  # submits a second that each account may send, over SMPP; 0: with some room
    smpp: str = ""  # HOST:PORT of the SMSC
    logins: tuple[Login, ...] = field(default=(), repr=False)  # of its accounts
    patience: float = (
        10.0  # seconds: how long a call may take, and how far behind the grid it may still leave
    )

    @property
    def grid(self) -> Grid:
        return grid(self.course, self.recipients, self.phase)

    @property
    def course(self) -> tuple[Stage, ...]:
        return self.stages or (Stage(self.seconds, self.rate),)

    @property
    def calls(self) -> int:
        return self.grid.calls

    @property
    def span(self) -> int:
        """Calls of a chapter; the last one has what is left as well."""
        if not self.chapter:
            return max(1, self.calls)
        return max(1, min(self.calls, round(self.chapter * self.rate / self.recipients)))

    @property
    def chapters(self) -> tuple[int, ...]:
        """The calls of each chapter."""
        count = max(1, self.calls // self.span)
        return (self.span,) * (count - 1) + (self.calls + self.burst - self.span * (count - 1),)

    @property
    def messages(self) -> int:
        return self.calls * self.recipients

    @property
    def cost(self) -> Decimal:
        """What the target charges when it accepts everything."""
        return (self.messages + self.burst) * self.price

    @property
    def limit(self) -> int:
        """Messages a second that one account may send; it keeps to that but for the burst."""
        return self.most or math.ceil(round(ROOM * self.pace, 6))

    @property
    def pace(self) -> float:
        """Messages a second that one account is to send, at most."""
        return max(stage.rate for stage in self.course) / self.accounts

    @property
    def at_limit(self) -> bool:
        """Whether accounts send all they may: then none ever makes up for a delay."""
        return self.limit <= self.pace

    @property
    def names(self) -> tuple[str, ...]:
        """The accounts as the control API knows them."""
        return tuple(login.name for login in self.logins) or (self.login,)

    def paced(self, slot: int) -> bool:
        """Whether it has a moment of its own; the burst's slots come after these."""
        return slot < self.calls

    @property
    def bursting(self) -> range:
        """The slots of the burst."""
        return range(self.calls, self.calls + self.burst)

    def owner(self, slot: int) -> int:
        """The account, by its place, that a slot belongs to."""
        return slot % self.accounts if self.paced(slot) else 0

    def moment(self, slot: int) -> float:
        """When a call is due, in seconds since the run began: decided before anything is sent."""
        return self.grid.moment(slot)

    def share(self, worker: int) -> range:
        """The slots of one worker: dealt out in turn, so that together they keep the even pace.

        Raises ValueError for one too many, as its slots would be somebody else's.
        """
        if worker >= self.workers:
            raise ValueError(f"there is no worker {worker} of {self.workers}")
        return range(worker, self.calls, self.workers)
