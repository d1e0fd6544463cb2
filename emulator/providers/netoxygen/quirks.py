"""Every assumption about NetOxygen as a named switch; the document itself has no switch."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from emulator.providers.netoxygen.codes import ERRORS

YEAR = 366 * 24
"""Hours, and more than anybody waits for a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirks:
    """What the document leaves open, with the answer given by default.

    A world changes a switch under `[quirks.netoxygen]`; each names the requirement it settles.
    """

    content_type: str = "text/xml; charset=UTF-8"  # req: netoxygen/xmlrpc/content-type
    result: Literal["boolean", "int"] = "boolean"  # req: netoxygen/send/result-type
    number_echo: Literal["normalised", "given"] = "normalised"  # req: netoxygen/send/number-normalised
    sender_check: bool = True  # req: netoxygen/send/sender-form
    date_only: Literal["midnight", "invalid"] = "midnight"  # req: netoxygen/send/date-alone
    most_parts: int = 10  # req: netoxygen/send/too-long
    no_credit_code: int = 2  # req: netoxygen/send/no-credit
    fewest_digits: int = 8  # req: netoxygen/clean-number/length
    most_digits: int = 15  # req: netoxygen/clean-number/length
    tables_swapped: bool = False  # req: netoxygen/status/tables
    network_seconds: float = 1.0  # req: netoxygen/status/on-network
    validity_hours: int = 48  # req: netoxygen/status/expired
    refund: bool = True  # req: netoxygen/cancel/refund
    bad_credentials: Literal["fault", "false"] = "fault"  # req: netoxygen/faults/bad-credentials
    # req: netoxygen/faults/unknown-method
    fault_codes: Literal["php", "interop"] = "php"  # req: netoxygen/faults/parameters

    def __post_init__(self) -> None:
        for objection in self._objections():
            raise ValueError(objection)

    def _objections(self) -> Iterator[str]:
        if not (self.content_type.isascii() and self.content_type.isprintable()):
            yield f"content_type {self.content_type!r}: write a media type like text/xml"
        if self.most_parts < 1:
            yield f"most_parts {self.most_parts}: write a number of parts, from 1 on"
        if self.no_credit_code not in ERRORS:
            yield f"no_credit_code {self.no_credit_code}: write an error code, 1 to {len(ERRORS)}"
        if not 1 <= self.fewest_digits <= self.most_digits:
            yield f"fewest_digits {self.fewest_digits}: write 1 to most_digits, {self.most_digits}"
        if not 0 <= self.network_seconds <= YEAR * 3600:
            yield f"network_seconds {self.network_seconds}: write 0 to {YEAR * 3600}"
        if not 1 <= self.validity_hours <= YEAR:
            yield f"validity_hours {self.validity_hours}: write 1 to {YEAR}"
