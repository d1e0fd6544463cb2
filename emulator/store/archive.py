"""A whole space as JSON and back: every value typed, every reference checked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from emulator.core.clock import FIRST, LAST
from emulator.core.model import Account, Inbound, Message, Order, Timetable, Wording
from emulator.core.ports import Key, Task, TaskKind
from emulator.core.pushes import Callback, Waiting
from emulator.core.refusals import Reason
from emulator.core.timetable import FARTHEST, NOW
from emulator.store import arrivals
from emulator.store.kinds import COUNTERS, DISTINCT, KINDS
from emulator.store.memory import State
from emulator.store.soundness import Inconsistent, counted, sound, without_gaps

VERSION = 1

END = FARTHEST + timedelta(days=3653)
"""Where a message's last step may lie at most: it waited as long as any may, and then for years."""

LATER = frozenset({"overdraft", "on_delivery", "holder", "driven"})
"""What accounts, orders, notices and callbacks did not have when the first archives were written."""

Moment = Annotated[datetime, Meta(tz=True)]


class MessageRow(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A message with its order by id; most have no text of their own, and no refusal."""

    id: int
    order: int
    recipient: str
    price: Decimal
    timetable: Timetable
    outcome: str
    wording: Wording | None = None
    refusal: Reason | None = None


class Archive(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The document that /import takes; /export gives the same."""

    smslab: int
    seed: int
    now: Moment
    rate: Annotated[float, Meta(ge=0)]
    accounts: list[Account]
    counters: dict[str, Annotated[int, Meta(ge=0)]]
    orders: list[Order]
    messages: list[MessageRow]
    records: dict[str, list[tuple[list[str | int], msgspec.Raw]]]
    agenda: list[tuple[Moment, TaskKind, int]]


@dataclass(frozen=True, slots=True)
class Restored:
    """What an archive says: the memory, and the seed and clock that go with it."""

    state: State
    seed: int
    now: datetime
    rate: float


def exported(state: State, *, seed: int, now: datetime, rate: float) -> bytes:
    """The space as JSON; equal spaces give equal bytes."""
    archive = {
        "smslab": VERSION,
        "seed": seed,
        "now": now,
        "rate": rate,
        "accounts": [_brief(state.accounts[key]) for key in sorted(state.accounts)],
        "counters": dict(sorted(state.counters.items())),
        "orders": [_brief(state.messages[first].order) for first in state.firsts],
        "messages": [_row(message) for message in state.messages],
        "records": {
            kind: _records(state.records[kind], state)
            for kind in sorted(state.records)
            if state.records[kind]
        },
        "agenda": [(at, task.kind, task.subject) for at, task in state.agenda],
    }
    return msgspec.json.encode(archive, enc_hook=dict)  # no extras are a read-only mapping


def _brief(value: Account | Order | Callback | Waiting) -> Mapping[str, object]:
    """The value without what it lacks of later days: who has no overdraft is written as ever."""
    given = {name: getattr(value, name) for name in value.__slots__}
    for name in LATER & given.keys():
        if not given[name]:
            del given[name]
    return given


def imported(octets: bytes) -> Restored:
    """What the document says. Raises Inconsistent."""
    try:
        archive = msgspec.json.decode(octets, type=Archive)
        return Restored(_state(archive), archive.seed, archive.now, archive.rate)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Inconsistent(str(error)) from None


def _row(message: Message) -> MessageRow:
    return MessageRow(
        id=message.id,
        order=message.order.id,
        recipient=message.recipient,
        price=message.price,
        timetable=message.timetable,
        outcome=message.outcome,
        wording=message.wording,
        refusal=message.refusal,
    )


def _records(values: Mapping[Key, object], state: State) -> list[tuple[list[str | int], msgspec.Raw]]:
    rows = {
        key: arrivals.written(value, state)
        if isinstance(value, Inbound)
        else _brief(value)
        if isinstance(value, Callback | Waiting)
        else value
        for key, value in values.items()
    }
    return [(list(key), msgspec.Raw(msgspec.json.encode(row))) for key, row in rows.items()]


def _state(archive: Archive) -> State:
    if archive.smslab != VERSION:
        raise Inconsistent(f"$.smslab: this is version {archive.smslab}, only {VERSION} can be read")
    if not FIRST <= archive.now <= LAST:
        raise Inconsistent(f"$.now: clocks go from {FIRST.year} to {LAST.year}")
    state, keys = State(counters=archive.counters), set[tuple[str, str]]()
    for account in archive.accounts:
        sound(account, f"$.accounts: {account.provider}/{account.login}")
        if state.accounts.setdefault((account.provider, account.login), account) is not account:
            raise Inconsistent(f"$.accounts: {account.provider}/{account.login} is there twice")
        if account.key and (account.provider, account.key) in keys:
            raise Inconsistent(f"$.accounts: {account.provider}/{account.login} has the key of another")
        keys.add((account.provider, account.key))
    _fill(state, archive)
    for kind, rows in archive.records.items():
        _record(state, kind, rows)
    for at, kind, subject in archive.agenda:
        state.agenda.add(at, (Task(kind, subject),))
    return state


def _fill(state: State, archive: Archive) -> None:
    """Orders and messages, whose ids must count without gaps."""
    orders = {order.id: order for order in archive.orders}
    without_gaps("orders", [order.id for order in archive.orders])
    without_gaps("messages", [row.id for row in archive.messages])
    for order in archive.orders:
        sound(order, f"$.orders: {order.id}")
        counted("order", order.id, state)
    for row in archive.messages:
        if row.order not in orders:
            raise Inconsistent(f"$.messages: {row.id} belongs to order {row.order}, which is not there")
        state.messages.append(_message(row, orders[row.order]))
        counted("message", row.id, state)
    if archive.messages:
        state.base, state.order_base = archive.messages[0].id, archive.orders[0].id
    state.firsts = [order.first - state.base for order in archive.orders]
    if any(order.size < 1 for order in archive.orders):
        raise Inconsistent("$.orders: every order has a message")
    if sum(order.size for order in archive.orders) != len(archive.messages):
        raise Inconsistent("$.orders: their sizes do not add up to the messages")


def _message(row: MessageRow, order: Order) -> Message:
    if not order.first <= row.id < order.first + order.size:
        raise Inconsistent(f"$.messages: {row.id} lies outside order {order.id}")
    message = Message(
        id=row.id,
        order=order,
        recipient=row.recipient,
        price=row.price,
        timetable=row.timetable,
        outcome=row.outcome,
        wording=row.wording,
        refusal=row.refusal,
    )
    sound(message.price, f"$.messages: {row.id}.price")
    steps = [step.after for step in row.timetable]
    if not steps or steps != sorted(steps):
        raise Inconsistent(f"$.messages: {row.id}.timetable does not run forward")
    if steps[0] < NOW or steps[-1] > END - order.accepted_at:
        raise Inconsistent(f"$.messages: {row.id}.timetable goes beyond the calendar")
    return message


def _record(state: State, kind: str, rows: Sequence[tuple[list[str | int], msgspec.Raw]]) -> None:
    if kind not in KINDS:
        raise Inconsistent(f"$.records: no kind {kind!r}; there are {', '.join(KINDS)}")
    type_, names = KINDS[kind]
    decode: Callable[[msgspec.Raw], Any] = msgspec.json.Decoder(type_).decode
    seen = set[object]()
    for key, raw in rows:
        value = decode(raw)
        place = f"$.records.{kind}: {key}"
        sound(value, place)
        if isinstance(value, Inbound):
            value = arrivals.read(value, msgspec.json.decode(raw), state)
        if key != [getattr(value, name) for name in names]:
            raise Inconsistent(f"{place} is not what its value is found by")
        if tuple(key) in state.records[kind]:
            raise Inconsistent(f"{place} is there twice")
        if kind in COUNTERS:
            counter, name = COUNTERS[kind]
            counted(counter, getattr(value, name), state)
        if kind in DISTINCT:
            if (one := getattr(value, DISTINCT[kind])) in seen:
                raise Inconsistent(f"{place} has the {DISTINCT[kind]} of another")
            seen.add(one)
        state.records[kind][tuple(key)] = value
