"""Every assumption about Voipe as a named switch, and what the recorded playSMS does otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

MOST_PARTS = 255
"""Of one message (3GPP TS 23.040)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirks:
    """What the documents leave open or a server does otherwise, with the documented answer by default.

    A world changes a switch under `[quirks.voipe]`; each names the requirement it settles.
    """

    unknown_op: Literal["code", "empty"] = "code"  # req: voipe/op/unknown voipe/code/101
    missing_op: Literal["code", "bare"] = "code"  # req: voipe/op/missing voipe/code/102
    timestamp: bool = True  # req: voipe/envelope/timestamp
    ampersands: Literal["escaped", "raw"] = "escaped"  # req: voipe/xml/ampersand
    storage_failed: Literal["code", "page"] = "code"  # req: voipe/http/no-database voipe/code/601
    brute_force: bool = False  # whether wrong passwords block; req: voipe/auth/no-blocking
    plain_http: bool = True  # req: voipe/api/plain-http
    duplicates: Literal["once", "gaps"] = "once"  # req: voipe/pv/duplicates voipe/pv/spellings
    refused_with_user: Literal["entries", "defect"] = "entries"  # req: voipe/pv/refused-with-user
    max_parts: int = 3  # req: voipe/text/longest
    cut: Literal["characters", "octets"] = "characters"  # req: voipe/text/cut-characters voipe/footer/longest
    markup: Literal["text", "purified"] = "text"  # req: voipe/text/markup
    names: Literal["text", "filled"] = "text"  # req: voipe/text/name
    astral: Literal["kept", "marks", "refused"] = "kept"  # req: voipe/text/astral
    auto_unicode: bool = True  # req: voipe/segments/auto-unicode
    bad_sender: Literal["replaced", "refused"] = "replaced"  # req: voipe/sender/unapproved
    system_sender: str = ""  # req: voipe/sender/default
    system_zone: str = "UTC"  # req: voipe/schedule/system-zone voipe/ix/internal-time
    charged: Literal["accepted", "delivered"] = "accepted"  # req: voipe/credit/charged
    booked: Literal["at-once", "later"] = "at-once"  # req: voipe/creditadd/at-once
    no_credit: Literal["103", "200"] = "103"  # req: voipe/credit/none voipe/code/103
    unknown_user: Literal["refused", "accepted"] = "refused"  # req: voipe/creditadd/unknown
    zero_balance: Literal["told", "failed"] = "told"  # req: voipe/creditview/zero

    @property
    def strict(self) -> bool:
        """Whether the database refuses what does not fit: it is one setting for all of it."""
        return self.astral == "refused"

    def __post_init__(self) -> None:
        for objection in self._objections():
            raise ValueError(objection)

    def _objections(self) -> Iterator[str]:
        if not 1 <= self.max_parts <= MOST_PARTS:
            yield f"max_parts {self.max_parts}: write 1 to {MOST_PARTS}"
        try:
            ZoneInfo(self.system_zone)
        except (KeyError, ValueError, OSError):
            yield f"system_zone {self.system_zone!r}: write a name like Asia/Jerusalem"


PROFILES: Mapping[str, Mapping[str, object]] = {
    "documented": {},
    "upstream": {
        "unknown_op": "empty",
        "missing_op": "bare",
        "storage_failed": "page",
        "ampersands": "raw",
        "duplicates": "gaps",
        "refused_with_user": "defect",
        "cut": "octets",
        "markup": "purified",
        "names": "filled",
        "astral": "marks",
        "auto_unicode": False,
        "system_zone": "Asia/Jerusalem",
        "charged": "delivered",
        "booked": "later",
        "no_credit": "200",
        "unknown_user": "accepted",
        "zero_balance": "failed",
    },
}
"""What the documents promise, and what a playSMS 1.4.3 really did when it was recorded."""
