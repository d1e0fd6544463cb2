"""When a message is sent: what PHP's strtotime makes of a text, in the zone of the account."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from emulator.core.model import Account
from emulator.providers.voipe.quirks import Quirks
from emulator.wire.php import given
from emulator.wire.strtotime import strtotime

_OFFSET = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})", re.ASCII)


def moment(text: str, account: Account, now: datetime, quirks: Quirks) -> datetime | None:
    """The moment meant; None, which is now, for what is none, and for none at all.

    A server whose own clock shows another time than UTC writes the moment down as that clock will show it,
    and takes what it wrote for a time of the account's zone, or of the system's without its summers.
    """
    # req: voipe/schedule/later voipe/schedule/past voipe/schedule/unparsable voipe/schedule/zone
    # req: voipe/schedule/words voipe/schedule/none voipe/schedule/system-zone
    if not given(text):
        return None
    name = account.attributes.get("zone", "")
    if quirks.system_zone == "UTC":
        return strtotime(text, now, zone(name, quirks))
    meant = strtotime(text, now, ZoneInfo(quirks.system_zone))
    return None if meant is None else _misread(meant, zone(name, quirks) if name else None, quirks)


def _misread(meant: datetime, own: tzinfo | None, quirks: Quirks) -> datetime | None:
    try:
        written = meant.astimezone(ZoneInfo(quirks.system_zone)).replace(tzinfo=None)
        away = written.replace(tzinfo=own).utcoffset() if own else winter(meant, quirks)
        return written.replace(tzinfo=UTC) - (away or timedelta())
    except OverflowError:
        return None


def winter(moment: datetime, quirks: Quirks) -> timedelta:
    """How far the system's zone is ahead of UTC, in that year, without daylight saving."""
    local = moment.astimezone(ZoneInfo(quirks.system_zone))
    return (local.utcoffset() or timedelta()) - (local.dst() or timedelta())


def zone(name: str, quirks: Quirks) -> tzinfo:
    """The zone that an account names, as `+0200` or as `Asia/Jerusalem`; else that of the system."""
    # req: voipe/schedule/system-zone
    found = _OFFSET.fullmatch(name)
    if found:
        away = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return timezone(-away if found[1] == "-" else away) if away < timedelta(days=1) else UTC
    try:
        return ZoneInfo(name or quirks.system_zone)
    except (KeyError, ValueError, OSError):
        return ZoneInfo(quirks.system_zone)
