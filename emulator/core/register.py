"""The home register's vocabulary: what it says of a number, and to whom."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Presence(StrEnum):
    """What the home register says of a number."""

    LIVE = "live"
    ABSENT = "absent"
    UNKNOWN_NUMBER = "unknown-number"
    NO_ANSWER = "no-answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A mobile network: country code and network code of the IMSI, names in English."""

    mcc: str
    mnc: str
    name: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """A question to the home register about one number, with the answer it will get."""

    id: int
    provider: str
    account: str
    number: str
    price: Decimal
    accepted_at: datetime
    presence: Presence
    country: str
    network: Network | None
    serving_msc: str
