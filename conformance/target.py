"""What is judged, and how to get at it: an emulator of ours, another server, an SMSC."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from conformance.accounts import DEMO, SMPP34, Accounts, Login
from conformance.control import Control
from conformance.drivers.http import HttpClient
from conformance.drivers.smpp import url
from conformance.tape import CONTROL

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

Wrap = Callable[["WSGIApplication"], "WSGIApplication"]

SPOKEN = frozenset({"isms", SMPP34})
"""Those that can be reached over SMPP; SMPP34 alone has no other way."""

SMPP_PORT = 2775
MOST = 2**16 - 1  # that a port can be

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
EVERYWHERE = frozenset({"", "0.0.0.0", "::"})

WANTED = "give 'self', http://host:port, smpp://host:port or a target file"


class TargetError(ValueError):
    """A target that cannot be understood; one line that says what to write instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect(Accounts):
    """Where one provider's calls and sessions go, and as whom; None where there is no way for them."""

    http: str | None = None
    smpp: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Callbacks:
    """Where our receiver listens, and the address under which the target finds it (None: the same)."""

    listen: tuple[str, int] = ("127.0.0.1", 0)
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`ours` is a smslab emulator: it obeys the control API and answers for our own assumptions.

    `address` is what was given: `self`, an address, or the path of a file; `smpp` is what was with it.
    `numbers`, `messages` and `lookups` are None where anything goes. `longest` is how many seconds of real
    time one step of a check may wait, `answer` how long one answer may take.
    """

    name: str
    dialects: Mapping[str, Dialect]
    address: str = ""
    smpp: str | None = None
    ours: bool = False
    token: str | None = field(default=None, repr=False)
    numbers: tuple[str, ...] | None = None
    messages: int | None = None
    lookups: int | None = None
    callbacks: Callbacks | None = None
    longest: float = 0.0
    answer: float = 10.0
    disabled: Mapping[str, str] = field(default_factory=dict)
    secrets: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def base(self) -> str:
        dialect = next(iter(self.dialects.values()))
        return dialect.http or url(dialect.smpp or ("", 0))


@contextmanager
def emulated(
    *, seed: int, clock: str, rate: float = 0.0, name: str = "self", wrap: Wrap = lambda app: app
) -> Iterator[Target]:
    """An emulator started for the occasion; `wrap` may put something around its WSGI application.

    Its store is that of SMSLAB_STORE, as of `smslab serve`.
    """
    from emulator.app import running

    store = os.environ.get("SMSLAB_STORE", "memory")
    with running(seed=seed, clock=clock, rate=rate, store=store, wrap=wrap) as emulator:
        yield at(emulator.http, name=name)


def at(
    address: str, *, name: str | None = None, relay: tuple[str, int] | None = None, ask: bool = True
) -> Target:
    """An implementation with the accounts of the default world; ours, if the control API answers to who asks.

    `relay` stands in for the place where SMPP is served.
    """
    scheme, host, port = _parted(address)
    if scheme == "smpp":
        return _centre(name or address, (host, port or SMPP_PORT))
    token = os.environ.get("SMSLAB_CONTROL_TOKEN")
    with HttpClient(address, surface=CONTROL) as client:
        control = Control(client, token=token)
        ours = ask and control.alive()
        served = relay or (_near(host_port(control.smpp() or ""), host) if ours else None)
    return Target(
        name=name or address,
        dialects=_dialects(address.rstrip("/"), served),
        ours=ours,
        token=token if ours else None,
        callbacks=Callbacks() if host in LOOPBACK else None,
        secrets=frozenset({token} if token else ()),
    )


def _parted(address: str) -> tuple[str, str, int | None]:
    """Scheme, host and port. Raises TargetError."""
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname or ""
    except ValueError as fault:
        raise TargetError(f"no such target: {address}; {fault}") from None
    if parts.username is not None:
        raise TargetError("an address holds no name and no password; a target file says which variables do")
    if parts.scheme not in ("http", "https", "smpp") or not host or parts.query or parts.fragment:
        raise TargetError(f"no such target: {address}; {WANTED}")
    return parts.scheme, host, port


def _dialects(http: str, served: tuple[str, int] | None) -> dict[str, Dialect]:
    dialects = {
        provider: Dialect(http=http, login=accounts.login, others=accounts.others)
        for provider, accounts in DEMO.items()
        if provider != SMPP34
    }
    if served is None:
        return dialects
    alone = DEMO[SMPP34]
    spoken = {name: replace(one, smpp=served) for name, one in dialects.items() if name in SPOKEN}
    return {**dialects, **spoken, SMPP34: Dialect(smpp=served, login=alone.login, others=alone.others)}


def _centre(name: str, served: tuple[str, int]) -> Target:
    """An SMSC alone, with the account that the environment names."""
    accounts = DEMO[SMPP34]
    login = Login(
        username=os.environ.get("SMSLAB_SMPP_SYSTEM_ID", accounts.login.username),
        password=os.environ.get("SMSLAB_SMPP_PASSWORD", accounts.login.password),
    )
    secrets = {login.password} - {accounts.login.password}
    return Target(name=name, dialects={SMPP34: Dialect(smpp=served, login=login)}, secrets=frozenset(secrets))


def _near(served: tuple[str, int] | None, near: str) -> tuple[str, int] | None:
    """Where SMPP is served; who listens everywhere is found where its HTTP is."""
    return (near, served[1]) if served and served[0] in EVERYWHERE else served


def host_port(text: str) -> tuple[str, int] | None:
    """HOST:PORT taken apart, an IPv6 address without its brackets; None where it is no such thing."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) > MOST:
        return None
    return host.strip("[]"), int(port)
