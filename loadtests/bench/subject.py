"""The emulator under test: a space and an account without limits, and its own count of what it took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from loadtests.bench.numbers import recipients
from loadtests.bench.pressure import Answered, Requests, pressed
from loadtests.bench.sizes import Sizes
from loadtests.client import Client, Control
from loadtests.failures import HarnessFailed
from loadtests.served import served

ACCOUNT = {"username": "bench", "password": "bench"}
CREDIT = 1_000_000_000
BATCH = 1_000  # recipients a call when the store is filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    base: str
    pid: int

    def declare(self) -> None:
        """The account, with money enough and no limit; after a reset it is declared anew."""
        settings = {
            "password": "bench",
            "credit": CREDIT,
            "senders": None,
            "limits": {"submits_per_second": None},
        }
        with Control(self.base) as control:
            control.call("PUT", "/accounts/isms/bench", settings)

    def requests(self, count: int = 1) -> Requests:
        fields = urlencode({**ACCOUNT, "from": "smslab", "message": "Your parcel has arrived. Code 4711."})
        return Requests(base=self.base, before=f"/api/http/send.php?{fields}&to=", after="", recipients=count)

    def taken(self) -> int:
        """Messages charged so far, at one credit each."""
        with Client(self.base) as client:
            return CREDIT - round(
                float(client.text(f"/api/http/credits.php?{urlencode(ACCOUNT)}").removeprefix("Credits:"))
            )

    def pressed(self, sizes: Sizes, count: int = 1) -> Answered:
        """Messages by what was charged, so that answers which are no acceptance do not count."""
        before = self.taken()
        answered = pressed(self.requests(count), sizes)
        return Answered(answers=self.taken() - before, seconds=answered.seconds)

    def fill(self, messages: int, **fields: str) -> None:
        """Store so many more, in large calls."""
        with Client(self.base) as client:
            for call in range(-(-messages // BATCH)):
                to = recipients(call, min(BATCH, messages - call * BATCH))
                form = {**ACCOUNT, "from": "smslab", "message": "Hello", "to": ",".join(to), **fields}
                kind = {"Content-Type": "application/x-www-form-urlencoded"}
                _, answer = client.ask("POST", "/api/http/send.php", urlencode(form).encode(), **kind)
                if not answer.startswith(b"ID:"):
                    raise HarnessFailed(f"the emulator would not be filled: {answer[:100].decode()}")

    def space(self, name: str, settings: Mapping[str, object]) -> Bench:
        """A world of its own beside the default one, with the account in it."""
        with Control(self.base) as control:
            control.call("PUT", f"/spaces/{name}", settings)
        inner = Bench(base=f"{self.base}/~{name}", pid=self.pid)
        inner.declare()
        return inner


@contextmanager
def bench() -> Iterator[Bench]:
    with served() as server:
        made = Bench(base=server.http, pid=server.pid)
        made.declare()
        yield made
