"""Receipts as checks wait for them: what an SMSC says of a message, and whether it says nothing."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from conformance.blocked import Blocked
from conformance.checks.smpp34.calls import SOON, Smsc
from conformance.drivers.http import Unanswered
from conformance.drivers.smpp import Closed, Link
from conformance.drivers.smpp_frames import Delivered, delivered
from conformance.drivers.smpp_pdus import DELIVER_SM, RECEIPTED_MESSAGE_ID, Submit
from conformance.drivers.smpp_statuses import Status
from conformance.verify import verify

FINAL, FAILURES, RESERVED, ON_THE_WAY = 0x01, 0x02, 0x03, 0x10
"""What registered_delivery asks for (5.2.17)."""

KINDS, RECEIPT, INTERMEDIATE = 0x3C, 0x04, 0x20
"""What esm_class says that a deliver_sm is (5.2.12)."""

LINGER = 1.0
"""Seconds in which whatever follows a receipt would come, where an enquiry cannot tell."""

_NAMED = re.compile(rb"\bid:\s*(\S+)", re.IGNORECASE)
_DECIMAL, _HEX = re.compile(r"[0-9]{4,}", re.ASCII), re.compile(r"[0-9A-F]{4,}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A message that was submitted, and the receipt that came for it."""

    letter: Submit
    message_id: str
    receipt: Delivered

    @property
    def parts(self) -> dict[str, str]:
        """The parts of the receipt's text by name; it has to have the form of appendix B."""
        parts = self.receipt.receipt
        verify(self.receipt.text).holds(lambda _: bool(parts), "a text in the form of appendix B")
        return parts


def reported(smsc: Smsc, link: Link, letter: Submit | None = None) -> Reported:
    """A message that is submitted now, and its receipt. Raises Unanswered."""
    letter = letter or smsc.letter(registered=FINAL)
    answer = smsc.answer(link, letter)
    verify(answer.status).equals(Status.ROK)
    found = receipt(smsc, link, answer.message_id)
    return Reported(letter=letter, message_id=answer.message_id, receipt=found)


def receipt(smsc: Smsc, link: Link, message_id: str, *, status: Status = Status.ROK) -> Delivered:
    """The receipt of a message, answered with a status; what else comes is taken. Raises Unanswered.

    Blocked where it is not given the time it may take.
    """
    smsc.arrive()
    for found in coming(smsc, link):
        own = found.esm_class & KINDS != INTERMEDIATE and is_about(found, message_id)
        link.accept(found, status=status if own else Status.ROK)
        if own:
            return found
    raise missing(smsc, f"no receipt of the message {message_id} came")


def receipts(smsc: Smsc, link: Link, count: int) -> list[Delivered]:
    """The next so many deliver_sm, answered. Raises Unanswered; Blocked likewise."""
    smsc.arrive()
    found = list[Delivered]()
    for one in coming(smsc, link):
        link.accept(one)
        found.append(one)
        if len(found) == count:
            return found
    raise missing(smsc, f"{len(found)} of {count} receipts came")


def missing(smsc: Smsc, what: str) -> Exception:
    """What a receipt that did not come is to be called: Unanswered, or Blocked for want of time."""
    if smsc.place.remote is None and smsc.patience < SOON:
        return Blocked(f"needs a receipt; none came within {smsc.patience:g} s ([wait] longest)")
    return Unanswered(what)


def said_of(smsc: Smsc, link: Link, message_id: str) -> list[Delivered]:
    """All that is said of a message before the receipt of one that is submitted now, and just after it.

    Blocked where that has none.
    """
    last = smsc.submit(link, registered=FINAL)
    smsc.arrive()
    came = list[Delivered]()
    for found in coming(smsc, link):
        link.accept(found)
        came.append(found)
        if is_about(found, last) and smsc.place.remote is None:
            came += link.delivers(patience=LINGER)
            break
    if not any(is_about(one, last) for one in came):
        raise Blocked("needs a receipt; the target sent none for a message that asked for one")
    return [one for one in came if is_about(one, message_id)]


def coming(smsc: Smsc, link: Link) -> Iterator[Delivered]:
    """Every deliver_sm as it comes, to be answered; where the clock is ours all of them are there already."""
    if smsc.place.remote is not None:
        yield from [delivered(frame) for frame in link.said() if frame.command == DELIVER_SM]
        return
    until = time.monotonic() + smsc.patience
    try:
        while True:
            yield delivered(link.request(DELIVER_SM, patience=max(0.0, until - time.monotonic())))
    except Closed:
        raise
    except Unanswered:
        return


def is_about(found: Delivered, message_id: str) -> bool:
    """Whether it names a message, be it in another base: how it is to be named is for a check of its own."""
    parameter = found.parameters.get(RECEIPTED_MESSAGE_ID, b"").rstrip(b"\0")
    word = _NAMED.search(found.text)
    named = {parameter.decode("latin-1"), word[1].decode("latin-1") if word else ""} - {""}
    return any(spellings(one) & spellings(message_id) for one in named)


def spellings(message_id: str) -> set[str | int]:
    """A message_id as it is, and the numbers that it may stand for in base 10 and 16."""
    found: set[str | int] = {message_id}
    for form, base in ((_DECIMAL, 10), (_HEX, 16)):
        if form.fullmatch(message_id):
            found.add(int(message_id, base))
    return found


def moment(text: str) -> datetime:
    """A date in a receipt as if its clock were that of UTC. AssertionError where it is none."""
    verify(text).matches(r"[0-9]{10}")
    try:
        return datetime.strptime(f"{text}+0000", "%y%m%d%H%M%z")
    except ValueError:
        raise AssertionError(f"{text} is no date") from None
