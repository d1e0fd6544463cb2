"""Every assumption about iSMS.gr as a named switch; the document itself has no switch."""

from dataclasses import dataclass
from typing import Literal


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
