"""Why the service declines a request. Reasons only: each provider has its own words for them."""

from collections.abc import Iterable
from enum import StrEnum


class Reason(StrEnum):
    """Everything the service may object to in a well-formed request."""

    BAD_CREDENTIALS = "bad-credentials"
    NO_RECIPIENTS = "no-recipients"
    BAD_SENDER = "bad-sender"
    NO_CREDIT = "no-credit"
    BAD_SCHEDULE = "bad-schedule"
    NO_ID = "no-id"
    NO_NUMBER = "no-number"
    UNKNOWN_MESSAGE = "unknown-message"
    UNKNOWN_LOOKUP = "unknown-lookup"
    NO_CONTACT_NUMBER = "no-contact-number"
    BAD_CONTACT_NUMBER = "bad-contact-number"
    STORAGE_FAILED = "storage-failed"
    EMPTY_TEXT = "empty-text"
    TEXT_TOO_LONG = "text-too-long"
    BAD_RECIPIENT = "bad-recipient"
    NOT_SCHEDULED = "not-scheduled"
    NO_ROUTE = "no-route"
    ROUTE_DOWN = "route-down"
    BLOCKED_RECIPIENT = "blocked-recipient"
    BAD_CODING = "bad-coding"
    UNKNOWN_RESOURCE = "unknown-resource"
    UNKNOWN_ACCOUNT = "unknown-account"
    TAKEN = "taken"


class Refused(Exception):
    """A valid request that the service declines. Carries every objection, ranks none."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = frozenset(reasons)
        super().__init__(", ".join(sorted(self.reasons)))


def refuse_for(reasons: Iterable[Reason]) -> None:
    """Raise Refused if there is any objection."""
    if found := frozenset(reasons):
        raise Refused(found)
