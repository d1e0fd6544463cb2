"""What several checks do on their way to what they observe."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest

from conformance.control import Control
from conformance.drivers.http import Reply
from conformance.drivers.isms import IsmsDriver
from conformance.verify import verify

NOBODY = {"password": "nobody-has-this"}

Spoilt = tuple[Mapping[str, str | None], str]  # what is different about a call, and what is said to it

IDLE: dict[str, Spoilt] = {  # calls of an account that do nothing, with a pattern for the answer
    "credits.php": ({}, r"Credits:\S+"),
    "send.php": ({"from": "smslab"}, r"Error: No recipients\."),
    "query.php": ({"mobile": "306900000000"}, r"Error: No message ID defined\."),
    "hlr.php": ({}, r"Error: No recipients\."),
    "hlrquery.php": ({"mobile": "306900000000"}, r"Error: No message ID defined\."),
    "savecontact.php": ({"surname": "Check"}, r"Error: Mobile number is empty\."),
    "deletecontact.php": ({}, r"Error: Mobile number is empty\."),
}

every_script = pytest.mark.parametrize("script", IDLE)

SOON = 60  # seconds within which a message that need not wait has left


def said(reply: Reply) -> str:
    """The text of a reply; what may stand around it is for test_replies.py to judge."""
    return reply.text.strip("\ufeff \t\r\n")


def idle(
    isms: IsmsDriver, script: str, changes: Mapping[str, str | None] | None = None, *, method: str = "GET"
) -> Reply:
    """A call that does nothing, as the account or with other credentials."""
    own = {"username": isms.username, "password": isms.password}
    return isms.call(script, {**own, **IDLE[script][0], **(changes or {})}, method=method)


def identifier(reply: Reply) -> str:
    """The identifier in the answer to a call that has to succeed."""
    return verify(said(reply)).matches(r"ID:([0-9A-Za-z]+)")[1]


def balance(isms: IsmsDriver) -> Decimal:
    """What the account has, to be compared with itself."""
    return Decimal(verify(said(isms.credits())).matches(r"Credits:([0-9]+(?:\.[0-9]+)?)")[1])


def cost(isms: IsmsDriver, call: Callable[[], object]) -> Decimal:
    """What a call takes off the balance."""
    before = balance(isms)
    call()
    return before - balance(isms)


def state(isms: IsmsDriver, mid: str, mobile: str) -> str:
    """The word query.php has for a message that has to be known."""
    return verify(said(isms.query(mid=mid, mobile=mobile))).matches(r"Status: (\w+)")[1]


def inbox(control: Control, reply: Reply) -> dict[str, Any]:
    """The message an accepted send left in the inbox of the emulator."""
    mid = identifier(reply)
    found = [one for one in control.messages(provider="isms") if one["reference"] == mid]
    verify(found).holds(bool, f"a message {mid} in the inbox")
    return found[0]
