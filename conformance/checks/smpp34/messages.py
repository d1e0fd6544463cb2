"""Messages that were submitted: where they are, and how their texts came out."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from conformance import places
from conformance.blocked import Blocked
from conformance.checks.smpp34.calls import Smsc
from conformance.checks.smpp34.reports import receipt
from conformance.control import Json
from conformance.drivers.http import Unanswered
from conformance.drivers.smpp import Link
from conformance.drivers.smpp_operations import OURS, Queried, Whose, queried, query
from conformance.drivers.smpp_pdus import QUERY_SM
from conformance.drivers.smpp_statuses import Status
from conformance.drivers.smpp_times import absolute, relative
from conformance.verify import verify

AHEAD = 60
"""Seconds that messages wait which are meant for later."""

ALMOST = AHEAD - 5
"""Seconds after which a message that leaves at its time still waits, and one that left at once is there."""

LATER = relative(AHEAD)

NOBODYS = "no-such-message"
"""A message_id that no SMSC has given."""

EXCERPT = 20
"""Characters of a text that a receipt repeats at most (appendix B)."""

_ALIKE = re.compile(r"[A-Za-z0-9 !\"#%&'()*+,./:;<=>?-]*")
"""What all alphabets write alike: in which of them a receipt repeats a text nobody says."""


def vectors(name: str) -> list[dict[str, Any]]:
    """The rows of a file of vectors; its first key says what they are."""
    document = json.loads((places.fixtures() / "vectors" / f"smpp34-{name}.json").read_text(encoding="utf-8"))
    return list(document[name])


def ahead(smsc: Smsc, seconds: float = AHEAD, quarters: int = 0) -> str:
    """A moment that is to come, by a clock so many quarters of an hour away from UTC."""
    return absolute(smsc.place.clock.now() + timedelta(seconds=seconds), quarters)


def wait(smsc: Smsc, link: Link, seconds: float) -> None:
    """Let so many seconds pass, in which the session lives: the SMSC may ask whether it does."""
    smsc.place.clock.advance(seconds, meanwhile=link.is_closed)


def state(link: Link, message_id: str, whose: Whose = OURS) -> Queried:
    """What query_sm says of a message that has to be known."""
    answer = link.ask(QUERY_SM, query(message_id, whose))
    verify(answer.status).equals(Status.ROK)
    return queried(answer)


def settled(smsc: Smsc, link: Link, message_id: str, whose: Whose = OURS) -> Queried:
    """What query_sm says of a message that has had its time; elsewhere its receipt, asked for, says when."""
    if smsc.place.remote is not None:
        smsc.arrive()
    else:
        receipt(smsc, link, message_id)
    with by_query():
        return state(link, message_id, whose)


@contextmanager
def by_query() -> Iterator[None]:
    """Blocked, where query_sm is but the means and nobody answers it: requirements of its own say that."""
    try:
        yield
    except Unanswered:
        raise Blocked("needs query_sm, which the target does not answer") from None


def shelved(smsc: Smsc, message_id: str) -> Json:
    """A message as the inbox of the emulator has it. Blocked where there is none."""
    found = [one for one in smsc.place.control.messages(provider="isms") if one["reference"] == message_id]
    verify(found).holds(bool, f"a message {message_id} in the inbox")
    return found[0]


def shows(smsc: Smsc, message_id: str, part: str, expected: str) -> None:
    """A part of the message has to be that in the inbox of the emulator; elsewhere nobody sees it."""
    if smsc.place.remote is not None:
        verify(shelved(smsc, message_id)[part]).equals(expected)


def texts(smsc: Smsc) -> list[str]:
    """The texts of all messages in the inbox of the emulator. Blocked where there is none."""
    return [one["text"] for one in smsc.place.control.messages(provider="isms")]


def nothing_left(smsc: Smsc) -> None:
    """No message may have been sent, as far as one can look."""
    if smsc.place.remote is not None:
        verify(texts(smsc)).equals([])


def arrives(smsc: Smsc, link: Link, message_id: str, text: str) -> None:
    """The message, whose receipt was asked for, has to come out like that.

    The emulator shows it; elsewhere there is as much of it as the receipt repeats.
    """
    if smsc.place.remote is not None:
        verify(shelved(smsc, message_id)["text"]).equals(text)
        return
    if not _ALIKE.fullmatch(text):
        raise Blocked("needs the text that arrived; receipts repeat letters of all alphabets, and no others")
    excerpt = receipt(smsc, link, message_id).receipt.get("text", "").rstrip()
    if not excerpt:
        raise Blocked("needs the text that arrived; the receipts of the target do not repeat it")
    verify(excerpt).holds(lambda found: text[:EXCERPT].startswith(found), f"the beginning of {text!r}")
