"""Gateways that speak as NetOxygen and Iro do over XML-RPC, by the standard library."""

from __future__ import annotations

import xmlrpc.client
from collections.abc import Mapping, Sequence
from typing import Any

from loadtests.tests.fake import Books, Flaw

OFFER = "smstrade"


def netoxygen(books: Books, _path: str, body: bytes) -> str | None:
    arguments, method = called(body)
    match method:
        case "send_message":
            taken = [one(books, number) for number in arguments[2]]
            return answer(taken) if None not in taken else None
        case "get_status":
            return answer([[identifier, state(books, str(identifier))] for identifier in arguments[2]])
        case "get_credits":
            return answer(int(books.credit))
    return "no such method"


def one(books: Books, number: str) -> list[object] | None:
    call, flaw = books.take(number)
    if flaw is Flaw.HANGS_UP:
        return None
    return [number, False, 2] if flaw is Flaw.REFUSES_ONE else [number, True, f"{call:032x}"]


def state(books: Books, identifier: str) -> Mapping[str, object] | bool:
    for (call, number), word in books.stored.items():
        if f"{call:032x}" == identifier:
            return {"to": number, "last_status": 1 if word == "delivered" else 8}
    return False


def iro(books: Books, _path: str, body: bytes) -> str | None:
    arguments, method = called(body)
    match method:
        case "sms":
            return job(books, arguments)
        case "status":
            words = {str(call): word for (call, _), word in books.stored.items()}
            return answer(
                {
                    call: {"status": "sended" if word == "delivered" else "sending"}
                    for call, word in words.items()
                }
            )
        case "bill":
            return answer(bill(books))
    return "no such method"


def job(books: Books, arguments: Sequence[Any]) -> str | None:
    call, flaw = books.take(*arguments[2])
    if flaw is Flaw.REFUSES_ONE:
        return xmlrpc.client.dumps(xmlrpc.client.Fault(950, "Error in external API."))
    return None if flaw is Flaw.HANGS_UP else answer(call)


def bill(books: Books) -> Mapping[str, object]:
    sums = {"anz": books.counted, "price": float(books.spent)}
    return {OFFER: {"smslab-load": sums, **sums}, "total": sums} if books.counted else {"total": sums}


def called(body: bytes) -> tuple[Sequence[Any], str | None]:
    return xmlrpc.client.loads(body, use_builtin_types=True)


def answer(value: Any) -> str:
    return xmlrpc.client.dumps((value,), methodresponse=True)
