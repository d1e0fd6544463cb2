"""What callers of the control API may send, as typed values."""

from decimal import Decimal
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import UNSET, Meta, UnsetType

from emulator.admin.query import Unreadable
from emulator.core.refusals import Reason
from emulator.core.sabotage import Effect

Seconds = Annotated[float, Meta(ge=0, le=3_155_760_000)]
"""Up to a century."""

Rate = Annotated[float, Meta(ge=0, le=1_000_000)]
Kind = TypeVar("Kind", bound="Body")

Word = Annotated[str, Meta(min_length=1, max_length=200)]


class Body(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An object with these members and no others."""


class ClockBody(Body):
    now: str | None = None
    rate: Rate | None = None


class AdvanceBody(Body):
    seconds: Seconds


class SnapshotBody(Body):
    name: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]{1,64}$")] | None = None


class LimitsBody(Body):
    submits_per_second: Annotated[int, Meta(ge=1, le=1_000_000)] | None = 700


class AccountBody(Body):
    """An account, whole or in part: what is left out stays, or takes its default."""

    password: str | UnsetType = UNSET
    credit: Decimal | UnsetType | None = UNSET
    senders: list[Word] | UnsetType | None = UNSET
    limits: LimitsBody | UnsetType = UNSET
    attributes: dict[str, str] | UnsetType = UNSET


class OverrideBody(Body):
    outcome: str
    times: Annotated[int, Meta(ge=1, le=1_000_000_000)] | None = None


class InboundBody(Body, rename={"sender": "from", "recipient": "to"}):
    provider: str
    account: str
    sender: Word
    recipient: Word
    text: str


class FaultBody(Body):
    effect: Effect
    provider: str | None = None
    path: str | None = None
    account: str | None = None
    status: Annotated[int, Meta(ge=400, le=599)] = 503
    seconds: Annotated[float, Meta(ge=0, le=60)] = 1.0
    reason: Reason | None = None
    times: Annotated[int, Meta(ge=1, le=1_000_000_000)] | None = None
    share: Annotated[float, Meta(ge=0, le=1)] = 1.0


class SpaceBody(Body):
    seed: Annotated[int, Meta(ge=-(2**53), le=2**53)] = 0
    clock: str = "now"
    rate: Rate = 1.0
    quirks: dict[str, dict[str, Any]] = {}


def read(octets: bytes, kind: type[Kind]) -> Kind:
    """The body as such a value; an empty one is an empty object. Raises Unreadable."""
    try:
        return msgspec.json.decode(octets or b"{}", type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(str(error)) from None
