"""What an archive must keep to beyond its types: moments, amounts and numbers that a space could have."""

from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from emulator.core.clock import FIRST
from emulator.core.credits import is_amount, is_balance
from emulator.core.model import Account
from emulator.core.timetable import FARTHEST
from emulator.store.memory import State

SIGNED = {(Account, "credit")}
"""Amounts that may be negative."""


class Inconsistent(Exception):
    """An archive that no space could have written; the text says where."""


def sound(value: object, place: str, *, signed: bool = False) -> None:
    """Moments need their zone, amounts a value: what JSON lets through and the core cannot compare."""
    if isinstance(value, datetime) and value.tzinfo is None:
        raise Inconsistent(f"{place}: a moment needs its zone")
    if isinstance(value, datetime) and not FIRST <= value <= FARTHEST:
        raise Inconsistent(f"{place}: moments go from {FIRST.year} to {FARTHEST.year}")
    if isinstance(value, Decimal) and not (is_balance if signed else is_amount)(value):
        raise Inconsistent(f"{place}: {value} is no amount")
    if is_dataclass(value):
        for field in fields(value):
            signed = (type(value), field.name) in SIGNED
            sound(getattr(value, field.name), f"{place}.{field.name}", signed=signed)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            sound(item, f"{place}[{index}]")


def counted(counter: str, id: int, state: State) -> None:
    """A counter behind its ids would hand them out again."""
    if id > state.counters.get(counter, 0):
        raise Inconsistent(f"$.counters.{counter}: {id} was handed out already")


def without_gaps(name: str, ids: list[int]) -> None:
    for before, after in pairwise(ids):
        if after != before + 1:
            raise Inconsistent(f"$.{name}: {after} follows {before}")
