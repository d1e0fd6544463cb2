"""Values of the core as the control API shows them. Secrets are never shown."""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Set
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec

from emulator.core.events import Event
from emulator.core.journal import Exchange
from emulator.core.kept import Resource
from emulator.core.model import Account, Contact, Inbound, Message, Status
from emulator.core.outcomes import Outcome, Override
from emulator.core.pushes import Attempt, Callback
from emulator.core.register import Lookup
from emulator.core.sabotage import Fault
from emulator.core.timetable import status_at
from emulator.provider import Provider, serving
from emulator.space import Snapshot, Space
from emulator.wire import masking

Shown = dict[str, Any]

_encode = msgspec.json.Encoder(decimal_format="number").encode


def encoded(value: object) -> bytes:
    """JSON: money as numbers, moments in UTC with Z."""
    return _encode(value)


def moment(at: datetime | None) -> str | None:
    """ISO 8601 in UTC with Z, microseconds only where there are any."""
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def clock(space: Space) -> Shown:
    return {"now": moment(space.clock.now()), "rate": space.clock.rate}


def account(value: Account) -> Shown:
    return {
        "provider": value.provider,
        "login": value.login,
        "credit": value.credit,
        "overdraft": value.overdraft,
        "senders": value.senders,
        "limits": {"submits_per_second": value.limits.submits_per_second},
        "attributes": value.attributes,
    }


class Views:
    """Renders what belongs to one space, with the providers' own spelling of identifiers."""

    def __init__(self, space: Space, providers: Iterable[Provider]) -> None:
        self._space = space
        self._providers = {provider.name: provider for provider in providers}
        self._secrets = frozenset[str]().union(*(one.secrets for one in self._providers.values()))

    def message(self, value: Message, status: Status | None = None) -> Shown:
        """The message in that status, or the one it has now."""
        order = value.order
        status = status or status_at(value, self._space.clock.now())
        refused = {} if value.refusal is None else {"refusal": value.refusal}
        return {
            "id": value.id,
            "order": order.id,
            "reference": self._providers[order.provider].reference(order, self._space.ids),
            "provider": order.provider,
            "account": order.account,
            "from": order.sender,
            "to": value.recipient,
            "text": value.text,
            "coding": value.coding,
            "flash": order.flash,
            "parts": value.parts,
            "price": value.price,
            "outcome": value.outcome,
            "accepted_at": moment(order.accepted_at),
            "scheduled_at": moment(order.scheduled_at),
            "status": status,
            "final": status.final,
            "timetable": [
                {"at": moment(order.accepted_at + step.after), "status": step.status}
                for step in value.timetable
            ],
            "callback": order.callback,
            "medium": order.medium,
            "route": order.route,
            "extras": dict(order.extras),
            **refused,
        }

    def exchange(self, value: Exchange) -> Shown:
        provider = serving(self._providers.values(), value.target.partition("?")[0])
        names = provider.secrets if provider else self._secrets
        values = self._secret_values([str(value.fields.get(name) or "") for name in names], provider)
        return {
            "id": value.id,
            "at": moment(value.at),
            "surface": value.surface,
            "account": value.account,
            "request": {
                "method": value.method,
                "target": masking.target(value.target, names, values),
                "headers": [header(*field) for field in value.headers],
                **body(masking.body(value.body, names, values)),
            },
            "response": {
                "status": value.status,
                "headers": [masking.header(*field) for field in value.answer_headers],
                **body(masking.answer(value.answer, names)),
            },
            "fields": {
                name: masking.HIDDEN if name in names else text for name, text in value.fields.items()
            },
            "voiced": value.voiced,
            "defect": value.defect,
        }

    def _secret_values(self, said: Iterable[str], provider: Provider | None) -> Set[str]:
        """The secrets that were said, and what customers hold if these are not among it.

        A request that nobody understood, or that has its secret in another place, may yet be one of theirs.
        """
        accounts = self._space.store.accounts()
        customers = [one for one in accounts if provider is None or one.provider == provider.name]
        held = {secret for one in customers for secret in (one.key, one.password)} - {""}
        given = frozenset(said) - {""}
        return given if given and given <= held else given | held

    def event(self, event: Event) -> Shown:
        """What happened, as things stood at that moment."""
        detail = event.detail
        shown: object = detail
        if isinstance(detail, tuple) and len(detail) == 2 and isinstance(detail[0], Message):
            shown = self.message(*detail)
        elif isinstance(detail, Message):
            shown = self.message(detail, status_at(detail, event.at))
        elif isinstance(detail, tuple) and len(detail) == 2 and type(detail[1]) in CHANGED:
            name, render = CHANGED[type(detail[1])]
            shown = {"change": detail[0], name: render(detail[1])}
        elif isinstance(detail, Exchange):
            shown = self.exchange(detail)
        elif type(detail) in PLAIN:
            shown = PLAIN[type(detail)](detail)
        return {"id": event.id, "at": moment(event.at), "kind": event.kind, "detail": shown}


