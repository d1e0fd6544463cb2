"""What several checks do on their way to what they observe."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from conformance.control import Control
from conformance.drivers.http import Reply
from conformance.drivers.isms import IsmsDriver
from conformance.verify import verify

SOON = 60  # seconds within which a message that need not wait has left


def said(reply: Reply) -> str:
    """The text of a reply; what may stand around it is for test_http.py to judge."""
    return reply.text.strip("\ufeff \t\r\n")


def identifier(reply: Reply) -> str:
    """The identifier in the answer to a call that has to succeed."""
    return verify(said(reply)).matches(r"ID:([0-9A-Za-z]+)")[1]


def balance(isms: IsmsDriver) -> Decimal:
    """What the account has, to be compared with itself."""
    return Decimal(verify(said(isms.credits())).matches(r"Credits:([0-9]+(?:\.[0-9]+)?)")[1])


def cost(isms: IsmsDriver, call: Callable[[], Reply]) -> Decimal:
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
    return next(one for one in control.messages(provider="isms") if one["reference"] == mid)
