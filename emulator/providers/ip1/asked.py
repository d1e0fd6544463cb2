"""What a call asks to be sent: each member read and judged by itself."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from emulator.providers.ip1 import numbers, windows
from emulator.providers.ip1.bodies import members, names, whole
from emulator.providers.ip1.flaws import Flaw, Wrong, decline_for
from emulator.providers.ip1.quirks import Quirks
from emulator.providers.ip1.recipients import Recipients, recipients
from emulator.providers.ip1.windows import AT_ONCE, Schedule

LONGEST_BODY, LONGEST_URL, LONGEST_REFERENCE = 2000, 2047, 40
"""Characters."""

TYPES: Mapping[object, str] = {"sms": "sms", "flash": "flash", 1: "sms", 0: "flash"}
CODINGS: Mapping[object, str] = {"gsm": "gsm", "ucs": "ucs", 0: "gsm", 2: "ucs"}

MISSING = object()
"""Stands where a member does not."""

_URL = re.compile(
    r"https?://(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*\.?|\[[0-9a-f:.]+\])(?::([1-9][0-9]{0,4}))?(?:[/?#][!-~]*)?",
    re.ASCII | re.IGNORECASE,
)
LAST_PORT = 2**16 - 1


class Asked(NamedTuple):
    """A call without objections, its members in the order in which they are read."""

    sender: str
    recipients: Recipients
    body: str
    kind: str
    datacoding: str
    priority: int
    schedule: Schedule
    url: str | None
    reference: str | None
    tags: list[str]


def asked(value: object, now: datetime, quirks: Quirks) -> Asked:
    """The call that was sent. Raises Declined, and tells what is wrong with any member."""
    # req: ip1/send/core ip1/problems/errors ip1/problems/nothing-half-done ip1/problems/wrong-type
    told = members(value, KNOWN, quirks)
    found, flaws = list[Any](), list[Flaw]()
    for name, read in READERS.items():
        try:
            found.append(read(told.get(name, MISSING), now, quirks))
        except Wrong as error:
            flaws.append((name, str(error)))
    decline_for(flaws, "ip1/problems/validation-status")
    return Asked(*found)


def is_address(text: object) -> bool:
    """Whether it is an absolute address that can be called."""
    # req: ip1/send/report-url ip1/send/report-url-refused ip1/settings/bad-value
    found = _URL.fullmatch(text) if isinstance(text, str) and len(text) <= LONGEST_URL else None
    return found is not None and int(found[1] or 0) <= LAST_PORT


def _sender(given: object, now: datetime, quirks: Quirks) -> str:
    # req: ip1/send/bad-sender ip1/send/sender-rules
    found = numbers.sender(given, quirks)
    if found is None:
        raise Wrong(f"The sender must be {numbers.SENDERS}.")
    return found


def _body(given: object, now: datetime, quirks: Quirks) -> str:
    # req: ip1/send/body ip1/templating/length
    if not isinstance(given, str) or not given.strip() or len(given) > LONGEST_BODY:
        raise Wrong(f"The body must be a text of 1 to {LONGEST_BODY} characters, not all of them blank.")
    return given


def _recipients(given: object, now: datetime, quirks: Quirks) -> Recipients:
    return recipients(given, quirks)


def _enum(known: Mapping[object, str], default: str) -> Callable[[object, datetime, Quirks], str]:
    """One of the words, in any letter case, or the number that stands for one."""
    # req: ip1/send/type ip1/send/datacoding ip1/send/enum-case ip1/send/enum-numbers ip1/send/other-values

    def read(given: object, now: datetime, quirks: Quirks) -> str:
        if given is None or given is MISSING:
            return default
        word = given.lower() if isinstance(given, str) else whole(given)
        if word not in known or (isinstance(word, int) and quirks.integer_enums == "refuse"):
            raise Wrong(f"It must be one of {', '.join(sorted(set(known.values())))}.")
        return known[word]

    return read


def _priority(given: object, now: datetime, quirks: Quirks) -> int:
    # req: ip1/send/priority ip1/send/other-values
    if given is None or given is MISSING:
        return 1
    found = whole(given)
    if found not in {1, 2}:
        raise Wrong("The priority must be 1 or 2.")
    return found


def _schedule(given: object, now: datetime, quirks: Quirks) -> Schedule:
    # req: ip1/windows/list ip1/windows/null ip1/windows/past
    if given is MISSING:
        return Schedule()
    if not isinstance(given, list):
        raise Wrong("The windows must be an array.")
    found = [windows.window(one, place, now, quirks) for place, one in enumerate(given)]
    term = windows.term(found, now)
    if term is None and quirks.past_windows == "refuse":
        raise Wrong("All windows have closed already.")
    return Schedule(found, term or AT_ONCE)


def _url(given: object, now: datetime, quirks: Quirks) -> str | None:
    if given is None or given is MISSING:  # req: ip1/send/null-optional
        return None
    if not is_address(given):
        raise Wrong(f"It must be an absolute address, http or https, of at most {LONGEST_URL} characters.")
    return str(given)


def _reference(given: object, now: datetime, quirks: Quirks) -> str | None:
    # req: ip1/send/reference ip1/send/reference-empty
    if given is None or given is MISSING:
        return None
    fewest = 0 if quirks.empty_reference == "accept" else 1
    if not isinstance(given, str) or not fewest <= len(given) <= LONGEST_REFERENCE:
        raise Wrong(f"The reference must be a text of {fewest} to {LONGEST_REFERENCE} characters.")
    return given


def _tags(given: object, now: datetime, quirks: Quirks) -> list[str]:
    if given is MISSING:
        return []
    if not isinstance(given, list) or not all(isinstance(tag, str) for tag in given):
        raise Wrong("The tags must be an array of texts.")
    return given


READERS: Mapping[str, Callable[[object, datetime, Quirks], object]] = {
    "sender": _sender,
    "recipients": _recipients,
    "body": _body,
    "type": _enum(TYPES, "sms"),
    "datacoding": _enum(CODINGS, "ucs"),
    "priority": _priority,
    "deliveryWindows": _schedule,
    "deliveryReportUrl": _url,
    "reference": _reference,
    "tags": _tags,
}
"""In the order of Asked."""

KNOWN = names(*READERS)
