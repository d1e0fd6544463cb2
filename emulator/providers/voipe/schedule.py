"""When a message is sent: what PHP's strtotime makes of a text, in the zone of the account."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from emulator.core.model import Account
from emulator.providers.voipe.quirks import Quirks
from emulator.wire.strtotime import strtotime

_OFFSET = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})", re.ASCII)


def moment(text: str, account: Account, now: datetime, quirks: Quirks) -> datetime | None:
    """The moment meant; None, which is now, for what is none, and for none at all."""
    # req: voipe/schedule/later voipe/schedule/past voipe/schedule/unparsable voipe/schedule/zone
    # req: voipe/schedule/words voipe/schedule/none
    if text in ("", "0"):
        return None
    return strtotime(text, now, zone(account.attributes.get("zone", ""), quirks))


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
