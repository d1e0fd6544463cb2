"""What several checks do on their way to what they observe."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

import pytest

from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.iro import Answer, Argument, Fault, IroDriver
from conformance.verify import verify

SOON = 60  # seconds within which an ordinary message has arrived

GERMAN = "+49 551 28293640"  # of the parser's own tests
NOWHERE = "+49 30 23125042"  # of a range that is kept free for films

STRANGER = Fault(901, "API-Key is false.")
NO_ROUTE = Fault(800, "No route found.")
NO_JOB = Fault(801, "Job not found.")
BACKEND = Fault(950, "Error in external API.")

NOBODY = "nobody-has-this"

OWNED: dict[str, dict[str, Argument]] = {  # calls that want an apikey, with the least they may say besides
    "status": {},
    "sms": {"message": "smslab check", "recipients": [NOWHERE]},
    "fax": {"subject": "smslab", "fax": "JVBERi0xLjQK", "recipients": [NOWHERE]},
    "mail": {"subject": "smslab", "body": "smslab check", "recipients": ["check@example.org"]},
    "routes": {"typ": "sms"},
    "defaultRoute": {"typ": "sms"},
    "bill": {},
}

owned_methods = pytest.mark.parametrize("method", OWNED)
sending_methods = pytest.mark.parametrize("method", ["sms", "fax", "mail"])


def invalid(field: str) -> Fault:
    return Fault(700, f"Validation of '{field}' failed.")


def no_number(entry: str) -> Fault:
    return Fault(702, f"No valid telnumber: '{entry}'")


def no_address(entry: str) -> Fault:
    return Fault(703, f"No valid email: '{entry}'")


def international(numbers: Iterable[str]) -> list[str]:
    """As the page wants numbers written."""
    return [f"+{number}" for number in numbers]


def addresses(n: int = 1, box: str = "check") -> list[str]:
    """Mail addresses of a domain that nobody has; the mailbox may mean an outcome."""
    return [f"{box}@example.org"] if n == 1 else [f"{box}{place}@example.org" for place in range(n)]


def names(answer: Answer) -> list[str]:
    """The names in an answer that has to be a list of them."""
    verify(answer).holds(lambda value: isinstance(value, list), "a list of names")
    return [str(name) for name in answer] if isinstance(answer, list) else []


def default(iro: IroDriver, typ: str = "sms") -> str:
    """The offer that a message of the type goes by if none is named."""
    offers = iro.default_route(typ)
    verify(offers).holds(lambda value: isinstance(value, list) and bool(value), f"a default offer for {typ}")
    return names(offers)[0]


def two_offers(iro: IroDriver, typ: str) -> tuple[str, str]:
    """Two that carry the type."""
    offers = iro.routes(typ)
    verify(offers).holds(lambda value: isinstance(value, list) and len(value) > 1, f"two offers for {typ}")
    return names(offers)[0], names(offers)[1]


def unused(clock: Clock, name: str = "group") -> str:
    """A billing group that has no messages yet, as long as time goes on."""
    return f"smslab {name} {clock.now():%Y%m%d%H%M%S%f}"


def job(answer: Answer) -> int:
    """The id in the answer to a send that has to succeed."""
    verify(answer).holds(lambda value: type(value) is int, "the integer id of a job")
    return cast(int, answer)


def yes(answer: Answer) -> None:
    """The answer is True, and not merely something equal to it."""
    verify(answer).holds(lambda value: value is True, "True")


def send(iro: IroDriver, method: str, **fields: Argument) -> Answer:
    """A call as the least of its kind, with other fields besides or instead."""
    return iro.call(method, **{"user": iro.key, **OWNED[method], **fields})


def state(iro: IroDriver, id: int) -> str:
    """The word for a job that has to be known."""
    answer = iro.status(id)
    verify(answer).holds(lambda value: _entry(value, id) is not None, f"a dict whose key {id} has a `status`")
    return str(_entry(answer, id))


def inbox(control: Control, id: int) -> list[dict[str, Any]]:
    """The messages that a job left in the inbox of the emulator."""
    return [one for one in control.messages(provider="iro") if one["reference"] == str(id)]


def arrived(control: Control, id: int) -> dict[str, Any]:
    """The first of them, which has to be there."""
    found = inbox(control, id)
    verify(found).holds(bool, f"a message of job {id} in the inbox")
    return found[0]


def billed(iro: IroDriver, *path: str) -> dict[str, Any]:
    """The entry of a bill under a path that has to be there, as {anz, price} and whatever stands beside."""
    answer = iro.bill()
    verify(answer).holds(
        lambda bill: _under(bill, path) is not None, f"a bill with an entry {'/'.join(path)}"
    )
    return _under(answer, path) or {}


def sums(entry: Mapping[str, Any]) -> tuple[Any, Any]:
    """Number and price."""
    return entry.get("anz"), entry.get("price")


def _entry(answer: Answer, id: int) -> Any:
    entry = answer.get(str(id)) if isinstance(answer, dict) else None
    return entry.get("status") if isinstance(entry, dict) else None


def _under(bill: Answer, path: Iterable[str]) -> dict[str, Any] | None:
    found: Any = bill
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else None
