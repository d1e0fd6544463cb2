"""What several checks do on their way to what they observe."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from conformance.control import Control
from conformance.drivers.netoxygen import NetOxygenDriver
from conformance.drivers.xmlrpc import Fault, Value
from conformance.verify import verify

ZURICH = ZoneInfo("Europe/Zurich")

LATER = "2036-12-06 20:05:00"  # a date for messages that are not meant to be sent

NOBODYS = "00000000000000000000000000000000"  # an identifier in its form, and of no message

IDLE: dict[str, tuple[Value, ...]] = {  # calls that do nothing: what follows user and password
    "send_message": ([], "smslab check"),
    "auth": (),
    "get_credits": (),
    "account_status": (),
    "get_guid": (),
    "clean_number": ("022/364 8000",),
    "get_status": ([],),
    "cancel_message": ([],),
}

every_method = pytest.mark.parametrize("method", IDLE)

LONGEST_GSM, LONGEST_UCS2 = 1530, 670

SOON = 60  # seconds within which a message that need not wait has left


def rows(answer: Value) -> list[list[Any]]:
    """An array of arrays, as three methods promise it."""
    verify(answer).holds(
        lambda found: isinstance(found, list) and all(isinstance(one, list) for one in found),
        "an array of arrays",
    )
    return list(answer)


def row(answer: Value) -> list[Any]:
    """What is said of the only recipient or identifier."""
    verify(rows(answer)).holds(lambda found: len(found) == 1, "an array of one array")
    return list(answer[0])


def identifier(answer: Value) -> str:
    """The identifier in the answer to a message for one recipient, who has to be accepted."""
    verify(row(answer)).holds(_taken, "a destination, TRUE and an identifier")
    return str(answer[0][2])


def refusal(answer: Value) -> int:
    """The error code in the answer to a message for one recipient, who has to be refused."""
    verify(row(answer)).holds(
        lambda found: len(found) == 3 and not found[1], "a destination, FALSE and an error code"
    )
    return int(answer[0][2])


def state(driver: NetOxygenDriver, id: str) -> dict[str, Any]:
    """What get_status says of a message that has to be known."""
    found = row(driver.get_status(id))
    verify(found).holds(lambda one: len(one) == 2 and isinstance(one[1], dict), "an identifier and a struct")
    return dict(found[1])


def codes(driver: NetOxygenDriver, id: str) -> tuple[int, int]:
    """Error code and status code of a message."""
    known = state(driver, id)
    return int(known["sent_status"]), int(known["last_status"])


def balance(driver: NetOxygenDriver) -> int:
    """What the account has, to be compared with itself."""
    credits = driver.get_credits()
    verify(credits).holds(lambda one: not isinstance(one, bool | Fault), "an amount of credits")
    return int(credits)


def cost(driver: NetOxygenDriver, call: Callable[[], Value]) -> int:
    """What a call takes off the balance."""
    before = balance(driver)
    call()
    return before - balance(driver)


def zurich(moment: datetime) -> str:
    """A moment as the document writes dates."""
    return f"{moment.astimezone(ZURICH):%Y-%m-%d %H:%M:%S}"


def inbox(control: Control, answer: Value) -> dict[str, Any]:
    """The message that an accepted send to one recipient left in the inbox of the emulator."""
    id = identifier(answer)
    found = [one for one in control.messages(provider="netoxygen") if one["reference"] == id]
    verify(found).holds(bool, f"a message {id} in the inbox")
    return found[0]


def _taken(found: list[Any]) -> bool:
    return len(found) == 3 and bool(found[1]) and isinstance(found[2], str) and bool(found[2])
