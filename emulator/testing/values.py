"""What an emulator shows of itself, as it was when it was asked for.

Money is Decimal, moments are aware and in UTC.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct

from emulator.core.model import Status as Status

SHOWN = 200
"""Characters of a body in a line that tells of an exchange."""


class Message(Struct, frozen=True, kw_only=True, rename={"sender": "from", "recipient": "to"}):
    """A message that somebody sent by one of the providers.

    `reference` is the identifier that the provider gave to whoever sent it, `price` what it costs,
    `outcome` what will become of it, `refusal` why it was refused alone. What only its provider knows of is
    in `extras`.
    """

    id: int
    reference: str
    provider: str
    account: str
    sender: str
    recipient: str
    text: str
    coding: str
    flash: bool
    parts: int
    price: Decimal
    outcome: str
    accepted_at: datetime
    scheduled_at: datetime | None
    status: Status
    final: bool
    callback: str | None
    medium: str
    route: str
    extras: dict[str, str]
    refusal: str | None = None

    def __str__(self) -> str:
        way = f"{self.provider}/{self.account} {self.sender} -> {self.recipient}"
        why = f" ({self.refusal})" if self.refusal else ""
        return f"#{self.id} {way} {self.text!r} {self.status}{why}"


class Inbound(Struct, frozen=True, kw_only=True, rename={"sender": "from", "recipient": "to"}):
    """A message that a handset wrote to an account."""

    id: int
    provider: str
    account: str
    sender: str
    recipient: str
    text: str
    received_at: datetime

    def __str__(self) -> str:
        return f"#{self.id} {self.sender} -> {self.provider}/{self.account} {self.recipient} {self.text!r}"


class Limits(Struct, frozen=True, kw_only=True):
    """What an account may do; None is no limit."""

    submits_per_second: int | None


class Account(Struct, frozen=True, kw_only=True):
    """A customer of a provider. A credit of None is unlimited, senders of None are any."""

    provider: str
    login: str
    credit: Decimal | None
    overdraft: Decimal
    senders: tuple[str, ...] | None
    limits: Limits
    attributes: dict[str, str]


class Attempt(Struct, frozen=True, kw_only=True):
    """A try to deliver a callback: `result` is "answered" or what went wrong, `status` that of the answer."""

    at: datetime
    result: str
    status: int | None
    body: str


class Callback(Struct, frozen=True, kw_only=True):
    """A request to the application: a receipt or a message from a handset.

    `state` is "pending", "delivered", or "abandoned" after the last try; `message` is the id of what it
    tells of, `next_at` when it is tried again.
    """

    id: int
    provider: str
    account: str
    message: int | None
    method: str
    url: str
    headers: dict[str, str]
    body: str
    created_at: datetime
    state: str
    next_at: datetime | None
    attempts: tuple[Attempt, ...]

    def __str__(self) -> str:
        tries = ", ".join(str(one.status or one.result) for one in self.attempts)
        return f"#{self.id} {self.method} {self.url} {self.state} ({tries or 'not tried yet'})"


class Request(Struct, frozen=True, kw_only=True):
    """What the application said; passwords, keys and tokens read `***`."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: str


class Response(Struct, frozen=True, kw_only=True):
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str


class Exchange(Struct, frozen=True, kw_only=True):
    """A request of the application and its answer.

    `surface` is the dialect, `account` whose request it was if that was seen, `fields` what was read from
    it, `voiced` the requirements that the answer obeys; `defect` tells of a mistake of the emulator itself.
    """

    id: int
    at: datetime
    surface: str
    account: str | None
    request: Request
    response: Response
    fields: dict[str, Any]
    voiced: tuple[str, ...]
    defect: str | None

    def __str__(self) -> str:
        said, answered = self.request, self.response
        body = f" {said.body[:SHOWN]!r}" if said.body else ""
        line = f"{said.method} {said.target}{body} -> {answered.status} {answered.body[:SHOWN]!r}"
        return line if self.defect is None else f"{line}: a defect of the emulator: {self.defect}"