def header(name: str, value: str) -> tuple[str, str]:
    """A field as HTTP/1.1 spells it."""
    return masking.header(name.removeprefix("HTTP_").replace("_", "-").title(), value)


def body(octets: bytes) -> Shown:
    """The body as text, and as base64 where it is none."""
    try:
        return {"body": octets.decode(), "base64": None}
    except UnicodeDecodeError:
        return {"body": octets.decode("utf-8", "replace"), "base64": b64encode(octets).decode()}


def callback(value: Callback) -> Shown:
    state = "pending" if value.next_at else "delivered" if value.delivered else "abandoned"
    return {
        "id": value.id,
        "provider": value.provider,
        "account": value.account,
        "message": value.message,
        "method": value.push.method,
        "url": value.push.url,
        "headers": dict(value.push.headers),
        "body": value.push.body,
        "created_at": moment(value.created_at),
        "state": state,
        "next_at": moment(value.next_at),
        "attempts": [attempt(one) for one in value.attempts],
    }


def attempt(value: Attempt) -> Shown:
    return {"at": moment(value.at), "result": value.result, "status": value.status, "body": value.body}


def inbound(value: Inbound) -> Shown:
    return {
        "id": value.id,
        "provider": value.provider,
        "account": value.account,
        "from": value.sender,
        "to": value.recipient,
        "text": value.text,
        "received_at": moment(value.received_at),
    }


def contact(value: Contact) -> Shown:
    return msgspec.to_builtins(value)  # type: ignore[no-any-return]  # a flat dataclass


def resource(value: Resource) -> Shown:
    return {
        "provider": value.provider,
        "account": value.account,
        "collection": value.collection,
        "name": value.name,
        "number": value.number,
        "created_at": moment(value.created_at),
        "changed_at": moment(value.changed_at),
        "fields": value.fields,
    }


def lookup(value: Lookup) -> Shown:
    shown: Shown = msgspec.to_builtins(value, builtin_types=(Decimal, datetime))
    return {**shown, "accepted_at": moment(value.accepted_at)}


def fault(value: Fault) -> Shown:
    return msgspec.to_builtins(value)  # type: ignore[no-any-return]  # a flat dataclass


def outcome(value: Outcome) -> Shown:
    return {
        "name": value.name,
        "ends": value.ends or None,
        "mailbox": value.mailbox or None,
        "says": value.says,
        "steps": [{"after": step.after.total_seconds(), "status": step.status} for step in value.steps],
        "expires": value.expires,
        "receipts": value.receipts,
        "reply": value.reply,
        "pays": value.pays,
        "presence": value.presence,
        "ported": value.ported,
        "roaming": value.roaming,
    }


def override(value: Override) -> Shown:
    return {"outcome": value.outcome, "left": value.left}


def snapshot(value: Snapshot) -> Shown:
    return {"id": value.id, "at": moment(value.at)}


def space(value: Space) -> Shown:
    return {"name": value.name or None, "seed": value.seed, "clock": clock(value), "messages": value.messages}


CHANGED: Mapping[type, tuple[str, Any]] = {Resource: ("resource", resource), Account: ("account", account)}
"""How the details of events are shown that tell of a change, and of what."""

PLAIN: Mapping[type, Any] = {Callback: callback, Inbound: inbound, Contact: contact, Lookup: lookup}
"""How the details of events are shown that need nothing but themselves."""
