"""Look-ups: a question to the home register is an order with another timetable."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from emulator.core import networks
from emulator.core.credits import affords
from emulator.core.model import Account
from emulator.core.outcomes import Outcome
from emulator.core.refusals import Reason
from emulator.core.register import Lookup, Presence

KIND = "lookup"

PENDING_AFTER = timedelta(seconds=1)
ANSWERED_AFTER = timedelta(seconds=3)

GREEK_MSC, GERMAN_MSC = "306970000000", "491710000000"
"""Exchanges that serve roaming handsets: a Greek one for German numbers, a German one for all others."""


class Progress(StrEnum):
    """How far a look-up has come."""

    QUEUED = "queued"
    PENDING = "pending"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A request to look numbers up, with the objections found while reading it."""

    numbers: tuple[str, ...]
    flaws: tuple[Reason, ...] = ()


def progress_at(lookup: Lookup, now: datetime) -> Progress:
    age = now - lookup.accepted_at
    if age < PENDING_AFTER:
        return Progress.QUEUED
    return Progress.PENDING if age < ANSWERED_AFTER else Progress.ANSWERED


def objections(
    question: Question, account: Account | None, cost: Decimal, outcomes: Sequence[Outcome]
) -> Iterator[Reason]:
    yield from question.flaws
    if not question.numbers:
        yield Reason.NO_RECIPIENTS
    if account is None:
        yield Reason.BAD_CREDENTIALS
    elif not affords(account, cost) or not all(outcome.pays for outcome in outcomes):
        yield Reason.NO_CREDIT


def lookup(
    number: str, outcome: Outcome, account: Account, *, id: int, price: Decimal, now: datetime
) -> Lookup:
    """The look-up with the answer it will give; only a live or absent number has a network."""
    known = outcome.presence in {Presence.LIVE, Presence.ABSENT}
    home = networks.ported(number) if outcome.ported else networks.original(number)
    return Lookup(
        id=id,
        provider=account.provider,
        account=account.login,
        number=number,
        price=price,
        accepted_at=now,
        presence=outcome.presence,
        country=networks.country(number) if known else "",
        network=home if known else None,
        serving_msc=serving_msc(number, outcome),
    )


def serving_msc(number: str, outcome: Outcome) -> str:
    """The exchange that serves a live handset, as an international number; empty otherwise."""
    if outcome.presence is not Presence.LIVE:
        return ""
    return abroad(number) if outcome.roaming else number[:5].ljust(len(number), "0")


def abroad(number: str) -> str:
    return GREEK_MSC if number.startswith("49") else GERMAN_MSC
