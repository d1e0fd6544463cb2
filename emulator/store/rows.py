"""What a space remembers as rows of JSON, and back."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from emulator.core.model import Account, Message, Order, Timetable, Wording
from emulator.core.ports import Task
from emulator.core.refusals import Reason
from emulator.store.changes import AGENDA, Changes, Place
from emulator.store.edits import Edit, Row
from emulator.store.kinds import KINDS
from emulator.store.memory import State
from emulator.store.planned import Planned
from emulator.store.standing import Past, Standing

ACCOUNT, COUNTER, ORDER, MESSAGE = "@account", "@counter", "@order", "@message"
STANDING, NAMED = "@standing", "@named"

REMEMBERED = frozenset({ACCOUNT, COUNTER, ORDER, MESSAGE, AGENDA, *KINDS})
"""The kinds of rows that a state is made of."""

ALL = REMEMBERED | {STANDING, NAMED}
"""The kinds of rows that are written of a space."""


class Share(NamedTuple):
    """What a message has beside its order and its id."""

    recipient: str
    price: Decimal
    timetable: Timetable
    outcome: str
    wording: Wording | None
    refusal: Reason | None


class Sending(NamedTuple):
    """An order with its messages as they were accepted."""

    order: Order
    shares: list[Share]


# Writing


def encoded(changes: Changes) -> Changes:
    """The same with values as JSON: of what waits to be written nothing is encoded twice, or fails at it."""
    return replace(changes, come={place: _octets(value) for place, value in changes.come.items()})


def edit(space: str, changes: Changes) -> Edit:
    """The changes of a space as rows."""
    return Edit(
        space=space,
        cleared=changes.cleared,
        gone=[(kind, _written(key)) for kind, key in changes.gone],
        come=[Row(kind, _written(key), _written(value)) for (kind, key), value in changes.come.items()],
    )


def everything(state: State) -> Iterator[tuple[Place, object]]:
    """Every value of a state, by its place."""
    for login, account in state.accounts.items():
        yield (ACCOUNT, login), account
    for name, count in state.counters.items():
        yield (COUNTER, (name,)), count
    for first in state.firsts:
        order = state.messages[first].order
        yield (ORDER, (order.id,)), sending(order, state.messages[first : first + order.size])
    for kind, values in state.records.items():
        for key, value in values.items():
            yield (kind, key), value
    for at, tasks in state.agenda.buckets():
        yield planned_place(at, 0), tasks


def planned_place(at: datetime, count: int) -> Place:
    """Where tasks are found that were planned for a moment after others, so many times."""
    return AGENDA, (at.isoformat(), count)


def sending(order: Order, messages: Iterable[Message]) -> Sending:
    return Sending(order, [share(message) for message in messages])


def share(message: Message) -> Share:
    return Share(
        message.recipient,
        message.price,
        message.timetable,
        message.outcome,
        message.wording,
        message.refusal,
    )


def _octets(value: object) -> bytes:
    """A value as JSON; octets are JSON already."""
    return value if isinstance(value, bytes) else _encoder.encode(value)


def _written(value: object) -> str:
    return _octets(value).decode()


# Reading


def read(rows: Iterable[Row]) -> tuple[State, Counter[datetime], Past]:
    """What is written in these rows: the state, how many of them were of each moment, and what else."""
    state, plans, known = State(), Counter[datetime](), Past()
    for row in rows:
        if row.kind in (STANDING, NAMED):
            known = known.with_(past(row))
            continue
        take_in(state, row)
        if row.kind == AGENDA:
            plans[moment(row.key)] += 1
    return state, plans, known


def past(row: Row) -> Past:
    """What a row says beside the state."""
    if row.kind == STANDING:
        return Past(_standings.decode(row.body))
    return Past(named={name(row.key): row.body.encode()})


def take_in(state: State, row: Row) -> tuple[object, object]:
    """Remember what a row says: what was there before, of records, and what is there now."""
    if row.kind in _READERS:
        return None, _READERS[row.kind](state, row)
    key, records = tuple(msgspec.json.decode(row.key)), state.records[row.kind]
    before, records[key] = records.get(key), _records[row.kind].decode(row.body)
    return before, records[key]


def let_go(state: State, kind: str, key: str) -> object:
    """Forget an account or a record: what it was, or None."""
    if kind == ACCOUNT:
        return state.accounts.pop(_logins.decode(key), None)
    return state.records[kind].pop(tuple(msgspec.json.decode(key)), None)


def clear(state: State, kind: str) -> None:
    """Forget everything of a kind."""
    if kind == ORDER:
        state.messages, state.firsts = [], []
    elif kind == AGENDA:
        state.agenda = Planned()
    elif kind == ACCOUNT:
        state.accounts.clear()
    elif kind == COUNTER:
        state.counters.clear()
    else:
        state.records.pop(kind, None)


def moment(key: str) -> datetime:
    """What an entry of the agenda is planned for."""
    at, _ = _moments.decode(key)
    return at


def number(key: str) -> int:
    """The id that an order is found by."""
    (found,) = _numbers.decode(key)
    return found


def name(key: str) -> str:
    """What a counter or a named state is found by."""
    (found,) = _names.decode(key)
    return found


def _account(state: State, row: Row) -> Account:
    account = _accounts.decode(row.body)
    state.accounts[account.provider, account.login] = account
    return account


def _counter(state: State, row: Row) -> int:
    count = state.counters[name(row.key)] = _counts.decode(row.body)
    return count


def _order(state: State, row: Row) -> list[Message]:
    order, shares = _sendings.decode(row.body)
    if not state.firsts:
        state.base, state.order_base = order.first, order.id
    messages = [_message(order, order.first + index, share) for index, share in enumerate(shares)]
    state.firsts.append(order.first - state.base)
    state.messages += messages
    return messages


def _replaced(state: State, row: Row) -> Message:
    id = number(row.key)
    order = state.messages[id - state.base].order
    message = state.messages[id - state.base] = _message(order, id, _shares.decode(row.body))
    return message


def _message(order: Order, id: int, share: Share) -> Message:
    recipient, price, timetable, outcome, wording, refusal = share
    return Message(
        id=id,
        order=order,
        recipient=recipient,
        price=price,
        timetable=timetable,
        outcome=outcome,
        wording=wording,
        refusal=refusal,
    )


def _planned(state: State, row: Row) -> Sequence[Task]:
    tasks = _tasks.decode(row.body)
    state.agenda.add(moment(row.key), tasks)
    return tasks


_encoder = msgspec.json.Encoder(enc_hook=dict)  # no extras are a read-only mapping
_logins = msgspec.json.Decoder(tuple[str, str])
_names = msgspec.json.Decoder(tuple[str])
_counts = msgspec.json.Decoder(int)
_numbers = msgspec.json.Decoder(tuple[int])
_standings = msgspec.json.Decoder(Standing)
_accounts = msgspec.json.Decoder(Account)
_sendings = msgspec.json.Decoder(Sending)
_shares = msgspec.json.Decoder(Share)
_moments = msgspec.json.Decoder(tuple[datetime, int])
_tasks = msgspec.json.Decoder(list[Task])
_records: Mapping[str, msgspec.json.Decoder[Any]] = {
    kind: msgspec.json.Decoder(type_) for kind, (type_, _) in KINDS.items()
}
_READERS: Mapping[str, Callable[[State, Row], object]] = {
    ACCOUNT: _account,
    COUNTER: _counter,
    ORDER: _order,
    MESSAGE: _replaced,
    AGENDA: _planned,
}
