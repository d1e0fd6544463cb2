"""The messages of a space: what the application sent, and what handsets wrote to it."""

from collections.abc import Iterator
from typing import TypedDict, Unpack

import msgspec
from msgspec import Struct

from emulator.testing.control import MOST, Control
from emulator.testing.values import Inbound, Message
from emulator.testing.waiting import Missed


class Wanted(TypedDict, total=False):
    """Conditions that a message must meet, all of them; `text` is part of its text."""

    provider: str
    account: str
    to: str
    status: str
    text: str


class _Sent(Struct):
    messages: list[Message]
    total: int


class _Received(Struct):
    inbound: list[Inbound]


class _Reading(Struct):
    rate: float


class Outbox:
    """What the application sent through any provider, oldest first."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def find(self, **wanted: Unpack[Wanted]) -> list[Message]:
        """The messages that meet all conditions: `to`, `status`, `text`, `provider`, `account`."""
        return self._control.get("/messages", _Sent, limit=MOST, **wanted).messages

    def one(self, **wanted: Unpack[Wanted]) -> Message:
        """The only message that meets all conditions. Raises Missed if there is none, or another one."""
        found = self.find(**wanted)
        if len(found) != 1:
            raise Missed(f"{len(found)} messages{_conditions(wanted)}, not one; {self._all()}")
        return found[0]

    def wait(self, *, count: int = 1, timeout: float = 5.0, **wanted: Unpack[Wanted]) -> list[Message]:
        """The messages that meet all conditions, as soon as there are so many.

        `timeout` is in seconds on the wall. Raises Missed. What an application sends is there at once,
        whatever the clock does; another `status` comes only where the clock runs or somebody moves it.
        """
        asked = {"count": count, "timeout": timeout, "limit": MOST}
        found = self._control.get("/messages/wait", _Sent, **asked, **wanted).messages
        if len(found) < count:
            missed = f"{len(found)} of {count} messages{_conditions(wanted)} after {timeout:g} s"
            raise Missed(f"{missed}; {self._all()}{self._hint(wanted)}")
        return found

    def clear(self) -> None:
        """Forget all messages."""
        self._control.tell("DELETE", "/messages")

    def __iter__(self) -> Iterator[Message]:
        return iter(self.find())

    def __len__(self) -> int:
        return self._control.get("/messages", _Sent, limit=0).total

    def _all(self) -> str:
        return (
            "\n  ".join(["all there is:", *map(str, self.find())]) if len(self) else "there are none at all"
        )

    def _hint(self, wanted: Wanted) -> str:
        stands = "status" in wanted and not self._control.get("/clock", _Reading).rate
        return "\nthe clock of this space stands still: move it with clock.advance(seconds)" if stands else ""


class Inbox:
    """What handsets wrote to the application, oldest first."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def receive(self, text: str, *, provider: str, account: str, sender: str, to: str) -> Inbound:
        """A handset writes: `sender` is its number, `to` the one that the account has.

        Where the clock stands still the application has been told when this returns, if its provider
        pushes messages to it.
        """
        fields = {"provider": provider, "account": account, "from": sender, "to": to, "text": text}
        octets = self._control.tell("POST", "/inbound", fields)
        if not self._control.get("/clock", _Reading).rate:
            self._control.tell("POST", "/clock/advance", {"seconds": 0})
        return msgspec.json.decode(octets, type=Inbound)

    def __iter__(self) -> Iterator[Inbound]:
        return iter(self._control.get("/inbound", _Received).inbound)

    def __len__(self) -> int:
        return len(list(iter(self)))


def _conditions(wanted: Wanted) -> str:
    return " with " + ", ".join(f"{name}={value!r}" for name, value in wanted.items()) if wanted else ""
