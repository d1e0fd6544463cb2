"""What is judged: `self`, an http address, or a target file for a real provider."""

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from conformance.accounts import DEMO, Accounts, Login
from conformance.control import Control
from conformance.drivers.http import HttpClient
from conformance.tape import CONTROL

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

Wrap = Callable[["WSGIApplication"], "WSGIApplication"]

SECTIONS = frozenset({"name", "numbers", "spend", "callbacks", "wait", "disabled"})


class TargetError(ValueError):
    """A target that cannot be understood; one line that says what to write instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect(Accounts):
    """Where one provider's calls go, and as whom."""

    http: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Callbacks:
    """Where our receiver listens, and the address under which the target finds it (None: the same)."""

    listen: tuple[str, int] = ("127.0.0.1", 0)
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`ours` is a smslab emulator: it obeys the control API and answers for our own assumptions.

    `numbers`, `messages` and `lookups` are None where anything goes. `longest` is how many seconds of real
    time one step of a check may wait, `answer` how long one answer may take.
    """

    name: str
    dialects: Mapping[str, Dialect]
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
        return next(iter(self.dialects.values())).http


@contextmanager
def opened(address: str, *, seed: int, clock: str) -> Iterator[Target]:
    """The target behind `address`, seen to listen; TargetError or Unreachable."""
    if address == "self":
        with emulated(seed=seed, clock=clock) as target:
            yield target
        return
    target = at(address) if "://" in address else read(Path(address), os.environ)
    for dialect in target.dialects.values():
        HttpClient(dialect.http, timeout=target.answer).probe()
    yield target


@contextmanager
def emulated(*, seed: int, clock: str, name: str = "self", wrap: Wrap = lambda app: app) -> Iterator[Target]:
    """An emulator started for the occasion; `wrap` may put something around its WSGI application."""
    from emulator.app import running

    with running(seed=seed, clock=clock, rate=0.0, wrap=wrap) as emulator:
        yield at(emulator.http, name=name)


def at(address: str, *, name: str | None = None) -> Target:
    """An implementation with the accounts of the default world; ours, if the control API answers."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise TargetError(f"no such target: {address}; give 'self', http://host:port or a target file")
    token = os.environ.get("SMSLAB_CONTROL_TOKEN")
    with HttpClient(address, surface=CONTROL) as client:
        ours = Control(client, token=token).alive()
    dialects = {
        provider: Dialect(http=address.rstrip("/"), login=accounts.login, others=accounts.others)
        for provider, accounts in DEMO.items()
    }
    near = urlsplit(address).hostname in ("127.0.0.1", "localhost", "::1")
    return Target(
        name=name or address,
        dialects=dialects,
        ours=ours,
        token=token if ours else None,
        callbacks=Callbacks() if near else None,
        secrets=frozenset({token} if token else ()),
    )


def read(path: Path, environ: Mapping[str, str]) -> Target:
    """A target file; conformance/targets/example.toml explains every key."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise TargetError(f"no such target: {path}; give 'self', http://host:port or a target file") from None
    except ValueError as fault:
        raise TargetError(f"{path.name}: {fault}") from None
    return _Reader(path.name, environ).target(document)


class _Reader:
    """Reads one file strictly; every complaint names the file and the key."""

    def __init__(self, name: str, environ: Mapping[str, str]) -> None:
        self._name = name
        self._environ = environ

    def target(self, document: Mapping[str, Any]) -> Target:
        self._only(document, "the file", SECTIONS | DEMO.keys())
        dialects = {
            key: self._dialect(key, demo, document[key]) for key, demo in DEMO.items() if key in document
        }
        if not dialects:
            raise TargetError(f"{self._name}: no provider section; one of [{'], ['.join(DEMO)}] is needed")
        spend = self._section(document, "spend", "messages", "lookups")
        wait = self._section(document, "wait", "longest", "answer")
        numbers = self._section(document, "numbers", "own")
        logins = [one for each in dialects.values() for one in (each.login, *each.others.values())]
        return Target(
            name=str(document.get("name", self._name)),
            dialects=dialects,
            numbers=tuple(map(str, numbers.get("own", ()))),
            messages=int(spend.get("messages", 0)),
            lookups=int(spend.get("lookups", 0)),
            callbacks=self._callbacks(self._section(document, "callbacks", "listen", "address")),
            longest=float(wait.get("longest", 0.0)),
            answer=float(wait.get("answer", 10.0)),
            disabled={str(name): str(why) for name, why in document.get("disabled", {}).items()},
            secrets=frozenset(one for login in logins for one in (login.password, login.key) if one),
        )

    def _dialect(self, provider: str, demo: Accounts, section: Mapping[str, Any]) -> Dialect:
        parts = _parts(demo.login)
        own = {f"{part}_env" for part in parts}
        self._only(section, f"[{provider}]", {"http", *own, *demo.others})
        if not str(section.get("http", "")).startswith(("http://", "https://")):
            raise TargetError(f'{self._name}: [{provider}] needs http = "http://…"')
        roles = [role for role in demo.others if section.get(role)]
        return Dialect(
            http=str(section["http"]).rstrip("/"),
            login=self._login(f"[{provider}]", section, parts),
            others={role: self._login(f"[{provider}.{role}]", section[role], parts) for role in roles},
        )

    def _login(self, where: str, section: Mapping[str, Any], parts: tuple[str, ...]) -> Login:
        return Login(**{part: self._variable(where, f"{part}_env", section) for part in parts})

    def _variable(self, where: str, key: str, section: Mapping[str, Any]) -> str:
        name = section.get(key)
        if not name:
            raise TargetError(f"{self._name}: {where} needs {key}, the name of an environment variable")
        if not self._environ.get(name):
            raise TargetError(f"{self._name}: the environment variable {name} ({where} {key}) is not set")
        return self._environ[name]

    def _callbacks(self, section: Mapping[str, Any]) -> Callbacks | None:
        if not section:
            return None
        host, _, port = str(section.get("listen", "127.0.0.1:0")).rpartition(":")
        if not host or not port.isdecimal():
            raise TargetError(f"{self._name}: [callbacks] listen reads host:port")
        address = section.get("address")
        return Callbacks(listen=(host, int(port)), address=str(address).rstrip("/") if address else None)

    def _section(self, document: Mapping[str, Any], name: str, *keys: str) -> Mapping[str, Any]:
        section: Mapping[str, Any] = document.get(name, {})
        self._only(section, f"[{name}]", set(keys))
        return section

    def _only(self, section: Mapping[str, Any], where: str, known: set[str] | frozenset[str]) -> None:
        if strays := sorted(section.keys() - known):
            raise TargetError(
                f"{self._name}: unknown key {strays[0]!r} in {where}; known: {', '.join(sorted(known))}"
            )


def _parts(login: Login) -> tuple[str, ...]:
    """What a file has to say of a login like this: a key needs no name unless there is a password, too."""
    return ("key",) if not login.password else ("username", "password", *(["key"] if login.key else []))
