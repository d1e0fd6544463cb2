"""PHP's strtotime: English date and time expressions, as PHP 8.2 (timelib 2022.12) reads them."""

from datetime import datetime, tzinfo

from emulator.wire.strtotime.reading import Unreadable
from emulator.wire.strtotime.resolver import EARLIEST, LATEST, moment
from emulator.wire.strtotime.scanner import LONGEST, read

__all__ = ["EARLIEST", "LATEST", "LONGEST", "strtotime"]


def strtotime(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """What PHP's strtotime answers for `text`, in whole seconds UTC; None where PHP answers false.

    `now` is aware, and its fraction of a second is ignored. PHP knows further years than Python: what lies
    outside the years 1 to 9999 is `EARLIEST` or `LATEST`. Text of more than `LONGEST` characters is not read.
    """
    try:
        return moment(read(text), now, zone)
    except Unreadable:
        return None
