"""What callers of the control API may send, as typed values."""

import re
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import UNSET, Meta, UnsetType

from emulator.admin.answers import NotJson, Unreadable
from emulator.core.refusals import Reason
from emulator.settings import told

CENTURY = 3_155_760_000
MOST = 1_000_000_000_000

Kind = TypeVar("Kind", bound="Body")

Rate = Annotated[float, Meta(ge=0, le=1_000_000)]
Word = Annotated[str, Meta(min_length=1, max_length=200)]
Times = Annotated[int, Meta(ge=1, le=1_000_000_000)]


class Body(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An object with these members and no others."""


class ClockBody(Body):
    now: str | None = None
    rate: Rate | None = None


class AdvanceBody(Body):
    seconds: Annotated[float, Meta(ge=0, le=CENTURY)]


class SnapshotBody(Body):
    name: Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\Z")] | None = None


class LimitsBody(Body):
    submits_per_second: Annotated[int, Meta(ge=1, le=1_000_000)] | UnsetType | None = UNSET


class AccountBody(Body):
    """An account, whole or in part: what is left out stays, or takes its default."""

    password: Annotated[str, Meta(max_length=200)] | UnsetType = UNSET
    key: Annotated[str, Meta(max_length=200)] | UnsetType = UNSET
    credit: Annotated[float, Meta(ge=-MOST, le=MOST)] | UnsetType | None = UNSET
    overdraft: Annotated[float, Meta(ge=0, le=MOST)] | UnsetType = UNSET
    senders: list[Word] | UnsetType | None = UNSET
    limits: LimitsBody | UnsetType = UNSET
    attributes: dict[str, str | None] | UnsetType = UNSET


class OverrideBody(Body):
    outcome: str
    times: Times | None = None


class InboundBody(Body, rename={"sender": "from", "recipient": "to"}):
    provider: str
    account: str
    sender: Word
    recipient: Word
    text: str


class FaultBody(Body, tag_field="effect"):
    """A fault on purpose: where it strikes and how often. `effect` says what it does."""

    provider: str | None = None
    path: Annotated[str, Meta(min_length=1, max_length=1000)] | None = None
    times: Times | None = None
    share: Annotated[float, Meta(ge=0, le=1)] = 1.0


class StatusFault(FaultBody, tag="status"):
    status: Annotated[int, Meta(ge=400, le=599)] = 503


class DelayFault(FaultBody, tag="delay"):
    seconds: Annotated[float, Meta(ge=0, le=60)] = 1.0


class TruncateFault(FaultBody, tag="truncate"):
    pass


class EmptyFault(FaultBody, tag="empty"):
    pass


class RefuseFault(FaultBody, tag="refuse", kw_only=True):
    """The only one that can be aimed at an account: others strike before it is read."""

    reason: Reason
    account: str | None = None


AnyFault = StatusFault | DelayFault | TruncateFault | EmptyFault | RefuseFault


class SpaceBody(Body):
    seed: Annotated[int, Meta(ge=-(2**53), le=2**53)] = 0
    clock: str = "now"
    rate: Rate = 1.0
    profiles: dict[str, str] = {}
    quirks: dict[str, dict[str, Any]] = {}


_JSON = re.compile(r"|application/(?:[\w.+-]+\+)?json|application/x-www-form-urlencoded", re.ASCII)
"""The media types that are read as JSON: none given, and what curl says of `--data`, are taken for it."""


def read(octets: bytes, media_type: str, kind: Any) -> Any:
    """The body as a value of that kind; an empty one is an empty object. Raises Unreadable or NotJson."""
    if octets and not _JSON.fullmatch(media_type):
        raise NotJson(f"{media_type} is not read here: send application/json")
    try:
        return msgspec.convert(whole(msgspec.json.decode(octets or b"{}")), kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(f"body: {told(error, kind)}") from None


def whole(value: Any) -> Any:
    """The value with 5.0 as 5: to JSON both are the same integer, and some clients know only the former."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: whole(item) for name, item in value.items()}
    return [whole(item) for item in value] if isinstance(value, list) else value
