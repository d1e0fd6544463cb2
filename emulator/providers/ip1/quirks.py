"""Every assumption about iP.1 as a named switch; what its pages say has no switch."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

DAY = 24 * 3600
"""Seconds, and more than any contact takes to be made."""

CODES = frozenset({*range(101, 105), *range(110, 115), *range(201, 204), *range(402, 410), *range(500, 504)})
CODES |= {*range(511, 517), 599}  # req: ip1/status-codes/known

SENT = 110
"""The first of the codes that a message has once it goes out."""

Stages = tuple[tuple[int, ...], tuple[int, ...]]

Unregistered = Literal["status403", "http400", "http422", "allow"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirks:
    """What the pages leave open, with the answer given by default.

    A world changes a switch under `[quirks.ip1]`; each names the requirement it settles.
    """

    settings_root: Literal["/v2", "/api", ""] = "/v2"  # req: ip1/settings/address
    property_case: Literal["any", "exact"] = "any"  # req: ip1/http/name-case ip1/children/name-case
    accept_basic: bool = False  # below /v2/ too; req: ip1/auth/basic-refused
    unauthorized_body: Literal["problem", "empty"] = "problem"  # req: ip1/auth/problem
    first_index: Literal[0, 1] = 0  # req: ip1/pagination/zero-based
    limit_cap: int | None = None  # req: ip1/pagination/no-cap
    error_keys: Literal["pascal", "camel"] = "pascal"  # req: ip1/problems/field-names
    # req: ip1/blacklist/post-status ip1/landings/created ip1/elements/created
    created_status: Literal[200, 201] = 201  # req: ip1/send/created
    registered_at_start: bool = True  # iP1 and iP1sms; req: ip1/senders/trial-given
    integer_enums: Literal["accept", "refuse"] = "accept"  # req: ip1/send/enum-numbers
    # req: ip1/senders/plus ip1/blacklist/plus
    leading_plus: Literal["strip", "refuse"] = "strip"  # req: ip1/send/sender-plus
    unregistered_sender: Unregistered = "status403"  # req: ip1/send/unregistered
    unparsable_code: int = 405  # req: ip1/recipients/unparsable
    repeated_recipients: Literal["once", "each"] = "once"  # req: ip1/recipients/repeated
    blacklisted_code: int = 405  # req: ip1/recipients/blacklisted-code
    missing_value: Literal["empty", "kept"] = "empty"  # req: ip1/templating/missing
    templated: Literal["values", "object"] = "values"  # what makes it so; req: ip1/templating/templated-keys
    past_windows: Literal["refuse", "ignore"] = "refuse"  # req: ip1/windows/past
    cancelled_batches: Literal["keep", "remove"] = "keep"  # req: ip1/batches/cancel-kept
    # req: ip1/messages/lower-case ip1/incoming/lower-case
    enum_case: Literal["lower", "upper"] = "lower"  # req: ip1/batches/lower-case
    # req: ip1/batches/status-final
    batch_status: Literal["progress", "majority"] = "progress"  # req: ip1/batches/status-open
    coding_rejected_code: int = 406  # req: ip1/send/gsm-only-code
    unknown_participant: Literal["empty", "missing"] = "empty"  # req: ip1/conversations/unknown
    lifecycle: str = "101 103 102 110 111 112 201"  # req: ip1/status-codes/lifecycle
    push_attempts: int = 10  # req: ip1/reports/attempts ip1/incoming/schedule
    push_accepts: Literal["200", "2xx"] = "200"  # req: ip1/reports/only-200 ip1/incoming/only-200
    setting_answer: Literal["object", "value"] = "object"  # req: ip1/settings/document
    all_label: bool = True  # req: ip1/contacts/all-label
    contact_delay_seconds: float = 0.0  # req: ip1/contacts/async-soon
    filter_plus: Literal["restore", "keep"] = "restore"  # req: ip1/filters/plus
    unknown_label: Literal[404, 200] = 404  # req: ip1/labels/unknown
    element_calls: bool = True  # that make and delete; req: ip1/elements/create ip1/elements/delete
    account_errors: Literal["message", "problem"] = "message"  # req: ip1/account/errors
    no_credit: Literal["status402", "http403"] = "status402"  # req: ip1/send/no-credit
    empty_reference: Literal["refuse", "accept"] = "refuse"  # req: ip1/send/reference-empty

    def __post_init__(self) -> None:
        for objection in self._objections():
            raise ValueError(objection)

    def _objections(self) -> Iterator[str]:
        if self.limit_cap is not None and self.limit_cap < 1:
            yield f"limit_cap {self.limit_cap}: write a number of entries, from 1 on"
        for name in ("unparsable_code", "blacklisted_code", "coding_rejected_code"):
            code = getattr(self, name)
            if code not in CODES or code < 400:
                yield f"{name} {code}: write a code of the page, from 402 on"
        if not _is_lifecycle(self.lifecycle):
            yield f"lifecycle {self.lifecycle!r}: write 101, other codes of Info in their order, 201"
        if not 1 <= self.push_attempts <= 1000:
            yield f"push_attempts {self.push_attempts}: write 1 to 1000"
        if not 0 <= self.contact_delay_seconds <= DAY:
            yield f"contact_delay_seconds {self.contact_delay_seconds}: write 0 to {DAY}"


@lru_cache(maxsize=16)
def stages(lifecycle: str) -> Stages:
    """The codes of a message that is accepted, and of one that goes out; how it ends is not among them."""
    codes = [int(word) for word in lifecycle.split()[:-1]]
    return tuple(code for code in codes if code < SENT), tuple(code for code in codes if code >= SENT)


def _is_lifecycle(text: str) -> bool:
    """Whether a message can go that way: those codes that say it is going out come last."""
    words = text.split()
    if not all(word.isdecimal() for word in words) or words[:1] != ["101"] or words[-1:] != ["201"]:
        return False
    codes = [int(word) for word in words[:-1]]
    going = [code >= SENT for code in codes]
    return set(codes) <= {code for code in CODES if code < 200} and going == sorted(going)
