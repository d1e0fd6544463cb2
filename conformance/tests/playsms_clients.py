"""Public clients of playSMS and Voipe: how each asks, and by which rule each reads what comes back.

Written from what is published about them, and from nothing of ours: each rule is the whole of what a client
looks at.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

INDEX, API = "/playsms/index.php", "/playsms/api.php"


class Who(NamedTuple):
    """As whom a client calls."""

    user: str
    token: str


class Asked(NamedTuple):
    """A request."""

    target: str
    method: str = "GET"
    body: bytes | None = None
    content_type: str | None = None


class Heard(NamedTuple):
    """An answer."""

    status: int
    content_type: str
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


class Unhappy(Exception):
    """A client cannot make anything of an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """A client that sends: whether it would call an answer a success. Some never look at the body."""

    name: str
    asks: Callable[[Who, str, str], Asked]
    content: Callable[[Heard], bool]
    looks: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Poller:
    """A client that asks what came in after an identifier: rows of id, sender and text. Raises Unhappy."""

    name: str
    asks: Callable[[Who, str], Asked]
    reads: Callable[[Heard], list[tuple[int, str, str]]]


def by_query(who: Who, op: str, **fields: str) -> Asked:
    return Asked(f"{INDEX}?{urlencode({'app': 'ws', 'u': who.user, 'h': who.token, 'op': op, **fields})}")


def voipe_sms_tickets(who: Who, to: str, msg: str) -> Asked:
    """FreeScout's module: an object with `app`, PHP's escapes, carriage returns."""
    members = {"app": "ws", "user": who.user, "token": who.token, "op": "pv", "to": to, "msg": msg}
    body = json.dumps({**members, "from": "VipInvest"}).replace("/", r"\/")
    return Asked(API, "POST", body.encode(), "application/json")


def gem(who: Who, to: str, msg: str) -> Asked:
    """A POST request whose query has everything, with an empty body."""
    return by_query(who, "pv", to=to, msg=msg)._replace(method="POST", body=b"")


def shell(who: Who, to: str, msg: str) -> Asked:
    """Blanks alone are encoded."""
    return Asked(f"{INDEX}?app=ws&u={who.user}&h={who.token}&op=pv&to={to}&msg={msg.replace(' ', '%20')}")


def bearsms(who: Who, to: str, msg: str) -> Asked:
    """The flag goes with whatever is not ASCII."""
    flag = {} if msg.isascii() else {"unicode": "1"}
    return by_query(who, "pv", to=to, msg=msg, **{"from": "VipInvest"}, **flag)


def any_entry_is_ok(heard: Heard) -> bool:
    """No error for the whole, and an entry with status OK."""
    said = heard.json
    entries = said.get("data") or []
    return not said.get("error") and any(entry.get("status") == "OK" for entry in entries)


def data_is_a_list(heard: Heard) -> bool:
    """Whatever stands in it; else `status` and `error` tell what went wrong."""
    return isinstance(heard.json.get("data"), list)


def no_error_is_told(heard: Heard) -> bool:
    return 200 <= heard.status < 300 and heard.json.get("status") != "ERR"


def json_by_its_label(heard: Heard) -> bool:
    """Nothing is read of anything that is not labelled JSON."""
    return heard.content_type == "application/json" and data_is_a_list(heard)


def first_entry_is_taken(heard: Heard) -> bool:
    """With an identifier and a queue that can be asked about later."""
    entry = (heard.json.get("data") or [{}])[0]
    return entry.get("status") == "OK" and int(entry["smslog_id"]) > 0 and len(entry["queue"]) == 32


SENDERS = [
    Sender(
        name="FreeScout VoipeSmsTickets",
        asks=voipe_sms_tickets,
        content=lambda heard: 200 <= heard.status < 300,
        looks=False,
    ),
    Sender(
        name="Zammad sms/voipe",
        asks=lambda who, to, msg: by_query(who, "pv", to=to, msg=msg),
        content=no_error_is_told,
    ),
    Sender(
        name="playsms/webservices",
        asks=lambda who, to, msg: by_query(who, "pv", to=to, msg=msg, format="json"),
        content=data_is_a_list,
    ),
    Sender(
        name="playSMS uplink",
        asks=lambda who, to, msg: by_query(
            who, "pv", to=to, msg=msg, unicode="0", nofooter="1", format="json"
        ),
        content=first_entry_is_taken,
    ),
    Sender(
        name="laravel-notification-channel-play-sms",
        asks=lambda who, to, msg: by_query(who, "pv", to=to, msg=msg),
        content=lambda heard: heard.status < 400,
        looks=False,
    ),
    Sender(name="playsms gem", asks=gem, content=json_by_its_label),
    Sender(name="bearsms", asks=bearsms, content=any_entry_is_ok),
    Sender(
        name="LibreNMS Playsms",
        asks=lambda who, to, msg: by_query(who, "pv", to=to, msg=msg),
        content=lambda heard: heard.status <= 202,
        looks=False,
    ),
    Sender(
        name="cmk_notification_playsms", asks=shell, content=lambda heard: heard.status == 200, looks=False
    ),
]


def rows(heard: Heard) -> list[tuple[int, str, str]]:
    """Nothing for 501; else entries that have an identifier, a sender and a text."""
    said = heard.json
    if said.get("status") == "ERR":
        if said.get("error") == "501":
            return []
        raise Unhappy(f"error {said.get('error')}")
    return entries(heard)


def entries(heard: Heard) -> list[tuple[int, str, str]]:
    """What stands in `data`, if anything does."""
    try:
        return [(int(one["id"]), one["src"], one["msg"]) for one in heard.json.get("data") or []]
    except (KeyError, TypeError, ValueError, AttributeError) as slip:
        raise Unhappy(f"an entry lacks something: {slip}") from None


POLLERS = [
    Poller(
        name="FreeScout VoipeSmsTickets", asks=lambda who, last: by_query(who, "ix", last=last), reads=entries
    ),
    Poller(
        name="Zammad sms/voipe",
        asks=lambda who, last: by_query(who, "ix", **({"last": last} if last != "0" else {})),
        reads=rows,
    ),
    Poller(
        name="playsms-android",
        asks=lambda who, last: by_query(who, "ix", last=last, format="json"),
        reads=rows,
    ),
]


def state(heard: Heard) -> int:
    """What the uplink plugin makes of ds: the status of the first entry. Raises Unhappy."""
    try:
        return int(heard.json["data"][0]["status"])
    except (KeyError, IndexError, TypeError, ValueError) as slip:
        raise Unhappy(f"no status: {slip!r}") from None


def balance(heard: Heard) -> float:
    """What playsms-android makes of cr: a number, however it is written. Raises Unhappy."""
    said = heard.json
    if said.get("status") != "OK" or "credit" not in said:
        raise Unhappy(f"error {said.get('error')}")
    return float(said["credit"])


def token(heard: Heard) -> str:
    """What it makes of get_token. Raises Unhappy."""
    said = heard.json
    if said.get("status") != "OK" or not said.get("token"):
        raise Unhappy(f"error {said.get('error')}")
    return str(said["token"])


def contacts(heard: Heard) -> list[tuple[str, str]]:
    """What it makes of get_contact with `kwd=%`: names and numbers. Raises Unhappy."""
    said = heard.json
    if said.get("status") != "OK":
        raise Unhappy(f"error {said.get('error')}")
    try:
        return [(one["p_desc"], one["p_num"]) for one in said.get("data") or []]
    except (KeyError, TypeError) as slip:
        raise Unhappy(f"a contact lacks something: {slip}") from None
