"""What a check works with: one run's target, and for each check a fresh place on it."""

import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from fnmatch import fnmatchcase
from hashlib import sha256

from conformance.accounts import OTHERS, SMPP34, Login
from conformance.blocked import Blocked, Disabled
from conformance.clock import Clock, SpaceClock, WallClock
from conformance.control import Control
from conformance.drivers.http import HttpClient
from conformance.drivers.smpp import Link
from conformance.numbers import Invented, Numbers, Owned
from conformance.tape import CONTROL, Tape
from conformance.target import Dialect, Target
from conformance.verify import verify

SEED = 1
CLOCK = "2026-03-02T09:00:00Z"

LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""Of names of spaces, which are short: a system_id has room for 15 characters, name and space together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    username: str
    password: str = field(repr=False)
    credit: Decimal


class Spending:
    """Counts what may cost something and stops before the limit is passed.

    What a refusal gives back may be spent again; `asked` is what everything would have cost without any.
    """

    def __init__(self, messages: int | None, lookups: int | None) -> None:
        self._limits = {"messages": messages, "lookups": lookups}
        self.spent: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()

    def __call__(self, messages: int, lookups: int) -> None:
        wanted = {"messages": messages, "lookups": lookups}
        for kind, limit in self._limits.items():
            left = None if limit is None else limit - self.spent[kind]
            if left is not None and wanted[kind] > left:
                takes = f"takes {wanted[kind]} of the {kind} to spend"
                raise Blocked(f"{takes}; the target file leaves {left} ([spend] {kind})")
        self.spent.update(wanted)
        self.asked.update({kind: max(number, 0) for kind, number in wanted.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`space` is its own, where the target has spaces."""

    target: Target
    space: str
    tape: Tape
    numbers: Numbers
    spend: Spending
    clock: Clock
    remote: Control | None

    @property
    def prefix(self) -> str:
        """What selects the space in an address."""
        return f"/~{self.space}" if self.space else ""

    def dialect(self, provider: str) -> Dialect:
        return self.target.dialects[provider]

    def login(self, provider: str, role: str = "") -> Login:
        """As whom to call; Blocked where the target file names nobody for a special role."""
        dialect = self.dialect(provider)
        if role and role not in dialect.others:
            raise Blocked(f"needs {OTHERS[role]} ([{provider}.{role}] in the target file)")
        return dialect.others[role] if role else dialect.login

    def http(self, provider: str) -> str:
        """Where calls go; Blocked where nothing says it."""
        address = self.dialect(provider).http
        if address is None:
            raise Blocked(f"needs an address for HTTP ([{provider}] http in the target file)")
        return address + self.prefix

    def link(self, provider: str = SMPP34) -> Link:
        """A connection over SMPP in which nothing was said; Blocked where nothing says where to."""
        address = self.dialect(provider).smpp
        if address is None:
            raise Blocked(f"needs an address for SMPP ([{provider}] smpp in the target file)")
        return Link(address, tape=self.tape, patience=self.target.answer)

    def system_id(self, provider: str = SMPP34, role: str = "") -> str:
        """The name to bind with, which selects the space too."""
        name = self.login(provider, role).username
        return f"{name}@{self.space}" if self.space else name

    def connection(self, provider: str, surface: str) -> HttpClient:
        """A connection to the place, whose exchanges are recorded under the name of the surface."""
        return HttpClient(self.http(provider), tape=self.tape, surface=surface, timeout=self.target.answer)

    @property
    def control(self) -> Control:
        if self.remote is None:
            raise Blocked("needs a control API, which the target does not have")
        return self.remote


class Bench:
    """One run. Spaces of several runs on one emulator never meet; those of `self` have plain names."""

    def __init__(
        self, target: Target, *, seed: int = SEED, clock: str = CLOCK, patience: Clock | None = None
    ) -> None:
        """`patience` is how time passes where the target has no control API."""
        self.target = target
        self.seed = seed
        self.clock = clock
        self._run = "check" if target.name == "self" else f"{_drawn()}-"
        self._places = 0
        self._client = HttpClient(target.base, surface=CONTROL, timeout=30.0)
        self._patience = patience or WallClock(target.longest)
        self.spend = Spending(target.messages, target.lookups)
        self._shared: Numbers = Owned(target.numbers) if target.numbers is not None else Invented()

    def disabled(self, requirement: str) -> str | None:
        """Why the target does not offer this, if it does not."""
        provider, area, _ = requirement.split("/")
        dialect = self.target.dialects.get(provider)
        if dialect is None:
            return "the target has no address for this provider"
        if dialect.smpp is None and area == "smpp":
            return "the target has no address for SMPP"
        if dialect.http is None and area != "smpp" and provider != SMPP34:
            return "the target has no address for HTTP"
        patterns = self.target.disabled.items()
        return next((why for pattern, why in patterns if fnmatchcase(requirement, pattern)), None)

    def admit(self, requirements: tuple[str, ...]) -> None:
        """Disabled, unless the target offers something of what a check observes."""
        reasons = [self.disabled(one) for one in requirements]
        if reasons and all(reasons):
            raise Disabled(reasons[0])

    @contextmanager
    def place(self, tape: Tape, check: str = "") -> Iterator[Place]:
        """Where one check happens. A defect in the emulator's journal counts against the emulator.

        The same check has a space of the same name whenever `self` is judged: it says the same octets then.
        """
        if not self.target.ours:
            yield self._place("", tape, self._shared, None)
            return
        self._places += 1
        name = _word(f"{self._run} {check}") if check else f"{self._run}{self._places}"
        token = self.target.token
        outside = Control(self._client, token=token)
        outside.declare_space(name, seed=self.seed, clock=self.clock)
        space = Control(self._client, prefix=f"/~{name}", token=token)
        self._client.tape = tape
        yield self._place(name, tape, Invented(), space)
        self._client.tape = None
        defects = space.defects()
        outside.delete_space(name)
        verify(defects).equals([])

    def close(self) -> None:
        self._client.close()

    def _place(self, space: str, tape: Tape, numbers: Numbers, control: Control | None) -> Place:
        return Place(
            target=self.target,
            space=space,
            tape=tape,
            numbers=numbers,
            spend=self.spend,
            clock=SpaceClock(control) if control else self._patience,
            remote=control,
        )


def _drawn() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(4))


def _word(text: str) -> str:
    """Eight letters that stand for a text."""
    digest = sha256(text.encode()).digest()
    return "".join(LETTERS[octet % len(LETTERS)] for octet in digest[:8])
