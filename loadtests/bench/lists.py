"""What a page of a long list costs, wherever in the list it lies and whatever is asked of it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from statistics import median
from urllib.parse import urlencode

from loadtests.bench.numbers import recipients
from loadtests.bench.row import Row
from loadtests.bench.sizes import Part, Sizes
from loadtests.bench.subject import NAME, Bench, bench
from loadtests.client import Client, Control
from loadtests.failures import HarnessFailed
from loadtests.scenarios.template import Request

AT_MOST = 20.0  # milliseconds a page
A_CALL = 5_000  # contacts or recipients, when the lists are made
PARTICIPANT = "306912345678"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def lists(sizes: Sizes) -> Iterator[Row]:
    with bench() as emulator:
        ip1 = emulator.over("ip1")
        make_contacts(ip1, sizes.listed)
        yield slowest(ip1, sizes, f"iP.1, {sizes.listed:,} contacts", contacts(sizes.listed))
        make_conversation(ip1, sizes.listed)
        yield slowest(ip1, sizes, f"iP.1, {sizes.listed:,} batches to one number", messages(sizes.listed))
    with bench() as emulator:
        voipe = emulator.over("voipe")
        make_messages(voipe, sizes.many)
        yield slowest(voipe, sizes, f"Voipe, ds over {sizes.many:,} messages", asked_of_ds())


def slowest(subject: Bench, sizes: Sizes, what: str, questions: Sequence[Request]) -> Row:
    """The question whose median is the longest; what is asked for the first time is not counted."""
    with Client(subject.base) as client:
        taken = {request.path: median(times(client, request, sizes.repeats)) for request in questions}
    path, longest = max(taken.items(), key=lambda item: item[1])
    asked = path.replace(NAME, "…")
    return Row(
        part=Part.LISTS,
        what=f"{what}, the slowest of {len(taken)} questions",
        value=longest * 1000,
        unit="ms",
        at_most=AT_MOST,
        note=asked,
    )


def times(client: Client, request: Request, repeats: int) -> Iterator[float]:
    """Seconds of each time it is asked again."""
    answered(client, request)
    for _ in range(repeats):
        began = time.perf_counter()
        answered(client, request)
        yield time.perf_counter() - began


def answered(client: Client, request: Request) -> str:
    reply = client.exchange(request)
    if reply.status >= 300:
        raise HarnessFailed(f"{request.path.partition('?')[0]} answered {reply.status}: {reply.text[:100]}")
    return reply.text


def contacts(count: int) -> list[Request]:
    """Pages from everywhere, of everything and of a part."""
    filters = (
        "",
        "&labels=seventh",
        "&properties[city]=c3",
        "&labels=seventh&metadata[phoneNumber.isBlocked]=false",
    )
    paths = [f"/v2/contacts?start={start}&limit=50{chosen}" for start in places(count) for chosen in filters]
    return [Request(path, token=NAME) for path in (*paths, "/v2/contacts?meta&limit=50&order=DESC")]


def messages(count: int) -> list[Request]:
    lists = ("/v2/batches", f"/v2/conversations/{PARTICIPANT}", f"/v2/conversations/{PARTICIPANT}/mt")
    paths = [f"{path}?start={start}&limit=50" for start in places(count) for path in lists]
    return [Request(path, token=NAME) for path in paths]


def places(count: int) -> tuple[int, ...]:
    return 0, count // 2, max(0, count - 50)


def asked_of_ds() -> list[Request]:
    """Each filter alone, some together, and some that nothing fits."""
    filters: Sequence[dict[str, str]] = (
        {},
        {"c": "1"},
        {"smslog_id": "77"},
        {"last": "100"},
        {"src": "nobody"},
        {"dst": "0690000120"},
        {"dst": "+306900000120"},
        {"dst": "no such number"},
        {"dst": "0%99%1"},
        {"dt": "20"},
        {"dt": "1999"},
        {"dst": "no such number", "dt": "1999"},
        {"src": "nobody", "dst": "0690000120", "last": "5"},
        {"queue": "0" * 32},
    )
    return [Request(f"/playsms/index.php?{urlencode(call('ds', **chosen))}") for chosen in filters]


def call(operation: str, **fields: str) -> dict[str, str]:
    return {"app": "ws", "u": NAME, "h": NAME, "op": operation, **fields}


def make_contacts(subject: Bench, count: int) -> None:
    made = (
        {
            "properties": {"phoneNumber": f"+{number}", "city": f"c{n % 10}"},
            "labels": ["seventh"] if n % 7 == 0 else [],
        }
        for n, number in enumerate(recipients(0, count))
    )
    with Client(subject.base) as client:
        while some := list(islice(made, A_CALL)):
            answered(client, Request("/v2/contacts", json.dumps(some).encode(), JSON, NAME))


def make_conversation(subject: Bench, count: int) -> None:
    batch = json.dumps({"sender": "iP1", "recipients": [PARTICIPANT], "body": "Hello"}).encode()
    with Client(subject.base) as client:
        for _ in range(count):
            answered(client, Request("/v2/batches", batch, JSON, NAME))


def make_messages(subject: Bench, count: int) -> None:
    """And let them all be handed over."""
    with Client(subject.base) as client, Control(subject.base) as control:
        for first in range(0, count, A_CALL):
            to = recipients(first // A_CALL, min(A_CALL, count - first))
            form = urlencode(call("pv", to=",".join(to), msg="Hello")).encode()
            answered(client, Request("/playsms/index.php", form, FORM))
        control.call("POST", "/clock/advance", {"seconds": 10})
