"""What several checks do on their way to what they observe."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest

from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.php import Value
from conformance.drivers.voipe import FORMATS, Answer, Entry, Fields, VoipeDriver
from conformance.numbers import Numbers
from conformance.verify import verify

SOON = 60  # seconds within which a message that need not wait was reported
HANDED_OVER = 1  # seconds after which an emulator hands a message over

NOBODYS = "0123456789abcdef0123456789abcdef"  # in the form of tokens, keys and queue codes, and of none
HIGH = 999_999_999  # an identifier that no message has yet
HEX = "[0-9a-f]{32}"
DATE = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"
NEVER = "0000-00-00 00:00:00"
HEBREW = "שלום"
LETTER = "ש"

BARE = {"nofooter": 1}  # a message and nothing behind it

OWNED: Mapping[str, Fields] = {  # operations of every user, with parameters that let them do nothing
    "pv": {},
    "ds": {"queue": NOBODYS},
    "in": {"last": HIGH},
    "ix": {"last": HIGH},
    "sx": {"last": HIGH},
    "cr": {},
    "set_token": {},
    "get_contact": {},
    "get_contact_group": {},
    "query": {},
    "stoplist": {},
}

ADMINISTRATION: Mapping[str, Fields] = {  # those of administrators, likewise
    "creditview": {},
    "creditadd": {},
    "creditdeduct": {},
    "loginkeyset": {},
    "inject": {},
    "accountadd": {},
    "accountremove": {},
    "parentset": {},
    "parentget": {},
    "accountban": {},
    "accountunban": {},
    "accountpref": {},
    "accountconf": {},
}

every_format = pytest.mark.parametrize("format", FORMATS)


def timeless(text: str) -> str:
    """An answer without the moment it was given."""
    return re.sub(r"\b1\d{9}\b", "NOW", text)


def query(voipe: VoipeDriver, op: str, **fields: str) -> str:
    """A query as the driver would send it, without the module."""
    return urlencode({"u": voipe.username, "h": voipe.token, "op": op, **fields})


def succeeded(answer: Answer) -> Entry:
    """The answer to a call that has to succeed, and is no list."""
    verify((answer.document.get("status"), answer.code)).equals(("OK", "0"))
    return answer.document


def refused(answer: Answer, code: str) -> None:
    """The whole call is refused with this code."""
    verify((answer.document.get("status"), answer.code)).equals(("ERR", code))


def silent(answer: Answer) -> None:
    """The answer says nothing but when it was given."""
    verify(answer.document.keys() - {"timestamp"}).equals({"error_string"})


def only(answer: Answer) -> Entry:
    """The entry of a list that has to have one."""
    verify(answer.entries).holds(lambda found: len(found) == 1, "a list of one entry")
    return answer.entries[0]


def accepted(answer: Answer) -> list[Entry]:
    """The entries of a send that has to be accepted for everybody."""
    verify(answer.entries).holds(
        lambda found: (
            all(one.get("status") == "OK" and one.get("error") == "0" for one in found) and bool(found)
        ),
        "entries with status OK",
    )
    return answer.entries


def taken(answer: Answer) -> str:
    """The identifier in the answer to a message for one number, which has to be accepted."""
    verify(accepted(answer)).holds(
        lambda found: len(found) == 1 and str(found[0].get("smslog_id")).isdecimal(),
        "one entry with status OK and an identifier",
    )
    return str(answer.entries[0]["smslog_id"])


def numbered(answer: Answer) -> list[str]:
    """To whom the entries of a send say it went."""
    return [str(one.get("to")) for one in accepted(answer)]


def rejected(answer: Answer, code: str) -> Entry:
    """The only entry of a send that has to be refused with this code."""
    entry = only(answer)
    verify((entry.get("status"), entry.get("error"))).equals(("ERR", code))
    return entry


def told(voipe: VoipeDriver, id: str) -> Entry:
    """What ds says of a message that has to be known."""
    return only(voipe.call("ds", smslog_id=id))


def sent(voipe: VoipeDriver, clock: Clock, answer: Answer) -> Entry:
    """What ds says of an accepted message, once it was handed over."""
    id = taken(answer)
    clock.advance(SOON)
    return told(voipe, id)


def ids(answer: Answer, key: str = "smslog_id") -> list[str]:
    return [str(one.get(key)) for one in answer.entries]


def credit(voipe: VoipeDriver) -> Decimal:
    """What the account has, to be compared with itself."""
    return amount(voipe.call("cr").document.get("credit"))


def amount(value: Value) -> Decimal:
    """A number, or the text that a credit of nothing is."""
    verify(value).holds(lambda one: isinstance(one, int | float | str) and one != "", "an amount")
    return Decimal(str(value))


def cost(voipe: VoipeDriver, clock: Clock, call: Callable[[], Answer]) -> Decimal:
    """What a call takes off the credit in the end: some servers wait until a message has arrived."""
    before = credit(voipe)
    call()
    clock.advance(SOON)
    return before - credit(voipe)


def stored(voipe: VoipeDriver, clock: Clock, numbers: Numbers, msg: str, **more: str | int) -> str:
    """What ds says was sent."""
    return str(sent(voipe, clock, voipe.pv(numbers()[0], msg, **more))["msg"])


def about(voipe: VoipeDriver) -> dict[str, Value]:
    """What a user is told about itself."""
    data = succeeded(voipe.call("query")).get("data")
    told = data.get("user") if isinstance(data, dict) else None
    return dict(told) if isinstance(told, dict) else {}


def inbox(control: Control, answer: Answer) -> dict[str, Any]:
    """The message that an accepted send to one number left in the inbox of the emulator."""
    to = numbered(answer)[0]
    found = [one for one in control.messages(provider="voipe") if one["to"] == to]
    verify(found).holds(bool, f"a message to {to} in the inbox")
    return found[-1]


def moment(text: Value) -> datetime:
    """A date as ds writes it."""
    verify(text).holds(lambda one: re.fullmatch(DATE, str(one)) is not None, "YYYY-MM-DD HH:MM:SS")
    return datetime.fromisoformat(str(text)).replace(tzinfo=UTC)


def written(at: datetime) -> str:
    """A moment in UTC, as dates are written here."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def written_to(control: Control, account: str, came: Iterable[tuple[str, str, str, int]]) -> None:
    """Handsets write to an account: who, to which number, what, and seconds until the next."""
    for sender, to, text, pause in came:
        control.inbound(provider="voipe", account=account, sender=sender, to=to, text=text)
        control.advance(pause)


def placed(ids: Iterable[str]) -> dict[str, int]:
    """The place of each identifier in the order they were given out, from 1."""
    return {id: place for place, id in enumerate(sorted(ids, key=int), start=1)}
