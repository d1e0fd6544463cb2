"""Target files, read strictly: conformance/targets/example.toml explains every key."""

import tomllib
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from conformance.accounts import DEMO, SMPP34, Accounts, Login
from conformance.catalogue import catalogue
from conformance.target import SPOKEN, WANTED, Callbacks, Dialect, Target, TargetError, host_port

SECTIONS = frozenset({"name", "numbers", "spend", "callbacks", "wait", "disabled"})

FACES = {"http": 'http = "http://…"', "smpp": 'smpp = "host:port"'}


def read(path: Path, environ: Mapping[str, str]) -> Target:
    """What a target file says. TargetError where it says it in no way that is understood."""
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
            disabled=self._disabled(document.get("disabled", {})),
            secrets=frozenset(one for login in logins for one in (login.password, login.key) if one),
        )

    def _dialect(self, provider: str, demo: Accounts, section: Mapping[str, Any]) -> Dialect:
        parts = _parts(provider, demo.login)
        faces = ({"http"} if provider != SMPP34 else set()) | ({"smpp"} if provider in SPOKEN else set())
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
        if "@" in urlsplit(str(section["http"])).netloc:
            raise TargetError(f"{self._name}: [{provider}] http holds no name and no password")
        return str(section["http"]).rstrip("/")

    def _smpp(self, provider: str, section: Mapping[str, Any]) -> tuple[str, int] | None:
        if "smpp" not in section:
            return None
        served = host_port(str(section["smpp"]))
        if served is None:
            raise TargetError(f"{self._name}: [{provider}] needs {FACES['smpp']}")
        return served

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
        listen = host_port(str(section.get("listen", "127.0.0.1:0")))
        if listen is None:
            raise TargetError(f"{self._name}: [callbacks] listen reads host:port")
        address = section.get("address")
        return Callbacks(listen=listen, address=str(address).rstrip("/") if address else None)

    def _disabled(self, section: Mapping[str, Any]) -> dict[str, str]:
        for pattern in section:
            if not any(fnmatchcase(row.id, pattern) for row in catalogue()):
                raise TargetError(f"{self._name}: [disabled] no requirement is like {pattern!r}")
        return {pattern: str(why) for pattern, why in section.items()}

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
    if provider == SMPP34:
        return {"username": "system_id", "password": "password"}
    parts = ("key",) if not login.password else ("username", "password", *(["key"] if login.key else []))
    return {part: part for part in parts}
