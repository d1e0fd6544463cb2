"""Delivery reports on their way to the address that the send named, or to a session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from emulator.core.ids import Ids
from emulator.core.kept import Kept
from emulator.core.model import Account, Inbound, Message, Status
from emulator.core.ports import Look
from emulator.core.pushes import Notice, Push
from emulator.providers.isms import wire
from emulator.providers.isms.quirks import Quirks
from emulator.providers.isms.smsc import receipts as smsc
from emulator.providers.isms.smsc.drafts import ROUTE

FORM = ("Content-Type", "application/x-www-form-urlencoded")


TOLD = frozenset(status for status in Status if status.final) - {Status.CANCELLED}
"""The states at which a customer is told something: who calls a message back knows of it."""


@dataclass(frozen=True, slots=True)
class IsmsReports:
    """One form a recipient, at the final state; what came over SMPP is reported there."""

    quirks: Quirks
    ids: Ids

    def report(self, message: Message, status: Status, at: datetime) -> Sequence[Push | Notice]:
        if message.order.route == ROUTE:
            return smsc.notices(message, status, at, self.ids, self.quirks)
        # req: isms/report/arrives isms/report/none-unasked isms/report/each-recipient isms/report/final-only
        url = message.order.callback
        if url is None or status not in TOLD or not reachable(url):
            return ()
        return (self._push(url, urlencode(self._fields(message, status, at))),)

    def inbound(self, inbound: Inbound, account: Account, look: Look) -> Sequence[Push | Notice]:
        """The page knows no inbound messages over HTTP: they wait for a session."""
        return (smsc.inbound(inbound),)  # req: smpp34/deliver/kept

    def consequences(self, inbound: Inbound, account: Account) -> Sequence[Kept]:
        return ()

    def _fields(self, message: Message, status: Status, at: datetime) -> dict[str, str]:
        moment = at.astimezone(ZoneInfo(self.quirks.zone))
        values = (
            wire.reference(message.order, self.ids),
            message.recipient,
            wire.STATES[status],  # req: isms/report/outcome
            f"{moment:%Y-%m-%d %H:%M:%S}",  # req: isms/report/date
        )
        return dict(zip(self.quirks.report_fields, values, strict=True))

    def _push(self, url: str, form: str) -> Push:
        get = self.quirks.report_method == "GET"
        retries = tuple(timedelta(minutes=minutes) for minutes in self.quirks.report_retries)
        if get:
            joined = f"{url}{'&' if '?' in url else '?'}{form}"
            return Push(method="GET", url=joined, headers=(), body="", retries=retries)
        # req: isms/report/post isms/report/any-2xx isms/report/no-redirect
        return Push(method="POST", url=url, headers=(FORM,), body=form, retries=retries)


def reachable(url: str) -> bool:
    """Whether the text is an address at all."""
    # req: isms/report/bad-address
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
