"""What a run sets out to do, and the fixed grid of moments at which it does it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Rates count messages; a call carries `recipients` of them."""

    scenario: str
    rate: float
    seconds: float
    recipients: int = 1
    users: int = 64  # keep-alive connections, over all workers
    workers: int = 1
    listen: str = "127.0.0.1"  # where delivery reports reach us
    base: str = ""  # address with the space, without a trailing slash
    login: str = ""
    password: str = field(default="", repr=False)
    price: Decimal = Decimal("1.00")
    patience: float = (
        10.0  # seconds: how long a call may take, and how far behind the grid it may still leave
    )

    @property
    def calls(self) -> int:
        return math.ceil(round(self.rate * self.seconds / self.recipients, 6))

    @property
    def messages(self) -> int:
        return self.calls * self.recipients

    @property
    def cost(self) -> Decimal:
        """What the target charges when it accepts everything."""
        return self.messages * self.price

    def moment(self, slot: int) -> float:
        """When a call is due, in seconds since the run began: decided before anything is sent."""
        return slot * self.recipients / self.rate

    def share(self, worker: int) -> range:
        """The slots of one worker: dealt out in turn, so that together they keep the even pace."""
        return range(worker, self.calls, self.workers)
