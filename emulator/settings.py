"""Worlds and outcomes as files: the only reader of the disk."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from emulator.core.clock import FIRST, LAST
from emulator.core.credits import MOST, Tariff, is_amount, is_balance
from emulator.core.model import Account, Limits, Status, Step
from emulator.core.outcomes import ENDING, Outcome, Outcomes
from emulator.core.register import Presence

File = TypeVar("File")

INFINITE = Decimal("Infinity")


class Misconfigured(Exception):
    """A file or option that cannot be obeyed; the text says what to do."""


def moment(text: str) -> datetime:
    """An ISO 8601 moment, in UTC unless it says otherwise. Raises Misconfigured."""
    try:
        read = datetime.fromisoformat(text)
        moment = (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Misconfigured(f"{text!r} is no moment: write 2026-03-02T09:00:00Z") from None
    if not FIRST <= moment <= LAST:
        raise Misconfigured(f"{text!r} is beyond all clocks: they go from {FIRST.year} to {LAST.year}")
    return moment


def clock_start(text: str | None) -> datetime | None:
    """Where a clock starts: at a moment, or (None) at whatever "now" will be. Raises Misconfigured."""
    return None if text is None or text == "now" else moment(text)


class AccountFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Who logs in by name and password, or by a key alone; a credit of inf is unlimited."""

    login: str
    password: str = ""
    key: str = ""
    credit: Decimal = Decimal(0)
    overdraft: Decimal = Decimal(0)
    senders: list[str] | None = None
    submits_per_second: int | None = 700
    attributes: dict[str, str] = {}

    def __post_init__(self) -> None:
        if not (self.password or self.key):
            raise ValueError(f"{self.login} needs a password or a key")
        if self.credit != INFINITE and not is_balance(self.credit):
            raise ValueError(f"credit {self.credit}: write an amount from -{MOST} to {MOST}, or inf")
        _check_amounts(overdraft=self.overdraft)


class TariffFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    sms: Decimal = Decimal("1.00")
    lookup: Decimal = Decimal("0.10")
    prefixes: dict[str, Decimal] = {}
    routes: dict[str, Decimal] = {}

    def __post_init__(self) -> None:
        _check_amounts(sms=self.sms, lookup=self.lookup, **self.prefixes)
        _check_amounts(**self.routes)


class WorldFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A world as written down: accounts, prices, profiles and switches by provider."""

    accounts: dict[str, list[AccountFile]] = {}
    tariffs: dict[str, TariffFile] = {}
    profiles: dict[str, str] = {}
    quirks: dict[str, dict[str, Any]] = {}

    def __post_init__(self) -> None:
        for provider, rows in self.accounts.items():
            keys = [row.key for row in rows if row.key]
            if len(set(keys)) < len(keys):
                raise ValueError(f"accounts.{provider}: two have the same key")


class StepFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    after: float
    status: Status


class OutcomeFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    name: str
    ends: str = ""
    mailbox: str = ""
    says: str = ""
    steps: list[StepFile] = []
    expires: bool = False
    receipts: int = 1
    reply: str | None = None
    pays: bool = True
    presence: Presence = Presence.LIVE
    ported: bool = False
    roaming: bool = False


class OutcomesFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    outcome: list[OutcomeFile]


def fixtures() -> Path:
    """The fixtures beside the checkout's packages, or inside the installed one."""
    installed = Path(__file__).parent / "_data" / "fixtures"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "fixtures"


def world(path: Path | None = None) -> WorldFile:
    return _world(path or fixtures() / "worlds" / "default.toml")


@cache
def outcomes() -> Outcomes:
    read = _read(fixtures() / "outcomes.toml", OutcomesFile).outcome
    ordinary, *special = [outcome(row) for row in read]
    if any(len(row.ends) != ENDING for row in special):
        raise Misconfigured(f"outcomes.toml: every `ends` after the first row needs {ENDING} digits")
    return Outcomes(ordinary, {row.ends: row for row in special})


