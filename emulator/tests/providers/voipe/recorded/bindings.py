"""Values that two servers choose for themselves: which of theirs is which of ours, one to one."""

import re
from bisect import bisect_right
from collections import defaultdict
from enum import StrEnum

SECRET = re.compile(r"(?:(?<=%[0-9a-fA-F]{2})|(?<![0-9a-fA-F]))[0-9a-fA-F]{32}(?![0-9a-fA-F])")
"""Tokens, queues and login keys, wherever they stand."""

COUNTED = re.compile(r"(?<![\w-])(smslog_id|last)(=(?:%20|\+| )*)([1-9]\d*)")
"""Parameters that name a row: digits, whatever follows them."""


class Kind(StrEnum):
    """What is counted or drawn on its own."""

    SMSLOG = "smslog_id"
    INBOX = "inbox"
    INCOMING = "incoming"
    ACCOUNT = "uid"
    CONTACT = "pid"
    GROUP = "gpid"
    SECRET = "secret"
    SESSION = "session"


class Bindings:
    """A one-to-one relation for each kind. A value that is met first is bound to what stands in its place."""

    def __init__(self) -> None:
        self._ours: dict[str, dict[str, str]] = defaultdict(dict)
        self._theirs: dict[str, dict[str, str]] = defaultdict(dict)

    def bind(self, kind: str, recorded: str, ours: str) -> bool:
        """Whether the two are each other's, or can be from now on."""
        bound = self._ours[kind].get(recorded, ours), self._theirs[kind].get(ours, recorded)
        if bound != (ours, recorded):
            return False
        self._ours[kind][recorded], self._theirs[kind][ours] = ours, recorded
        return True

    def ours(self, kind: str, recorded: str) -> str | None:
        return self._ours[kind].get(recorded)

    def theirs(self, kind: str, ours: str) -> str | None:
        return self._theirs[kind].get(ours)

    def is_ours(self, secret: str) -> bool:
        """Whether a secret of ours stands for one that was recorded."""
        return secret in self._theirs[Kind.SECRET]

    def rewritten(self, text: str, counted: Kind = Kind.SMSLOG) -> str:
        """A query, a form or a field with our values in it; what nobody has met stays as it is."""
        text = SECRET.sub(self._secret, text)
        return COUNTED.sub(lambda found: found[1] + found[2] + self._counted(found, counted), text)

    def session(self, recorded: str) -> str:
        return self._ours[Kind.SESSION].get(recorded, recorded)

    def _secret(self, found: re.Match[str]) -> str:
        """A secret is spelled in lower case; who writes it otherwise means that."""
        ours = self._ours[Kind.SECRET].get(found[0].lower(), found[0])
        return ours if found[0].islower() or not found[0].isupper() else ours.upper()

    def _counted(self, found: re.Match[str], counted: Kind) -> str:
        """Our number; between two that are bound the order is kept, beyond them nothing is named."""
        bound = self._ours[Kind.SMSLOG if found[1] == "smslog_id" else counted]
        if found[3] in bound:
            return bound[found[3]]
        if found[1] == "smslog_id":
            return str(int(found[3]) + BEYOND)
        known = sorted(map(int, bound))
        place = bisect_right(known, int(found[3]))
        if place == len(known):
            return str(int(found[3]) + BEYOND)
        return bound[str(known[place - 1])] if place else "0"


BEYOND = 10**7
"""Far behind every number that a replay reaches."""
