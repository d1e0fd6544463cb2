"""What is sent: submit_sm, data_sm, submit_multi; those of one read in one turn of the store."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from emulator.core.gateway import Gateway
from emulator.core.model import Draft, Enquiry, Login, Message, Order
from emulator.core.refusals import Refused
from emulator.core.rewriting import Change, Timing
from emulator.provider import Service, Told
from emulator.providers.isms.quirks import Quirks
from emulator.providers.isms.smsc import drafts, pieces
from emulator.providers.isms.smsc.envelope import Envelope, Envelopes
from emulator.providers.isms.smsc.identifiers import message_id
from emulator.providers.isms.smsc.pieces import Portion
from emulator.providers.isms.smsc.statuses import Objection, voiced
from emulator.providers.isms.smsc.throttle import Throttle
from emulator.wire.smpp.addresses import Destination, Unsuccess
from emulator.wire.smpp.pdus import Pdu
from emulator.wire.smpp.statuses import CommandStatus

Sent = Order | Refused


class Submits:
    """The submits of one read of one account, in their order; what need not be alone is sent together."""

    def __init__(self, service: Service, login: Login, quirks: Quirks, envelopes: Envelopes) -> None:
        self._ids, self._gateway = service.ids, service.gateway
        self._login, self._quirks, self._envelopes = login, quirks, envelopes
        self._now = self._gateway.clock.now()
        self._told: list[Told | None] = []
        self._together: list[tuple[int, Draft]] = []

    def take(self, pdu: Pdu) -> None:
        """One more; what it is answered with is told at the end."""
        try:
            self._told.append(self._read(pdu))
        except Objection as objection:
            self._told.append(Told(objection.status))

    def told(self) -> list[Told]:
        """The answers, in the order of what was taken."""
        self._send()
        return [one for one in self._told if one is not None]

    def _read(self, pdu: Pdu) -> Told | None:
        """The answer, or None for one that will come. Raises Objection."""
        # req: smpp34/submit/arrives smpp34/data/accepted smpp34/data/arrives smpp34/data/receipt
        envelope = self._envelopes.of(pdu.fields)
        if pdu.command == "submit_multi":
            return self._many(pdu, envelope)
        recipient = drafts.recipient(pdu.fields["destination_addr"], self._quirks)
        read = drafts.text(pdu, envelope)
        draft = drafts.draft(pdu, envelope, read, (recipient,), self._quirks, self._now)
        if read.piece is not None:
            return self._piece(draft, read.piece)
        if envelope.replacing and (known := self._replaceable(draft)) is not None:
            return self._replaced(known, draft)
        self._together.append((len(self._told), draft))
        return None

    def _send(self) -> None:
        together, self._together = self._together, []
        if not together:
            return
        sent = self._gateway.send_each(self._login, [draft for _, draft in together])
        for (place, _), one in zip(together, sent, strict=True):
            self._told[place] = self._answer(one)

    def _alone(self, draft: Draft) -> Sent:
        """What comes of one that others must be sent before."""
        self._send()
        (sent,) = self._gateway.send_each(self._login, (draft,))
        return sent

    def _answer(self, sent: Sent) -> Told:
        if isinstance(sent, Refused):
            return Told(voiced(sent, self._quirks))
        # req: smpp34/submit/accepted smpp34/submit/message-id
        return Told(0, {"message_id": message_id(sent.id, self._ids, self._quirks)})

    def _piece(self, draft: Draft, portion: Portion) -> Told:
        """A piece of a longer text; the last to come has the whole of it."""
        # req: smpp34/long/each-id smpp34/long/each-receipt
        place = {"piece": f"{portion.number}/{portion.total}", "of": str(portion.reference)}
        draft = replace(draft, extras={**draft.extras, **place})
        self._send()
        with self._gateway.store.turn():
            objections = self._gateway.objections(self._login, draft)
            if objections:
                return Told(voiced(Refused(objections), self._quirks))
            whole = pieces.joined(self._gateway, self._login, draft, portion)
            return self._answer(self._alone(draft if whole is None else replace(draft, text=whole)))

    def _many(self, pdu: Pdu, envelope: Envelope) -> Told:
        """submit_multi: one message_id, and the addresses that were not reached."""
        # req: smpp34/multi/accepted smpp34/multi/each smpp34/multi/some-fail smpp34/multi/all-fail
        destinations: Sequence[Destination] = pdu.fields["dest_addresses"]
        reached, missed = self._parted(destinations)
        if not reached:
            raise Objection(missed[0].status)
        read, first = drafts.text(pdu, envelope), destinations[0]
        draft = drafts.draft(pdu, envelope, read, reached, self._quirks, self._now)
        draft = replace(draft, extras={**draft.extras, "dest": f"{first.ton}.{first.npi}"})
        told = self._piece(draft, read.piece) if read.piece else self._answer(self._alone(draft))
        return Told(0, {**told.fields, "unsuccess_sme": tuple(missed)}) if not told.status else told

    def _parted(self, destinations: Sequence[Destination]) -> tuple[tuple[str, ...], list[Unsuccess]]:
        """The numbers, each of them once, and the destinations that are none, with the reasons."""
        reached, missed = dict[str, None](), list[Unsuccess]()
        for one in destinations:
            try:
                reached[self._reached(one)] = None
            except Objection as objection:
                address = one.address or one.list_name
                missed.append(Unsuccess(one.ton, one.npi, address, objection.status))
        return tuple(reached), missed

    def _reached(self, one: Destination) -> str:
        if one.list_name:  # req: smpp34/multi/list
            raise Objection(CommandStatus.RINVDLNAME)
        return drafts.recipient(one.address, self._quirks)

    def _replaceable(self, draft: Draft) -> Message | None:
        """A message that waits, of the same source, destination and service_type."""
        # req: smpp34/replace/if-present smpp34/replace/if-present-none
        self._send()
        waiting = self._waiting(draft.recipients[0])
        fitting = [one for one in waiting if alike(one, draft.sender, draft.extras["service_type"])]
        return fitting[-1] if fitting else None

    def _waiting(self, recipient: str) -> Sequence[Message]:
        try:
            return self._gateway.waiting(self._login, recipient)
        except Refused:
            return ()  # which sending will be told as well

    def _replaced(self, known: Message, draft: Draft) -> Told:
        change = Change(
            text=draft.text,
            coding=draft.coding,
            parts=draft.parts,
            extras=draft.extras,
            timing=Timing(
                scheduled_at=draft.scheduled_at or self._now, validity=draft.validity, patience=draft.patience
            ),
        )
        enquiry = Enquiry(id=known.order.id, number=known.recipient)
        try:
            return self._answer(self._gateway.rewrite(self._login, enquiry, change).order)
        except Refused as refusal:
            return Told(voiced(refusal, self._quirks))


def alike(message: Message, sender: str, service_type: str) -> bool:
    order = message.order
    return order.sender == sender and order.extras.get("service_type") == service_type


def within_limit(pdus: Sequence[Pdu], throttle: Throttle, limit: int | None, now: datetime) -> list[bool]:
    """Which of the submits an account may send now; one to many is so many."""
    return [throttle.allows(now, limit, len(pdu.fields.get("dest_addresses", "."))) for pdu in pdus]


def room(gateway: Gateway, login: Login, quirks: Quirks) -> bool:
    """Whether more can be kept for the account's sessions."""
    # req: smpp34/limits/queue-full
    return gateway.notices.kept(login.provider, login.name) < quirks.smpp_queue
