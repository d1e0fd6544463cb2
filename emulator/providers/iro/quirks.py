"""Every assumption about Iro as a named switch; the document itself has no switch."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

DAY = 24 * 3600
"""Seconds, and more than any job waits to be picked up."""

BODILESS = frozenset({204, 205, 304})
"""Statuses whose answers cannot carry a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirks:
    """What the page leaves open, with the answer given by default.

    A world changes a switch under `[quirks.iro]`; each names the requirement it settles. Where the choice is
    between "framework" and "own", it is who words a fault: Twisted, or Iro.
    """

    xmlrpc_content_type: str = "text/xml; charset=utf-8"  # req: iro/xmlrpc/content-type
    bad_arguments: Literal["framework", "own"] = "framework"  # req: iro/xmlrpc/argument-count
    soap_schema: Literal["1999", "2001"] = "1999"  # req: iro/soap/schemas
    soap_result: Literal["bare", "wrapped"] = "bare"  # req: iro/soap/response-element
    soap_faults: Literal["own", "framework"] = "own"  # req: iro/soap/own-faults
    wsdl: bool = True  # req: iro/soap/wsdl
    json_enabled: bool = True  # req: iro/json/address iro/jsonp/address
    json_error_status: int = 200  # req: iro/json/http-status
    values_first: bool = True  # req: iro/faults/values-first
    bare_recipients: Literal["refuse", "accept"] = "refuse"  # req: iro/sms/bare-recipients
    repeated_recipients: Literal["once", "each"] = "once"  # req: iro/sms/duplicates iro/mail/duplicates
    invalid_numbers: Literal["fault", "false"] = "fault"  # req: iro/telnumber/invalid iro/email/invalid
    unknown_route: Literal["skip", "refuse"] = "skip"  # req: iro/routes/unknown-skipped
    pickup_seconds: float = 0.5  # req: iro/status/started
    job_error: Literal["any", "all"] = "any"  # failures that make it one; req: iro/status/one-failed
    bill_groups: Literal["beside", "info"] = "beside"  # req: iro/bill/beside
    bill_failed: bool = False  # req: iro/bill/only-sent

    def __post_init__(self) -> None:
        for objection in self._objections():
            raise ValueError(objection)

    def _objections(self) -> Iterator[str]:
        if not (self.xmlrpc_content_type.isascii() and self.xmlrpc_content_type.isprintable()):
            yield f"xmlrpc_content_type {self.xmlrpc_content_type!r}: write a media type like text/xml"
        if not 200 <= self.json_error_status <= 599 or self.json_error_status in BODILESS:
            yield f"json_error_status {self.json_error_status}: write 200 to 599, with a body"
        if not 0 <= self.pickup_seconds <= DAY:
            yield f"pickup_seconds {self.pickup_seconds}: write 0 to {DAY}"
