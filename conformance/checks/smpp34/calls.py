"""An SMSC as checks use it: sessions, letters, and what comes of them."""

from contextlib import ExitStack
from typing import Any

import pytest

from conformance.accounts import SMPP34
from conformance.bench import CLOCK, Place
from conformance.blocked import Blocked
from conformance.drivers.http import Unanswered
from conformance.drivers.smpp import Closed, Link
from conformance.drivers.smpp_frames import Delivered, Frame, delivered
from conformance.drivers.smpp_pdus import (
    ANSWER,
    BIND_RECEIVER,
    BIND_TRANSCEIVER,
    BIND_TRANSMITTER,
    DELIVER_SM,
    ENQUIRE_LINK,
    GENERIC_NACK,
    SUBMIT_SM,
    Submit,
    bind,
)
from conformance.drivers.smpp_statuses import Status
from conformance.verify import verify

TX, RX, TRX = BIND_TRANSMITTER, BIND_RECEIVER, BIND_TRANSCEIVER

every_bind = pytest.mark.parametrize("command", [TX, RX, TRX], ids=["transmitter", "receiver", "transceiver"])

SOON = 60
"""Seconds within which an ordinary message has arrived."""


class Smsc:
    """Opens connections, which end with the check, and sends letters, each of which is paid for."""

    def __init__(self, place: Place, links: ExitStack, provider: str = SMPP34) -> None:
        self.place, self._links, self._provider = place, links, provider

    def link(self) -> Link:
        """A connection in which nothing was said."""
        return self._links.enter_context(self.place.link(self._provider))

    def bind(self, link: Link, command: int = TRX, *, role: str = "", **fields: Any) -> Frame:
        """The answer to a bind, in which some fields may be others than they should be."""
        given = {"system_id": self.system_id(role), "password": self.password(role), **fields}
        return link.ask(command, bind(**given))

    def bound(self, command: int = TRX, *, role: str = "", **fields: Any) -> Link:
        """A session."""
        link = self.link()
        verify(self.bind(link, command, role=role, **fields).status).equals(Status.ROK)
        return link

    def system_id(self, role: str = "") -> str:
        return self.place.system_id(self._provider, role)

    def stranger(self) -> str:
        """A system_id that nobody has."""
        name = self.place.login(self._provider).username
        return f"none{self.system_id().removeprefix(name)}"

    def password(self, role: str = "") -> str:
        return self.place.login(self._provider, role).password

    def number(self) -> str:
        """Somebody to write to."""
        return self.place.numbers()[0]

    def letter(self, text: str = "Hello", **fields: Any) -> Submit:
        """A message to a number of its own: fields as `Submit` has them, the text in ASCII."""
        given = {"message": text.encode("ascii"), **fields}
        return Submit(**given) if "destination" in given else Submit(destination=self.number(), **given)

    def answer(self, link: Link, letter: Submit | None = None) -> Frame:
        """The answer to a submit, whichever it is."""
        return self.ask(link, SUBMIT_SM, (letter or self.letter()).body)

    def ask(self, link: Link, command: int, body: bytes, *, cost: int = 1) -> Frame:
        """The answer to a request that sends so many messages, of which none is paid for if it is refused."""
        self.place.spend(cost, 0)
        answer = link.ask(command, body)
        self.place.spend(-cost if answer.status else 0, 0)
        return answer

    def submit(self, link: Link, text: str = "Hello", **fields: Any) -> str:
        """The message_id of a submit, which has to be accepted."""
        answer = self.answer(link, self.letter(text, **fields))
        verify(answer.status).equals(Status.ROK)
        return answer.message_id

    def arrive(self, seconds: float = SOON) -> None:
        """Let messages arrive, where the clock is ours; elsewhere they do by themselves."""
        if self.place.remote is not None:
            self.place.clock.advance(seconds)

    def told(self, link: Link, *, by: Link | None = None) -> Delivered:
        """Something that the SMSC says of its own accord, of a message sent there or by another session.

        Blocked where it says nothing.
        """
        self.submit(by or link, registered=1)
        self.arrive()
        found = self.owed(link)
        link.accept(found)
        return found

    def owed(self, link: Link) -> Delivered:
        """The next deliver_sm, left unanswered, where there has to be one. Blocked where there is none."""
        try:
            return delivered(link.request(DELIVER_SM, patience=self.patience))
        except Unanswered:
            raise Blocked("needs a deliver_sm; the target sent none for a message with a receipt") from None

    def timed(self, usual: float, **timers: float) -> float:
        """Seconds to wait for what timers bring about, which ours have shortened for this check.

        Elsewhere they are as they are, for up to `usual` seconds; Blocked where that is too long.
        """
        place = self.place
        if place.remote is not None:
            self.switched(**timers)
            return place.target.answer
        if usual > place.target.longest:
            raise Blocked(
                f"needs {usual:g} s of real time; the target allows {place.target.longest:g} ([wait] longest)"
            )
        return usual

    def switched(self, **switches: object) -> None:
        """Begin the place afresh, its SMSC another than usual; Blocked where that is not in our hands."""
        quirks = {"isms": {f"smpp_{name}": value for name, value in switches.items()}}
        given = {"clock": CLOCK, "rate": 0, "quirks": quirks}
        self.place.control.ask("PUT", f"/spaces/{self.place.space}", given)

    @property
    def patience(self) -> float:
        """Seconds that may go by until something comes that takes its time."""
        return max(self.place.target.answer, self.place.target.longest)

    def fated(self, outcome: str) -> str:
        """Somebody whose messages come to that end. Blocked where ends are not in our hands."""
        number = self.number()
        self.place.control.set_outcome(number, outcome)
        return number

    def inbound(self, text: str = "Hello back", to: str = "54321") -> str:
        """Let somebody write to the account; who it is. Blocked where that is not in our hands."""
        control, sender = self.place.control, self.number()
        login = self.place.login(self._provider)
        control.inbound(provider="isms", account=login.username, sender=sender, to=to, text=text)
        return sender


def reaction(link: Link, octets: bytes, *, sequence: int | None = None) -> Frame | None:
    """The answer to octets, where given with that number; None where the session ends. Raises Unanswered."""
    link.send(octets)
    try:
        return link.answer(sequence)
    except Closed:
        return None


def refuses(frame: Frame, command: int, *statuses: Status) -> None:
    """The frame has to answer the command, or to be a generic_nack, with one of these, or any but 0."""
    verify(hex(frame.command)).is_one_of(hex(command | ANSWER), hex(GENERIC_NACK))
    if statuses:
        verify(frame.status).is_one_of(*statuses)
    else:
        verify(frame.status).holds(bool, "a status that is not 0")


def goes_on(link: Link) -> None:
    """The session has to be as it was."""
    verify(link.ask(ENQUIRE_LINK).status).equals(Status.ROK)
