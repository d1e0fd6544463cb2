"""What a scenario offers to the generator and to the reconciliation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from loadtests.ledger import Receipt
from loadtests.plan import Plan

Session = Callable[[int], str]  # sends the call of a slot, answers its reference


class Refused(Exception):
    """An answer came, and it was not what was asked for; carries its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    provider: str
    numbers: Callable[[int, int], tuple[str, ...]]  # slot, recipients
    session: Callable[[Plan, str], Session]  # plan, address for reports; one connection
    receipt: Callable[[bytes, float], Receipt]  # body of a report, moment of arrival
    credits_path: Callable[[Plan], str]
    balance: Callable[[str], Decimal]
    query_path: Callable[[Plan, str, str], str]  # plan, reference, number
    delivered: Callable[[str], bool | None]
    receipt_after: float  # seconds from acceptance to the report, by the emulator's own timetable
