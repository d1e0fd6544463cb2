"""Answers held against each other to the byte, except for what each server chooses for itself."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from emulator.tests.providers.voipe.recorded.bindings import Bindings, Kind
from emulator.tests.providers.voipe.recorded.reading import Exchange, Field, session

OWN = ("x-frame-options", "set-cookie", "expires", "cache-control", "pragma", "location", "content-type")
"""Headers that the application sets; the others are the web server's."""

NEAR = timedelta(hours=1)
"""Moments that belong together lie no farther apart: the workers of a replay take other seconds."""

DIGITS, SECRET = r"[1-9]\d*", "[0-9a-f]{32}"
MOMENT = r"[1-9]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d"

NUMBERS = {"timestamp", "uid", "parent_uid", "user_inbox", "user_incoming", "user_outgoing"}
VOLATILE: Mapping[str, str] = {
    "smslog_id": DIGITS, "id": DIGITS, "pid": DIGITS, "gpid": DIGITS,
    "queue": SECRET, "token": SECRET, "login_key": SECRET,
    "dt": MOMENT, "update": MOMENT,
    **dict.fromkeys(NUMBERS, DIGITS),
}  # fmt: skip
"""Members whose values are chosen by the server, and what they look like."""

HIGHEST = frozenset({"user_inbox", "user_incoming", "user_outgoing"})
"""Members that tell the last identifier there is, whosever row it is."""

KINDS: Mapping[str, Kind] = {
    "smslog_id": Kind.SMSLOG, "user_outgoing": Kind.SMSLOG,
    "user_inbox": Kind.INBOX, "user_incoming": Kind.INCOMING,
    "uid": Kind.ACCOUNT, "parent_uid": Kind.ACCOUNT,
    "pid": Kind.CONTACT, "gpid": Kind.GROUP,
    "queue": Kind.SECRET, "token": Kind.SECRET, "login_key": Kind.SECRET,
}  # fmt: skip

JSON = re.compile("|".join(
    rf'(?<="{name}":){value}(?=[,}}])' if name in NUMBERS else rf'(?<="{name}":"){value}(?=")'
    for name, value in VOLATILE.items()
))  # fmt: skip
XML = re.compile("|".join(rf"(?<=<{name}>){value}(?=</{name}>)" for name, value in VOLATILE.items()))
SERIALIZED = re.compile("|".join(
    rf'(?<="{name}";i:){value}(?=;)' if name in NUMBERS else rf'(?<="{name}";)s:\d+:"{value}"(?=;)'
    for name, value in VOLATILE.items()
))  # fmt: skip
NAME = re.compile(r'(\w+)(?:":"?|>|";(?:i:)?)$')
LENGTH = re.compile(r's:(\d+):"(.*)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: the fields of the application in order, with their names as they were spelled."""

    status: int
    headers: tuple[Field, ...]
    body: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A value that the server chose: the member it stands in, and its row's number, if it has one."""

    member: str
    value: str
    row: str


def own(headers: Sequence[Field]) -> tuple[Field, ...]:
    return tuple((name, value) for name, value in headers if name.lower() in OWN)


def recorded_answer(exchange: Exchange) -> Answer:
    response = exchange.response
    return Answer(response.status, own(response.headers), response.body)


def differences(exchange: Exchange, ours: Answer, now: datetime, bindings: Bindings) -> Iterator[str]:
    """Everything in which our answer differs; new values are bound on the way."""
    theirs = recorded_answer(exchange)
    if ours.status != theirs.status:
        yield f"status {ours.status}, recorded {theirs.status}"
    masked = tuple(map(_masked, ours.headers)), tuple(map(_masked, theirs.headers))
    if masked[0] != masked[1]:
        yield f"headers {masked[0]}, recorded {masked[1]}"
    else:
        _bind_sessions(ours, theirs, bindings)
    (text, spots), (expected, wanted) = split(ours.body), split(theirs.body)
    if text != expected:
        yield f"body {ours.body!r}, recorded {theirs.body!r}"
        return
    meet = _meeting(exchange, now, bindings)
    for spot, other in zip(spots, wanted, strict=True):
        if not meet(spot, other):
            yield f"{spot.member} {spot.value} of row {spot.row or '-'}, recorded {other.value}"


def split(body: str) -> tuple[str, list[Spot]]:
    """A body with holes where the server chose a value, and the values."""
    pattern = JSON if body.startswith("{") else XML if body.startswith("<?xml") else SERIALIZED
    if pattern is SERIALIZED and not body.startswith("a:"):
        return body, []
    spots: list[Spot] = []
    pieces, at, row = [], 0, ""
    for found in pattern.finditer(body):
        named = NAME.search(body, max(0, found.start() - 30), found.start())
        member, value = named[1] if named else "", _counted(found[0])
        row = value if member in {"smslog_id", "id"} else row
        spots.append(Spot(member, value, row))
        pieces.append(body[at : found.start()])
        at = found.end()
    return "\0".join([*pieces, body[at:]]), spots


def _counted(written: str) -> str:
    """The text of a serialized string, whose length must be right; other values as they are."""
    found = LENGTH.fullmatch(written)
    if found is None:
        return written
    return found[2] if int(found[1]) == len(found[2]) else written


def _masked(field: Field) -> Field:
    name, value = field
    return name, re.sub(r"(?<=PHPSESSID=)[0-9a-z]{26}(?=;|$)", "*", value)


def _bind_sessions(ours: Answer, theirs: Answer, bindings: Bindings) -> None:
    for (name, value), (_, other) in zip(ours.headers, theirs.headers, strict=True):
        if name == "Set-Cookie":
            bindings.bind(Kind.SESSION, session(other), session(value))


def _meeting(exchange: Exchange, now: datetime, bindings: Bindings) -> Callable[[Spot, Spot], bool]:
    """Whether a value of ours can be what was recorded."""

    def met(ours: Spot, recorded: Spot) -> bool:
        if ours.member == "timestamp":
            return int(ours.value) == int(now.timestamp())
        if ours.member in {"dt", "update"}:
            return _near(ours, recorded) and (
                ours.member == "update"
                or bindings.bind(f"dt of {exchange.operation} {ours.row}", recorded.value, ours.value)
            )
        rows = Kind.INBOX if exchange.operation == "ix" else Kind.INCOMING
        kind = KINDS.get(ours.member, rows)
        if ours.member in HIGHEST and bindings.ours(kind, recorded.value) is None:
            # of a row that the recording shows nowhere: it came after the last one that it shows
            return int(recorded.value) > int(bindings.theirs(kind, ours.value) or 0)
        return bindings.bind(kind, recorded.value, ours.value)

    return met


def _near(ours: Spot, recorded: Spot) -> bool:
    return abs(moment(ours.value) - moment(recorded.value)) < NEAR


def moment(text: str) -> datetime:
    """A `dt` or `update`."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