def outcome(row: OutcomeFile) -> Outcome:
    steps = tuple(Step(timedelta(seconds=step.after), step.status) for step in row.steps)
    given = {name: getattr(row, name) for name in row.__struct_fields__ if name != "steps"}
    return Outcome(steps=steps, **given)


def accounts(file: WorldFile) -> list[Account]:
    return [account(provider, row) for provider, rows in file.accounts.items() for row in rows]


def account(provider: str, row: AccountFile) -> Account:
    return Account(
        provider=provider,
        login=row.login,
        password=row.password,
        key=row.key,
        credit=None if row.credit == INFINITE else row.credit,
        overdraft=row.overdraft,
        senders=None if row.senders is None else tuple(row.senders),
        limits=Limits(submits_per_second=row.submits_per_second),
        attributes=row.attributes,
    )


def tariffs(file: WorldFile) -> Mapping[str, Tariff]:
    return {
        name: Tariff(sms=row.sms, lookup=row.lookup, prefixes=row.prefixes, routes=row.routes)
        for name, row in file.tariffs.items()
    }


def profile(known: Mapping[str, Mapping[str, Any]], name: str | None, provider: str) -> Mapping[str, Any]:
    """The switches of a provider's profile, none without a name. Raises Misconfigured for an unknown one."""
    if name is not None and name not in known:
        there_are = f"there are {', '.join(known)}" if known else "it has none"
        raise Misconfigured(f"profiles.{provider}: no profile {name!r}; {there_are}")
    return {} if name is None else known[name]


def switched(defaults: Any, changes: Mapping[str, Any], provider: str) -> Any:
    """The switches with a world's changes; raises Misconfigured for an unknown one or a wrong value."""
    assert is_dataclass(defaults)
    assert not isinstance(defaults, type)
    if strange := sorted(set(changes) - set(asdict(defaults))):
        known = ", ".join(asdict(defaults))
        raise Misconfigured(f"quirks.{provider}: no switch {strange[0]!r}; there are {known}")
    try:
        return msgspec.convert({**asdict(defaults), **changes}, type(defaults))
    except msgspec.ValidationError as error:
        raise Misconfigured(f"quirks.{provider}: {told(error, type(defaults))}") from None


def told(error: Exception, kind: Any) -> str:
    """What is wrong with an object of that kind; where it is an unknown word, with those that are known."""
    member = re.fullmatch(r"Invalid (?:enum )?value .* - at `\$\.(\w+)`", str(error), re.DOTALL)
    known = choices(kind, member[1]) if member else []
    return f"{error}; there are {', '.join(map(str, known))}" if known else str(error)


def choices(kind: Any, member: str) -> list[Any]:
    """The values that a member of an object of that kind can have, where they can be counted."""
    found = []
    for shape in _shapes(inspect.type_info(kind)):
        if getattr(shape, "tag_field", None) == member:
            found.append(getattr(shape, "tag", None))
        types = [one.type for one in getattr(shape, "fields", ()) if one.encode_name == member]
        for one in (part for type_ in types for part in _shapes(type_)):
            if isinstance(one, inspect.EnumType):
                found += [word.value for word in one.cls]
            elif isinstance(one, inspect.LiteralType):
                found += one.values
    return list(dict.fromkeys(found))


def _shapes(shape: inspect.Type) -> tuple[inspect.Type, ...]:
    """The members of a union, or the one type there is."""
    return shape.types if isinstance(shape, inspect.UnionType) else (shape,)


def _check_amounts(**amounts: Decimal) -> None:
    for name, value in amounts.items():
        if not is_amount(value):
            raise ValueError(f"{name} {value}: write an amount from 0 to {MOST}")


@cache
def _world(path: Path) -> WorldFile:
    return _read(path, WorldFile)


def _read(path: Path, kind: type[File]) -> File:
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), kind, strict=False)
    except FileNotFoundError:
        raise Misconfigured(f"{path}: no such file") from None
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise Misconfigured(f"{path}: {error}") from None
