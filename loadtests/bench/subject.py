"""The emulator under test: a space and an account without limits, and its own count of what it took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urlencode, urlsplit

from loadtests.bench.numbers import recipients
from loadtests.bench.pressure import Answered, Requests, pressed
from loadtests.bench.sizes import Sizes
from loadtests.client import Client, Control
from loadtests.failures import HarnessFailed
from loadtests.planning.plan import Plan
from loadtests.scenarios import OVER_HTTP
from loadtests.scenarios.template import Template
from loadtests.served import served

NAME = "bench"  # and password, and key
ACCOUNT = {"username": NAME, "password": NAME}
CREDIT = 1_000_000_000
BATCH = 1_000  # recipients a call when the store is filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    base: str
    pid: int
    dialect: str = "isms-http"

    def declare(self) -> None:
        """The account, with money enough and no limit; after a reset it is declared anew."""
        settings = {
            **OVER_HTTP[self.dialect].account(NAME),
            "credit": CREDIT,
            "senders": None,
            "limits": {"submits_per_second": None},
        }
        with Control(self.base) as control:
            control.call("PUT", f"/accounts/{OVER_HTTP[self.dialect].provider}/{NAME}", settings)

    def requests(self, count: int = 1) -> Requests:
        host, path = urlsplit(self.base).netloc, urlsplit(self.base).path
        template = under(path, call_of(self.dialect)) if path else call_of(self.dialect)
        return Requests(base=f"http://{host}", template=template, recipients=count)

    def taken(self) -> int:
        """Messages charged so far."""
        scenario = OVER_HTTP[self.dialect]
        with Control(self.base) as control:
            (left,) = (
                account["credit"]
                for account in control.call("GET", "/accounts")["accounts"]
                if (account["provider"], account["login"]) == (scenario.provider, NAME)
            )
        return round((CREDIT - float(left)) / float(scenario.price))

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

    def over(self, dialect: str) -> Bench:
        """The same world, spoken to in another dialect, with an account for it."""
        other = Bench(base=self.base, pid=self.pid, dialect=dialect)
        other.declare()
        return other


def call_of(dialect: str) -> Template:
    """A send with nothing but its recipients left open."""
    plan = Plan(scenario=dialect, rate=1, seconds=1, login=NAME, password=NAME)
    return OVER_HTTP[dialect].template(plan, "")


def under(prefix: str, template: Template) -> Template:
    """The same call to what lies under a path, as spaces do."""
    if template.path:
        return replace(template, path=prefix + template.path)
    return replace(template, before=prefix.encode() + template.before)


@contextmanager
def bench() -> Iterator[Bench]:
    with served() as server:
        made = Bench(base=server.http, pid=server.pid)
        made.declare()
        yield made
