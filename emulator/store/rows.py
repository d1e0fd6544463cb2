"""What a space remembers as rows of JSON, and back."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from emulator.core.model import Account, Message, Order, Timetable, Wording
from emulator.core.ports import Task, TaskKind
from emulator.core.refusals import Reason
from emulator.store.archive import KINDS
from emulator.store.changes import Changes, Place
from emulator.store.ledger import Edit, Row
from emulator.store.memory import State
from emulator.store.standing import Standing

ACCOUNT, COUNTER, ORDER, MESSAGE, AGENDA = "@account", "@counter", "@order", "@message", "@agenda"
STANDING, NAMED = "@standing", "@named"

EVERYTHING = frozenset({ACCOUNT, COUNTER, ORDER, MESSAGE, AGENDA, *KINDS})
"""The kinds of rows that a state is made of."""


class Share(NamedTuple):
    """What a message has beside its order, whose place among the messages says its id."""

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


class Planned(NamedTuple):
    """An entry of the agenda."""

    at: datetime
    kind: TaskKind
    subject: int


_encoder = msgspec.json.Encoder(enc_hook=dict)  # no extras are a read-only mapping


def edit(space: str, changes: Changes) -> Edit:
    """The changes of a space as rows."""
    return Edit(
        space=space,
        cleared=changes.cleared,
        gone=[(kind, written(key)) for kind, key in changes.gone],
        come=[Row(kind, written(key), body(value)) for (kind, key), value in changes.come.items()],
    )


def body(value: object) -> str:
    """A value as JSON; octets are JSON already."""
    return value.decode() if isinstance(value, bytes) else written(value)


def written(value: object) -> str:
    return _encoder.encode(value).decode()


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
    for at, number, task in sorted(state.agenda):
        yield (AGENDA, (number,)), Planned(at, *task)


@dataclass(slots=True)
class Recalled:
    """What rows tell of a space; its named states are archives."""

    state: State = field(default_factory=State)
    standing: Standing | None = None
    named: dict[str, bytes] = field(default_factory=dict)


def read(rows: Iterable[Row]) -> Recalled:
    """What is written in these rows."""
    recalled = Recalled()
    for row in rows:
        if row.kind == STANDING:
            recalled.standing = _standings.decode(row.body)
        elif row.kind == NAMED:
            recalled.named[_name(row)] = row.body.encode()
        else:
            _READERS.get(row.kind, _record)(recalled.state, row)
    recalled.state.agenda.sort()
    return recalled


def _name(row: Row) -> str:
    (name,) = _names.decode(row.key)
    return name


def _number(row: Row) -> int:
    (number,) = _numbers.decode(row.key)
    return number


def _account(state: State, row: Row) -> None:
    account = _accounts.decode(row.body)
    state.accounts[account.provider, account.login] = account


def _counter(state: State, row: Row) -> None:
    state.counters[_name(row)] = int(row.body)


def _order(state: State, row: Row) -> None:
    order, shares = _sendings.decode(row.body)
    if not state.firsts:
        state.base, state.order_base = order.first, order.id
    state.firsts.append(order.first - state.base)
    state.messages += [message(order, order.first + index, share) for index, share in enumerate(shares)]


def _message(state: State, row: Row) -> None:
    id = _number(row)
    order = state.messages[id - state.base].order
    state.messages[id - state.base] = message(order, id, _shares.decode(row.body))


def message(order: Order, id: int, share: Share) -> Message:
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


def _planned(state: State, row: Row) -> None:
    at, kind, subject = _agenda.decode(row.body)
    number = _number(row)
    state.agenda.append((at, number, Task(kind, subject)))
    state.planned = max(state.planned, number)


def _record(state: State, row: Row) -> None:
    state.records[row.kind][tuple(msgspec.json.decode(row.key))] = _records[row.kind].decode(row.body)


_names = msgspec.json.Decoder(tuple[str])
_numbers = msgspec.json.Decoder(tuple[int])
_standings = msgspec.json.Decoder(Standing)
_accounts = msgspec.json.Decoder(Account)
_sendings = msgspec.json.Decoder(Sending)
_shares = msgspec.json.Decoder(Share)
_agenda = msgspec.json.Decoder(Planned)
_records: Mapping[str, msgspec.json.Decoder[Any]] = {
    kind: msgspec.json.Decoder(type_) for kind, (type_, _) in KINDS.items()
}
_READERS: Mapping[str, Callable[[State, Row], None]] = {
    ACCOUNT: _account,
    COUNTER: _counter,
    ORDER: _order,
    MESSAGE: _message,
    AGENDA: _planned,
}
