"""iP.1 over REST: `POST /v2/batches` with an address for reports, which come for every state."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import Any

import msgspec

from loadtests.accounting.ledger import Key, Receipt
from loadtests.accounting.reconciliation import Found
from loadtests.accounting.statement import Statement, of_balance
from loadtests.planning.plan import Plan
from loadtests.scenarios.numbers import Numbering
from loadtests.scenarios.scenario import HttpScenario, Numbers, References
from loadtests.scenarios.template import (
    MARKS,
    Exchange,
    Refused,
    Reply,
    Request,
    Template,
    cut,
    decoded,
    denied,
)

TEXT = "Your parcel has arrived. Code 4711."
SENDER = "iP1"  # that every account may use
DELIVERED = 201
ON_THE_WAY = ("101", "103", "102", "110", "111", "112")  # states, each reported once
PAGE = 1_000


def template(plan: Plan, callback: str) -> Template:
    batch: dict[str, object] = {"sender": SENDER, "recipients": list(MARKS), "body": TEXT}
    if callback:
        batch["deliveryReportUrl"] = callback
    return cut(Request("/v2/batches", json.dumps(batch).encode(), "application/json", plan.password))


def references(reply: Reply, to: Numbers) -> References:
    """The batch, for all of its recipients."""
    match decoded(reply.ok(200, 201)):
        case {"id": str(batch)}:
            return (batch,) * len(to)
    raise Refused(f"no batch: {reply.text}"[:120])


def statement(plan: Plan, exchange: Exchange) -> Statement:
    match decoded(exchange(Request("/api/me", token=plan.password)).ok()):
        case {"Balance": int() | float() as balance}:
            return of_balance(Decimal(str(balance)))
        case other:
            raise Refused(f"no balance: {other!r}"[:120])


def states(plan: Plan, exchange: Exchange, keys: Sequence[Key]) -> Iterator[Found]:
    """The messages of each batch, page by page."""
    for batch, wanted in groupby(keys, key=lambda key: key.reference):
        left = {key.number for key in wanted}
        with denied("HTTP 404"):
            told = (found(batch, message) for message in messages(plan, exchange, batch))
            yield from (message for message in told if message.number in left)


def messages(plan: Plan, exchange: Exchange, batch: str) -> Iterator[Mapping[str, Any]]:
    for start in range(0, 10_000, PAGE):
        path = f"/v2/batches/{batch}/messages?start={start}&limit={PAGE}"
        page = decoded(exchange(Request(path, token=plan.password)).ok())
        if not isinstance(page, list):
            raise Refused(f"no list of messages: {page!r}"[:120])
        yield from page
        if len(page) < PAGE:
            return


def found(batch: str, message: Mapping[str, Any]) -> Found:
    try:
        code = int(message["statuses"][-1]["code"])
        return Found(reference=batch, number=message["recipient"], delivered=delivered(code))
    except (LookupError, TypeError, ValueError):
        raise Refused(f"no message: {message!r}"[:120]) from None


def delivered(code: int) -> bool | None:
    """None for codes of the group that says how far a message has come."""
    return None if code < 200 else code == DELIVERED


class Report(msgspec.Struct, rename="camel"):
    """What is read of a report; there is more in it."""

    batch_id: str
    recipient: str
    code: int


read = msgspec.json.Decoder(Report).decode


def receipt(body: bytes, arrived: float) -> Receipt:
    """A report as it was posted; what cannot be read belongs to no message, and is found to be stray."""
    try:
        report = read(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Receipt(reference="", number="", delivered=False, arrived=arrived)
    final = delivered(report.code)
    return Receipt(
        reference=report.batch_id,
        number=report.recipient,
        delivered=bool(final),
        arrived=arrived,
        step=str(report.code) if final is None else "",
    )


def account(secret: str) -> Mapping[str, object]:
    return {"key": secret, "attributes": {"type": "swedish", "currency": "SEK"}}


SCENARIO = HttpScenario(
    provider="ip1",
    price=Decimal("0.50"),
    numbers=Numbering("3069"),
    template=template,
    references=references,
    receipt=receipt,
    steps=ON_THE_WAY,
    statement=statement,
    states=states,
    account=account,
)

BULK = replace(SCENARIO, rate=7_000, recipients=100, report_every=10)
"""A hundred to a call, with reports for one call in ten: a message has seven of them."""
