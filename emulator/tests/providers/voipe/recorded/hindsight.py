"""What a recording shows of things that are not in it: they are done before it needs them.

A file may be a part of a longer recording. Messages that it lists but never sends, contacts and texts of rows
that somebody put in by hand are known only from answers, and have to be there before the server is asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from emulator.tests.providers.voipe.recorded.phrases import Step
from emulator.tests.providers.voipe.recorded.reading import Exchange
from emulator.tests.providers.voipe.recorded.states import state

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A call that sent messages and is not in the file. `queue` is empty where nothing names it."""

    account: str
    queue: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A message to the gateway that is not in the file; `owner` was shown it by that operation."""

    owner: str
    operation: str
    row: Row


@dataclass(slots=True)
class Hindsight:
    """Everything, by the place of the exchange before which it has to be done."""

    sent: Mapping[int, Sequence[Sent]]
    received: Mapping[int, Sequence[Received]]
    queues: Mapping[str, str] = field(default_factory=dict)
    """The queue of each message that was asked for by its queue."""
    texts: Mapping[tuple[str, str], Row] = field(default_factory=dict)
    """Rows by the operation that lists them, and their numbers."""
    contacts: Sequence[Row] = ()
    groups: Mapping[str, Row] = field(default_factory=dict)


LISTS = {"ds": "smslog_id", "in": "id", "ix": "id", "sx": "id"}
"""What a row of a list is known by."""


def hindsight(exchanges: Sequence[Exchange]) -> Hindsight:
    """What is to be done beside the exchanges of a file."""
    shown, queues = _shown(exchanges), _queues(exchanges)
    by_hand = set(_by_hand(exchanges))
    return Hindsight(
        sent=_placed(_calls(exchanges, shown, queues, by_hand)),
        queues=queues,
        received=_placed(_arrivals(exchanges, shown, by_hand)),
        texts={key: row for key, (_, row) in shown.items()},
        contacts=_distinct(exchanges, "get_contact", "pid"),
        groups={row["code"]: row for row in _distinct(exchanges, "get_contact_group", "gpid")},
    )


def _placed(things: Iterable[tuple[int, Any]]) -> Mapping[int, Sequence[Any]]:
    found = defaultdict(list)
    for place, thing in things:
        found[place].append(thing)
    return found


def _shown(exchanges: Sequence[Exchange]) -> Mapping[tuple[str, str], tuple[int, Row]]:
    """Where each row of a list is shown first, and what it says; XML says less than the other formats."""
    found: dict[tuple[str, str], tuple[int, Row]] = {}
    for place, exchange in enumerate(exchanges):
        for row in exchange.rows if exchange.operation in LISTS else ():
            key = exchange.operation, str(row[LISTS[exchange.operation]])
            first, before = found.get(key, (place, row))
            found[key] = first, row if exchange.given("format").lower() != "xml" else before
    return found


def _by_hand(exchanges: Sequence[Exchange]) -> Iterator[tuple[str, str]]:
    """The rows that states have put in."""
    for text in dict.fromkeys(exchange.state for exchange in exchanges):
        for step in state(text).steps:
            yield from _rows_of(step)


def _rows_of(step: Step) -> Iterator[tuple[str, str]]:
    match step.verb:
        case "sent_rows":
            yield from (("ds", id) for id in step.args[1::5])
        case "many_rows":
            first, count = int(step.args[2]), int(step.args[1])
            yield from (("ds", str(number)) for number in range(first, first + count))
        case "handled_row":
            yield "in", step.args[1]
        case "inbox_row":
            yield "ix", step.args[1]
        case "other_row":
            yield "sx", step.args[1]


def _calls(
    exchanges: Sequence[Exchange],
    shown: Mapping[tuple[str, str], tuple[int, Row]],
    queues: Mapping[str, str],
    by_hand: set[tuple[str, str]],
) -> Iterator[tuple[int, Sent]]:
    """Calls of pv whose messages are shown; those of one queue came in one."""
    accepted = {str(row["smslog_id"]) for one in exchanges if one.operation == "pv" for row in one.rows}
    missing = [
        int(id)
        for (operation, id) in shown
        if operation == "ds" and id not in accepted and (operation, id) not in by_hand
    ]
    for queue, ids in groupby(sorted(missing), lambda id: queues.get(str(id), str(id))):
        rows = [shown["ds", str(id)] for id in ids]
        places = [place for place, _ in rows]
        numbers = [str(row["smslog_id"]) for _, row in rows]
        before = _needed(exchanges, numbers, queue, min(places))
        owner = exchanges[min(places)].user
        named = queue if queue not in numbers else ""
        yield before, Sent(account=owner, queue=named, rows=tuple(row for _, row in rows))


def _queues(exchanges: Sequence[Exchange]) -> Mapping[str, str]:
    """The queue of each message that was asked for by its queue, or by both while it waited."""
    found = {}
    for exchange in exchanges:
        queue = exchange.given("queue").lower() if exchange.operation == "ds" else ""
        waiting = [exchange.given("smslog_id")] if exchange.error == "401" else []
        for id in [str(row["smslog_id"]) for row in exchange.rows] + waiting if queue else ():
            found[id] = queue
    return found


def _needed(exchanges: Sequence[Exchange], ids: Sequence[str], queue: str, shown: int) -> int:
    """The first exchange that comes after a call: it asks for its messages, or sends later ones."""
    first = int(ids[0])
    for place, exchange in enumerate(exchanges[:shown]):
        if exchange.operation == "ds" and (
            exchange.given("queue").lower() == queue or exchange.given("smslog_id") in ids
        ):
            return place
        later = (int(row["smslog_id"] or 0) for row in exchange.rows if exchange.operation == "pv")
        if any(id > first for id in later):
            return place
    return shown


def _arrivals(
    exchanges: Sequence[Exchange],
    shown: Mapping[tuple[str, str], tuple[int, Row]],
    by_hand: set[tuple[str, str]],
) -> Iterator[tuple[int, Received]]:
    """Messages in a list of received ones that no exchange before has brought there."""
    for (operation, id), (place, row) in sorted(shown.items(), key=lambda entry: entry[1][0]):
        if operation == "ds" or (operation, id) in by_hand:
            continue
        owner = exchanges[place].user
        if not any(_brought(one, operation, owner, row) for one in exchanges[:place]):
            yield place, Received(owner=owner, operation=operation, row=row)


def _brought(exchange: Exchange, operation: str, owner: str, row: Row) -> bool:
    """Whether this exchange may have made the row."""
    if exchange.operation == "inject":
        return exchange.given("from") == row["src"] and row["msg"] in exchange.given("msg")
    internal = operation == "ix" and str(row["src"]).lower() == f"@{exchange.user}".lower()
    named = f"@{owner}".lower() in exchange.given("to").lower().split(",")
    return internal and named and exchange.operation == "pv" and exchange.given("msg") == row["msg"]


def _distinct(exchanges: Sequence[Exchange], operation: str, key: str) -> Sequence[Row]:
    found = {
        str(row[key]): row
        for exchange in exchanges
        if exchange.operation == operation
        for row in exchange.rows
    }
    return [found[id] for id in sorted(found, key=int)]
