"""What several checks do on their way to what they observe."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from conformance.clock import Clock
from conformance.drivers.ip1 import (
    BATCHES,
    BLACKLIST,
    CHILDREN,
    CONTACTS,
    CONVERSATIONS,
    DETAILS,
    LANDINGS,
    OVERVIEW,
    SENDERS,
    SETTINGS,
    Answer,
    Ip1Driver,
)
from conformance.receiver import Callback, Receiver
from conformance.verify import verify

Document = dict[str, Any]

SOON = 60  # seconds within which an ordinary message has arrived
RETRY = 600  # seconds from one attempt of a push to the next
ATTEMPTS = 10
SLACK = 5

CALLBACK = "IncomingCallbackUrl"
VIRTUAL = "46701740609"  # to which handsets write

UNKNOWN = "000000000000000000000000"  # an id that nobody was ever given
ID = "[0-9a-f]{24}"
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"

COLLECTIONS = {  # the lists of one account, by the words that reports show
    "batches": BATCHES,
    "senders": SENDERS,
    "blacklist": BLACKLIST,
    "contacts": CONTACTS,
    "landings": LANDINGS,
}
ADDRESSES = {  # something to read at every kind of path
    **COLLECTIONS,
    "conversation": f"{CONVERSATIONS}/46701740606",
    "settings": SETTINGS,
    "overview": OVERVIEW,
    "details": DETAILS,
    "children": CHILDREN,
}

BELOW_V2 = {name: path for name, path in ADDRESSES.items() if path.startswith("/v2/")}


def answers(ip1: Ip1Driver, addresses: Mapping[str, str] = ADDRESSES) -> dict[str, Answer]:
    """What each of the addresses answers to GET."""
    return {name: ip1.get(path) for name, path in addresses.items()}


def done(answer: Answer) -> Document:
    """The object that answers a call which has to succeed."""
    verify(answer.status).holds(lambda status: 200 <= status < 300, "a status of success")
    return answer.document


def listed(answer: Answer) -> list[Document]:
    """The objects of a list that has to be shown."""
    verify(answer.status).equals(200)
    verify(answer.entries).holds(all_objects, "an array of objects")
    return answer.entries


def refused(answer: Answer, status: int = 400) -> None:
    """The call has to be refused with this status."""
    verify(answer.status).equals(status)


def not_taken(answer: Answer) -> None:
    """The call has to be refused, with whatever status of 4xx."""
    verify(answer.status).holds(lambda status: 400 <= status < 500, "a refusal, 4xx")


def at_fault(answer: Answer) -> set[str]:
    """The fields that a refusal with 400 names, in small letters."""
    refused(answer)
    errors = answer.document.get("errors")
    verify(errors).holds(lambda one: isinstance(one, dict) and bool(one), "`errors`, by the fields at fault")
    return {str(name).lower() for name in errors or ()}


def id_of(document: Document) -> str:
    """The id that a document has to have."""
    id = document.get("id")
    verify(id).holds(lambda one: isinstance(one, str) and bool(one), "an id")
    return str(id)


def sent(ip1: Ip1Driver, recipients: object, **more: object) -> str:
    """The id of the batch that a send, which has to succeed, has made."""
    return id_of(done(ip1.send(recipients, **more)))


def batch(ip1: Ip1Driver, id: str) -> Document:
    """A batch as it is now, with its summaries."""
    return done(ip1.get(f"{BATCHES}/{id}"))


def messages(ip1: Ip1Driver, batch: str) -> list[Document]:
    """The messages of a batch as their list shows them, the first fifty."""
    return listed(ip1.get(f"{BATCHES}/{batch}/messages"))


def message(ip1: Ip1Driver, batch: str) -> Document:
    """The only message of a batch, with every status it had."""
    found = messages(ip1, batch)
    verify(len(found)).equals(1)
    return done(ip1.get(f"{BATCHES}/{batch}/messages/{id_of(found[0])}"))


def statuses(message: Document) -> list[Document]:
    """The statuses of a message as they stand; there has to be one."""
    found = message.get("statuses")
    verify(found).holds(lambda one: isinstance(one, list) and bool(one) and all_objects(one), "statuses")
    return list(found or ())


def codes(message: Document) -> list[int]:
    """The codes of a message's statuses, as they stand."""
    return [status.get("code", 0) for status in statuses(message)]


def latest(messages: Iterable[Document]) -> dict[str, int]:
    """Recipient -> the code of the latest status."""
    return {str(one.get("recipient")): codes(one)[-1] for one in messages}


def history(ip1: Ip1Driver, clock: Clock, recipients: object, **more: object) -> list[int]:
    """The codes that a message for one recipient goes through until it ought to have ended."""
    made = sent(ip1, recipients, **more)
    clock.advance(SOON)
    return codes(message(ip1, made))


def balance(ip1: Ip1Driver) -> Decimal:
    """What the account has, as its overview says."""
    amount = done(ip1.get(OVERVIEW)).get("Balance")
    verify(amount).holds(lambda one: type(one) in (int, float), "a number for Balance")
    return Decimal(str(amount))


def cost(ip1: Ip1Driver, call: Callable[[], object]) -> Decimal:
    """What a call takes off the balance."""
    before = balance(ip1)
    call()
    return before - balance(ip1)


def setting_of(answer: Answer) -> object:
    """The value of a setting, whether it stands by itself or in an object."""
    shown = answer.value
    return shown.get("value") if isinstance(shown, dict) else shown


def owner(ip1: Ip1Driver) -> str:
    """The id of the account that calls."""
    return str(done(ip1.get(OVERVIEW)).get("Account"))


def moment(text: object) -> datetime:
    """A moment of whole seconds in UTC."""
    verify(text).matches(MOMENT)
    return datetime.fromisoformat(str(text))


def written(moment: datetime) -> str:
    """A moment as the pages write it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def pushes(receiver: Receiver, count: int = 1, *, timeout: float = 3.0) -> list[Document]:
    """What has been posted, as soon as there are `count` of them, which have to come."""
    heard = receiver.wait(count, timeout=timeout)
    verify(len(heard)).holds(lambda n: n >= count, f"{count} pushes")
    return [pushed(one) for one in heard]


def told(reports: Iterable[Document]) -> list[int]:
    """The codes of reports, sorted."""
    return sorted(one.get("code", 0) for one in reports)


def pushed(callback: Callback) -> Document:
    """The object that a push has to carry."""
    try:
        found = json.loads(callback.body)
    except ValueError:
        found = None
    verify(found).holds(lambda one: isinstance(one, dict), "a body that is a JSON object")
    return dict(found or {})


def all_objects(entries: Iterable[object]) -> bool:
    return all(isinstance(one, dict) for one in entries)
