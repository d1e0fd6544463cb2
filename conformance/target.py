"""What is judged: `self`, an address of HTTP or SMPP, or a target file for a real provider."""

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from conformance.accounts import DEMO, SMPP, Accounts, Login
from conformance.control import Control
from conformance.drivers import smpp as smpp_driver
from conformance.drivers.http import HttpClient
from conformance.tape import CONTROL

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

Wrap = Callable[["WSGIApplication"], "WSGIApplication"]

SECTIONS = frozenset({"name", "numbers", "spend", "callbacks", "wait", "disabled"})

SPOKEN = frozenset({"isms", SMPP})
"""Those that can be reached over SMPP; SMPP alone has no other way."""

SMPP_PORT = 2775

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
EVERYWHERE = frozenset({"", "0.0.0.0", "::"})

FACES = {"http": 'http = "http://…"', "smpp": 'smpp = "host:port"'}

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

    `address` is what was given: `self`, an address, or the path of a file.
    `numbers`, `messages` and `lookups` are None where anything goes. `longest` is how many seconds of real
    time one step of a check may wait, `answer` how long one answer may take.
    """

    name: str
    dialects: Mapping[str, Dialect]
    address: str = ""
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
        return dialect.http or "smpp://{}:{}".format(*dialect.smpp or ("", 0))


@contextmanager
def opened(address: str, *, seed: int, clock: str, smpp: str | None = None) -> Iterator[Target]:
    """The target behind `address`, seen to listen; TargetError or Unreachable.

    `smpp` is HOST:PORT where an address of HTTP serves SMPP, if it does not say so itself.
    """
    if address == "self" and smpp is None:
        with emulated(seed=seed, clock=clock) as target:
            yield replace(target, address=address)
        return
    target = found(address, smpp)
    for dialect in target.dialects.values():
        if dialect.http:
            HttpClient(dialect.http, timeout=target.answer).probe()
        if dialect.smpp:
            smpp_driver.probe(dialect.smpp, timeout=target.answer)
    yield replace(target, address=address)


def found(address: str, smpp: str | None = None, *, ask: bool = True) -> Target:
    """What an address or a file says; whether an address has a control API is known only who `ask`s."""
    if smpp is not None and not address.startswith(("http://", "https://")):
        raise TargetError("--smpp goes with an address of HTTP; a target file has `smpp` of its own")
    if "://" not in address:
        return read(Path(address), os.environ)
    if smpp is None:
        return at(address, ask=ask)
    host, _, port = smpp.rpartition(":")
    if not host or not port.isdecimal():
        raise TargetError(f"--smpp reads host:port, not {smpp}")
    return at(address, relay=(host.strip("[]"), int(port)), ask=ask)


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
        served = relay or (_address(control.smpp(), host) if ours else None)
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
    if parts.scheme not in ("http", "https", "smpp") or not host or parts.query or parts.fragment:
        raise TargetError(f"no such target: {address}; {WANTED}")
    return parts.scheme, host, port


def _dialects(http: str, served: tuple[str, int] | None) -> dict[str, Dialect]:
    dialects = {
        provider: Dialect(http=http, login=accounts.login, others=accounts.others)
        for provider, accounts in DEMO.items()
        if provider != SMPP
    }
    if served is None:
        return dialects
    alone = DEMO[SMPP]
    spoken = {name: replace(one, smpp=served) for name, one in dialects.items() if name in SPOKEN}
    return {**dialects, **spoken, SMPP: Dialect(smpp=served, login=alone.login, others=alone.others)}


def _centre(name: str, served: tuple[str, int]) -> Target:
    """An SMSC alone, with the account that the environment names."""
    accounts = DEMO[SMPP]
    login = Login(
        username=os.environ.get("SMSLAB_SMPP_SYSTEM_ID", accounts.login.username),
        password=os.environ.get("SMSLAB_SMPP_PASSWORD", accounts.login.password),
    )
    secrets = {login.password} - {accounts.login.password}
    return Target(name=name, dialects={SMPP: Dialect(smpp=served, login=login)}, secrets=frozenset(secrets))


def _address(text: str | None, near: str) -> tuple[str, int] | None:
    """HOST:PORT as an emulator tells it; who listens everywhere is found where its HTTP is."""
    if not text:
        return None
    host, _, port = text.rpartition(":")
    host = host.strip("[]")
    return (near if host in EVERYWHERE else host), int(port)


def read(path: Path, environ: Mapping[str, str]) -> Target:
    """A target file; conformance/targets/example.toml explains every key."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise TargetError(f"no such target: {path}; {WANTED}") from None
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
        parts = _parts(provider, demo.login)
        faces = ({"http"} if provider != SMPP else set()) | ({"smpp"} if provider in SPOKEN else set())
        own = {f"{part}_env" for part in parts.values()}
        self._only(section, f"[{provider}]", {*faces, *own, *demo.others})
        if not faces & section.keys():
            ways = " or ".join(FACES[face] for face in sorted(faces))
            raise TargetError(f"{self._name}: [{provider}] needs {ways}")
        roles = [role for role in demo.others if section.get(role)]
        return Dialect(
            http=self._http(provider, section),
            smpp=self._smpp(provider, section),
            login=self._login(f"[{provider}]", section, parts),
            others={role: self._login(f"[{provider}.{role}]", section[role], parts) for role in roles},
        )

    def _http(self, provider: str, section: Mapping[str, Any]) -> str | None:
        if "http" not in section:
            return None
        if not str(section["http"]).startswith(("http://", "https://")):
            raise TargetError(f"{self._name}: [{provider}] needs {FACES['http']}")
        return str(section["http"]).rstrip("/")

    def _smpp(self, provider: str, section: Mapping[str, Any]) -> tuple[str, int] | None:
        if "smpp" not in section:
            return None
        host, _, port = str(section["smpp"]).rpartition(":")
        if not host or not port.isdecimal():
            raise TargetError(f"{self._name}: [{provider}] needs {FACES['smpp']}")
        return host.strip("[]"), int(port)

    def _login(self, where: str, section: Mapping[str, Any], parts: Mapping[str, str]) -> Login:
        given = {part: self._variable(where, f"{key}_env", section) for part, key in parts.items()}
        return Login(**given)

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


def _parts(provider: str, login: Login) -> Mapping[str, str]:
    """What a file has to say of a login like this, part by part, and how it calls that.

    A key needs no name unless there is a password, too.
    """
    if provider == SMPP:
        return {"username": "system_id", "password": "password"}
    parts = ("key",) if not login.password else ("username", "password", *(["key"] if login.key else []))
    return {part: part for part in parts}
