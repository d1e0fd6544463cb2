"""A space: one isolated world of an emulator, as a test sees it."""

from collections.abc import Mapping
from urllib.parse import quote

from msgspec import Struct

from emulator.execute import addresses
from emulator.testing.accounts import Accounts
from emulator.testing.boxes import Inbox, Outbox
from emulator.testing.clock import Clock
from emulator.testing.control import MOST, Control, Declined
from emulator.testing.faults import Faults
from emulator.testing.values import Callback, Exchange


class _Callbacks(Struct):
    callbacks: list[Callback]


class _Journal(Struct):
    entries: list[Exchange]


class Space:
    """A world that nobody else sees: accounts, messages, clock, faults and journal of its own.

    `url` is what a client puts before every path of a provider's document, `smpp` the host and port where
    sessions are had.
    """

    def __init__(self, name: str, url: str, smpp: tuple[str, int]) -> None:
        self.name, self.url, self.smpp = name, url, smpp
        self._control = Control(url)
        self.clock = Clock(self._control)
        self.outbox = Outbox(self._control)
        self.inbox = Inbox(self._control)
        self.accounts = Accounts(self._control)
        self.faults = Faults(self._control)

    def __repr__(self) -> str:
        return f"<Space {self.name} at {self.url}>"

    def address(self, provider: str) -> str:
        """The base address for clients of that provider, such as SMSLAB_ISMS_URL has. Raises Declined."""
        variables = self.environment
        name = f"SMSLAB_{provider.upper()}_URL"
        if name not in variables:
            raise Declined(f"no provider {provider!r}: there is no {name} among {', '.join(variables)}")
        return variables[name]

    def system_id(self, login: str = "demo") -> str:
        """The name to bind with over SMPP, which selects the space as well."""
        return f"{login}@{self.name}"

    @property
    def environment(self) -> Mapping[str, str]:
        """The variables that `smslab exec` sets, with the addresses of this space."""
        return addresses(self.url, "{}:{}".format(*self.smpp))

    @property
    def callbacks(self) -> list[Callback]:
        """What the application was told of its own accord, or is about to be: receipts and messages."""
        return self._control.get("/callbacks", _Callbacks).callbacks

    @property
    def journal(self) -> list[Exchange]:
        """What the application said and what it was answered, oldest first."""
        return self._control.get("/journal", _Journal, limit=MOST).entries

    def decide(self, number: str, outcome: str, *, times: int | None = None) -> None:
        """What becomes of the messages to a number, whatever it ends in: "fails", "slow", "refused"…

        `times` is for how many of them; Declined tells which outcomes there are.
        """
        path = f"/outcomes/{quote(number, safe='')}"
        self._control.tell("PUT", path, {"outcome": outcome, "times": times})

    def reset(self) -> None:
        """The world as it started, its clock at the moment and rate it started with."""
        self._control.tell("POST", "/reset")
