"""The vocabulary of the service: every value the gateway remembers or hands out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from emulator.core.quick import quick
from emulator.core.refusals import Reason


class Medium(StrEnum):
    """What carries a message."""

    SMS = "sms"
    FAX = "fax"
    MAIL = "mail"


class Coding(StrEnum):
    """The alphabet a message travels in."""

    GSM7 = "gsm7"
    UCS2 = "ucs2"


class Status(StrEnum):
    """The state of a message at a moment."""

    SCHEDULED = "scheduled"
    QUEUED = "queued"
    SUBMITTED = "submitted"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"
    EXPIRED = "expired"
    REJECTED = "rejected"
    UNROUTABLE = "unroutable"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        return self not in OPEN


OPEN = frozenset({Status.SCHEDULED, Status.QUEUED, Status.SUBMITTED})


class Step(NamedTuple):
    """A status a message takes, counted from the moment it was accepted."""

    after: timedelta
    status: Status


Timetable = tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What an account may do, for surfaces that hold accounts to it (HTTP ones do not); None is no limit."""

    submits_per_second: int | None = 700


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A customer of one provider; credit None is unlimited, senders None allows any.

    Whoever has the `key` needs no login; without a password nobody logs in by one. `overdraft` is how far
    below nothing the credit may be spent.
    """

    provider: str
    login: str
    password: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    credit: Decimal | None = Decimal(0)
    overdraft: Decimal = Decimal(0)
    senders: tuple[str, ...] | None = None
    limits: Limits = Limits()
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """Who a request claims to come from; an absent part is an empty string.

    A `key` alone says who: name and password are not looked at. `flaws` are objections that hold
    whatever the request asks for.
    """

    provider: str
    name: str = ""
    password: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    flaws: tuple[Reason, ...] = ()


NO_EXTRAS: Mapping[str, str] = MappingProxyType({})
"""What most orders have of their own."""

NO_TEXTS: Mapping[str, tuple[str, Coding]] = MappingProxyType({})
NO_REFUSALS: Mapping[str, Reason] = MappingProxyType({})

PATIENCE = timedelta(hours=48)
"""How long the network tries where no document says otherwise."""


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A request to send, as one provider's document lets it be asked for.

    `route` names what carries it, `extras` are the provider's own notes. With `own_sender` the account sends
    under a name that was given to it, so that nobody asks whether it may. `flaws` are objections found while
    reading; the core adds its own.

    `validity` ends every message that is not delivered by then; without one, those that the network gives up
    end after its `patience`. `texts` are for recipients that get another text than the rest, `refusals` for
    those that are refused alone; with `each`, so are those for whom there is no credit, in their order, and
    not the whole order. `surcharge` is what a part costs beyond the tariff. `parts` are what the provider
    counted, where it counts otherwise than the network. With `on_delivery` a message is paid for when it is
    delivered, and fails if there is no credit for it when it would be submitted, besides what others have
    spoken for by then; `on_trust` nobody asks for that credit when the order is accepted.
    """

    sender: str
    recipients: tuple[str, ...]
    text: str
    coding: Coding = Coding.GSM7
    flash: bool = False
    scheduled_at: datetime | None = None
    validity: timedelta | None = None
    patience: timedelta = PATIENCE
    callback: str | None = None
    medium: Medium = Medium.SMS
    route: str = ""
    extras: Mapping[str, str] = field(default_factory=lambda: NO_EXTRAS)
    own_sender: bool = False
    texts: Mapping[str, tuple[str, Coding]] = field(default_factory=lambda: NO_TEXTS)
    refusals: Mapping[str, Reason] = field(default_factory=lambda: NO_REFUSALS)
    each: bool = False
    surcharge: Decimal = Decimal(0)
    parts: int | None = None
    on_delivery: bool = False
    on_trust: bool = False
    flaws: tuple[Reason, ...] = ()


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An accepted request to send: what its messages share. Their ids run from `first` on.

    The core reads neither `route` nor `extras`: they are remembered for the provider.
    """

    id: int
    provider: str
    account: str
    sender: str
    text: str
    coding: Coding
    flash: bool
    parts: int
    accepted_at: datetime
    scheduled_at: datetime | None
    callback: str | None
    first: int
    size: int
    medium: Medium = Medium.SMS
    route: str = ""
    extras: Mapping[str, str] = field(default_factory=lambda: NO_EXTRAS)
    on_delivery: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The text of one message, where it is not that of its order."""

    text: str
    coding: Coding
    parts: int


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One order to one recipient, with everything that will become of it.

    With a `refusal` it was refused alone when its order was accepted.
    """

    id: int
    order: Order
    recipient: str
    price: Decimal
    timetable: Timetable
    outcome: str
    wording: Wording | None = None
    refusal: Reason | None = None

    @property
    def text(self) -> str:
        return (self.wording or self.order).text

    @property
    def coding(self) -> Coding:
        return (self.wording or self.order).coding

    @property
    def parts(self) -> int:
        return (self.wording or self.order).parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiry:
    """A question about one recipient of an order or a look-up; None where the request named nothing.

    Without a number it is the first recipient of an order.
    """

    id: int | None
    number: str | None = None
    flaws: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """An entry of an account's address book, found by its number."""

    provider: str
    account: str
    number: str
    surname: str = ""
    name: str = ""
    comments: str = ""


INBOUND = "inbound"
"""The kind under which they are stored, and what counts them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """A message from a handset to an account; `after` is the last message to any handset before it.

    That settles which was first where both have the same moment.
    """

    id: int
    provider: str
    account: str
    sender: str
    recipient: str
    text: str
    received_at: datetime
    after: int = 0
