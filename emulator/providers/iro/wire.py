"""The document's values as values of the core, and values of the core in the document's words."""

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta

from emulator.core.ids import Ids
from emulator.core.model import Coding, Medium, Message, Order, Status
from emulator.core.text import alphabet
from emulator.providers.iro.quirks import Quirks

NAME = "iro"

INFO, SUBJECT = "info", "subject"
"""What an order remembers for us: its billing group, and the line above a fax or a mail."""

HOME = "49"
"""The country of numbers that do not say: Germany."""

# req: iro/numbers/international iro/numbers/national iro/numbers/separators iro/numbers/words
_SPELLED = re.compile(r"\+?[0-9 ()/.-]+", re.ASCII)
_DIGITS = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)  # req: iro/numbers/length iro/numbers/bare
_SEPARATORS = str.maketrans("", "", " ()/.-")

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# req: iro/email/one-at iro/email/local-part iro/email/domain
_ADDRESS = re.compile(rf"(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[A-Za-z]{{2,63}}", re.ASCII)

LONGEST = 64 + 1 + 255
"""Characters of a mail address: so long can a mailbox be, and the name of a host."""

_LINE_ENDS = re.compile(r"[\r\n][ \t\r\n]*")


def number(text: str) -> str | None:
    """The digits of a telephone number in its international form, or None."""
    spelled = text.strip()  # req: iro/numbers/trimmed
    if not _SPELLED.fullmatch(spelled):
        return None
    digits = spelled.translate(_SEPARATORS)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"  # req: iro/numbers/zeros
    elif digits.startswith("0"):
        digits = f"+{HOME}{digits[1:]}"  # req: iro/numbers/german
    return digits[1:] if _DIGITS.fullmatch(digits) else None


def address(text: str) -> str | None:
    """A mail address as it was written, or None."""
    return text if len(text) <= LONGEST and _ADDRESS.fullmatch(text) else None


def document(text: str, octets: bytes | None) -> str:
    """A fax in plain base64, from base64 or from the octets that a client's library has decoded.

    Raises ValueError for what is no base64. Octets that are base64 themselves were encoded twice.
    """
    if octets is None:
        return _encoded(b64decode(_LINE_ENDS.sub("", text.strip()), validate=True))  # req: iro/fax/content
    try:
        return _encoded(b64decode(octets, validate=True))
    except ValueError:
        return _encoded(octets)  # req: iro/fax/base64-type iro/fax/any-document


def coding(text: str, medium: Medium) -> Coding:
    """The alphabet that a short message travels in; fax and mail have none."""
    return alphabet(text) if medium is Medium.SMS else Coding.GSM7


def word(messages: Sequence[tuple[Message, Status]], now: datetime, quirks: Quirks) -> str:
    """The state of a job: `init`, `started`, `sending`, then `sended` or `error`."""
    # req: iro/status/onwards iro/status/word
    states = {status for _, status in messages}
    if states == {Status.QUEUED}:
        waited = now - messages[0][0].order.accepted_at
        # req: iro/status/init iro/status/started
        return "started" if waited >= timedelta(seconds=quirks.pickup_seconds) else "init"
    if not all(status.final for status in states):
        return "sending"  # req: iro/status/sending iro/status/all-reached
    if states == {Status.DELIVERED} or (quirks.job_error == "all" and Status.DELIVERED in states):
        return "sended"  # req: iro/status/sended
    return "error"  # req: iro/status/error iro/status/one-failed


def reference(order: Order, ids: Ids) -> str:
    """The number of a job."""
    return str(order.id)  # req: iro/sms/new-id


def _encoded(octets: bytes) -> str:
    return b64encode(octets).decode("ascii")
