"""What iP.1 tells its customers by itself: every status of a message, every message from a handset."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import msgspec

from emulator.core.ids import Ids
from emulator.core.kept import Kept
from emulator.core.model import Account, Inbound, Message, Status
from emulator.core.ports import Look
from emulator.core.pushes import Push
from emulator.providers.ip1 import blacklist, documents, wire
from emulator.providers.ip1.documents import Document
from emulator.providers.ip1.notes import Notes
from emulator.providers.ip1.quirks import Quirks
from emulator.providers.ip1.settings import INCOMING, SETTINGS, VALUE
from emulator.providers.ip1.statuses import Standing, codes
from emulator.wire import json

AGAIN = timedelta(minutes=10)

ACCEPTED = {"200": (200, 200), "2xx": (200, 299)}

HEADERS = (("Content-Type", json.CONTENT_TYPE),)


@lru_cache(maxsize=16)  # pushes are remembered by the hundred thousand, all of them with the same
def retries(attempts: int) -> tuple[timedelta, ...]:
    """The waits between so many attempts."""
    return (AGAIN,) * (attempts - 1)


@dataclass(frozen=True, slots=True)
class Ip1Reports:
    """Documents posted one by one, until they are answered as they should be."""

    quirks: Quirks
    ids: Ids

    def report(self, message: Message, status: Status, at: datetime) -> Sequence[Push]:
        # req: ip1/reports/pushed ip1/reports/none ip1/reports/one-each ip1/reports/every-status
        url = message.order.callback
        told = codes(message, status, self.quirks) if url else ()
        if url is None or not told:
            return ()
        same = self._report(message)
        return [self._push(url, {**same, **Standing(code, at).document}) for code in told]

    def inbound(self, inbound: Inbound, account: Account, look: Look) -> Sequence[Push]:
        # req: ip1/incoming/pushed ip1/incoming/setting
        setting = look(SETTINGS, INCOMING)
        if setting is None:
            return ()
        return (self._push(setting.fields[VALUE], documents.received(inbound, self.ids, self.quirks)),)

    def consequences(self, inbound: Inbound, account: Account) -> Sequence[Kept]:
        return blacklist.consequences(inbound)

    def _report(self, message: Message) -> Document:
        """What is said with every status of a message."""
        # req: ip1/reports/document ip1/reports/currency ip1/reports/final
        notes = Notes.of(message.order)
        return {
            "messageId": documents.message_id(message, self.ids),
            "batchId": wire.reference(message.order, self.ids),
            "recipient": message.recipient,
            "segments": message.parts,
            "price": float(message.price),
            "currency": notes.currency.lower(),
            "reference": notes.reference,
        }

    def _push(self, url: str, document: Document) -> Push:
        # req: ip1/reports/post ip1/reports/ok ip1/reports/content-type ip1/reports/retries
        # req: ip1/reports/attempts ip1/reports/only-200 ip1/reports/errors ip1/reports/same-again
        # req: ip1/reports/apart ip1/incoming/post ip1/incoming/again ip1/incoming/schedule
        # req: ip1/incoming/only-200
        return Push(
            method="POST",
            url=url,
            headers=HEADERS,
            body=msgspec.json.encode(document).decode(),
            retries=retries(self.quirks.push_attempts),
            accepted=ACCEPTED[self.quirks.push_accepts],
        )
