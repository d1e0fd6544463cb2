"""Every assumption about iSMS.gr as a named switch; the document itself has no switch."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

YEAR = 366 * 24
"""Hours, and more than anybody waits for a message."""


BODILESS = frozenset({204, 205, 304})
"""Statuses whose answers cannot carry a text."""

SERVICES = ("", "CMT", "CPT", "VMN", "VMA", "WAP", "USSD")
"""What SMPP 3.4 has for service_type (section 5.2.11)."""

COUNTED = ("smpp_binds", "smpp_window", "smpp_deliver_window", "smpp_queue", "smpp_no_credit")
"""Switches that are numbers from 1 on."""

TIMED = ("smpp_session_init", "smpp_enquire_link", "smpp_response", "smpp_retry")
"""Switches that are seconds, or parts of one: who tries out a timer has no minute to wait."""

MOST_COUNTED = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirks:
    """What the page leaves open, with the answer given by default.

    A world changes a switch under `[quirks.isms]`; each names the requirement it settles.
    """

    accept_post: bool = True  # req: isms/http/post isms/http/body-beside-query
    error_status: int = 200  # req: isms/http/error-status
    content_type: str = "text/html; charset=UTF-8"  # req: isms/http/content-type
    repeated_name: Literal["last", "first"] = "last"  # req: isms/http/last-name-wins
    tolerant_numbers: bool = True  # req: isms/send/number-spelling
    fewest_digits: int = 8  # req: isms/send/number-length
    most_digits: int = 15  # req: isms/send/number-length
    duplicates: Literal["once", "each"] = "once"  # req: isms/send/duplicates
    decode_twice: bool = False  # req: isms/send/decoded-once
    sender_check: bool = True  # req: isms/send/sender-form
    unknown_coding: Literal["gsm", "utf-8"] = "gsm"  # req: isms/send/coding-unknown
    utf8_counts_as: Literal["ucs2", "shortest"] = "ucs2"  # req: isms/text/utf8-counts-as-ucs2
    greek_transliteration: bool = True  # req: isms/text/greek-capitals
    zone: str = "Europe/Athens"  # req: isms/schedule/zone
    past_schedule: Literal["send", "refuse"] = "send"  # req: isms/schedule/past
    report_method: Literal["POST", "GET"] = "POST"  # req: isms/report/form
    report_fields: tuple[str, str, str, str] = ("mid", "mobile", "status", "date")  # req: isms/report/fields
    report_retries: tuple[int, ...] = (1, 5, 15)  # minutes; req: isms/report/retries isms/report/gives-up
    validity_hours: int = 48  # req: isms/query/expiry
    id_prefix: bool = False  # req: isms/query/id-prefix
    contact_ok: Literal["document", "ascii"] = "document"  # req: isms/savecontact/ok-spelling
    delete_unknown: Literal["failed", "ok"] = "failed"  # req: isms/deletecontact/unknown
    soap_namespace: str = "urn:sms"  # req: isms/soap/namespace
    soap_fault_code: Literal["Server", "Client"] = "Server"  # req: isms/soap/fault-code
    soap_positional: bool = True  # req: isms/soap/by-position
    soap_extended: bool = False  # req: isms/soap/wsdl-extended isms/soap/delete-message
    smpp_system_id: str = "isms"  # req: isms/smpp/system-id
    smpp_bind_refusal: Literal["apart", "alike"] = "apart"  # req: isms/smpp/bind-refusal
    smpp_binds: int | None = None  # sessions of an account; req: isms/smpp/binds
    smpp_window: int | None = None  # requests at a time; req: isms/smpp/window
    smpp_deliver_window: int = 500  # req: isms/smpp/deliver-window
    smpp_session_init: float = 30  # seconds; req: isms/smpp/session-init
    smpp_enquire_link: float = 60  # seconds; req: isms/smpp/enquire-link
    smpp_response: float = 30  # seconds; req: isms/smpp/response
    smpp_retry: float = 60  # seconds; req: isms/smpp/retry
    smpp_queue: int = 100_000  # notices of an account; req: isms/smpp/queue
    smpp_no_credit: int = 0x45  # req: isms/smpp/no-credit
    smpp_default_source: str = "iSMS"  # req: isms/smpp/default-source
    smpp_service_types: tuple[str, ...] = SERVICES  # req: isms/smpp/service-types
    smpp_reserved: Literal["refuse", "take"] = "refuse"  # req: isms/smpp/reserved
    smpp_message_id: Literal["letters", "hex", "decimal"] = "letters"  # req: isms/smpp/message-id
    smpp_receipt_id: Literal["same", "hex", "decimal"] = "same"  # req: isms/smpp/receipt-id
    smpp_receipt_form: Literal["both", "text", "tlv"] = "both"  # req: isms/smpp/receipt-form
    smpp_receipt_seconds: bool = False  # dates of 12 digits; req: isms/smpp/receipt-dates
    smpp_receipts_doubled: bool = False  # req: isms/smpp/receipts-once
    smpp_receipts_early: bool = False  # before the answer; req: isms/smpp/receipts-after

    def __post_init__(self) -> None:
        for objection in self._objections():
            raise ValueError(objection)

    def _objections(self) -> Iterator[str]:
        if not 200 <= self.error_status <= 599 or self.error_status in BODILESS:
            yield f"error_status {self.error_status}: write an HTTP status from 200 to 599 that has a body"
        if not (self.content_type.isascii() and self.content_type.isprintable()):
            yield f"content_type {self.content_type!r}: write a media type like text/plain"
        if not 1 <= self.fewest_digits <= self.most_digits:
            yield f"fewest_digits {self.fewest_digits}: write 1 to most_digits, {self.most_digits}"
        if not 1 <= self.validity_hours <= YEAR:
            yield f"validity_hours {self.validity_hours}: write 1 to {YEAR}"
        if not all(1 <= minutes <= YEAR * 60 for minutes in self.report_retries):
            yield f"report_retries {self.report_retries}: write minutes from 1 to {YEAR * 60}"
        if not (self.soap_namespace and self.soap_namespace.isascii() and self.soap_namespace.isprintable()):
            yield f"soap_namespace {self.soap_namespace!r}: write an address like urn:sms"
        for name in COUNTED:
            value = getattr(self, name)
            if value is not None and not 1 <= value <= MOST_COUNTED:
                yield f"{name} {value}: write 1 to {MOST_COUNTED}"
        for name in TIMED:
            value = getattr(self, name)
            if not 0 < value <= MOST_COUNTED:
                yield f"{name} {value}: write seconds, more than none and at most {MOST_COUNTED}"
        for name, most in (("smpp_system_id", 15), ("smpp_default_source", 20)):
            text = getattr(self, name)
            if not (1 <= len(text) <= most and text.isascii() and text.isprintable()):
                yield f"{name} {text!r}: write 1 to {most} characters of ASCII"
        try:
            ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError):
            yield f"zone {self.zone!r}: write a name like Europe/Athens"
