"""Identifiers and moments as iP.1 writes them."""

import re
from datetime import UTC, datetime
from functools import lru_cache

from emulator.core.ids import HEXADECIMAL, Ids, Spelling
from emulator.core.model import Order

NAME = "ip1"

ORDER, MESSAGE, INBOUND, GROUP, KEPT = "order", "message", "inbound", "inbound batch", "kept"
"""What identifiers there are: GROUP is that of the batch that a handset's message comes in."""

_HALF = Spelling(HEXADECIMAL, 16)
_ID = re.compile(r"[0-9a-f]{24}", re.ASCII)
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?([Zz]|[+-][0-9]{2}:?[0-9]{2})?"
)


def identifier(number: int, at: datetime, kind: str, ids: Ids) -> str:
    """24 digits: the second at which it was made, then its number as the seed spells it."""
    # req: ip1/http/ids
    second = int(at.timestamp()) % 2**32
    return f"{second:08x}{ids.spelled(number, f'{NAME} {kind}', _HALF)}"


def number(text: str, kind: str, ids: Ids) -> int:
    """Which one of a kind an identifier may mean: compare its own identifier, this one may be made up."""
    return ids.read(text[-_HALF.length :], f"{NAME} {kind}", _HALF) or 0


def is_identifier(text: str) -> bool:
    return _ID.fullmatch(text) is not None


def reference(order: Order, ids: Ids) -> str:
    """The identifier of a batch."""
    return _reference(order.id, order.accepted_at, ids)


@lru_cache(maxsize=4096)  # every message of a batch names it, and every report of these for seconds
def _reference(number: int, at: datetime, ids: Ids) -> str:
    return identifier(number, at, ORDER, ids)


@lru_cache(maxsize=64)  # what one moment brings is told with the same one, many thousand times
def moment(at: datetime) -> str:
    """Whole seconds of UTC."""
    # req: ip1/http/timestamps
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def fine_moment(at: datetime, zone: str = "Z") -> str:
    """Milliseconds of UTC, as some pages show them; one of them without a zone."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}{zone}"


def read_moment(text: object) -> datetime | None:
    """A moment as clients write it; None for what is none, or beyond the calendar."""
    # req: ip1/http/read-timestamps
    if not isinstance(text, str) or not _MOMENT.fullmatch(text):
        return None
    try:
        read = datetime.fromisoformat(text.upper())
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
