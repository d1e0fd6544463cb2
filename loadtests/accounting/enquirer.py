"""Asking an SMSC what became of messages: query_sm over a session of each account."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from loadtests import smpp
from loadtests.accounting.ledger import Key
from loadtests.accounting.reconciliation import Found
from loadtests.failures import HarnessFailed
from loadtests.planning.plan import Login, Plan
from loadtests.scenarios.scenario import SmppScenario
from loadtests.scenarios.template import Refused
from loadtests.smpp import Frame

PATIENCE = 60.0  # seconds for an answer
UNKNOWN = (0x0C, 0x67)  # ESME_RINVMSGID, and ESME_RQUERYFAIL


class Enquirer:
    """Sessions open with the first question to their account; as transmitters they take nobody's receipts."""

    def __init__(self, plan: Plan, scenario: SmppScenario) -> None:
        self._plan, self._numbers = plan, scenario.numbers
        self._sessions: dict[Login, Transmitter] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _v: BaseException | None, _b: TracebackType | None
    ) -> None:
        self._stack.close()

    def states(self, keys: Sequence[Key]) -> Iterator[Found]:
        """What the target denies is left out. Raises Refused for any other refusal."""
        for key in keys:
            answer = self._session(self._owner(key.number)).query(key.reference)
            if answer.status and answer.status not in UNKNOWN:
                raise Refused(answer.refusal)
            if not answer.status and smpp.identifier(answer.body) == key.reference:
                yield Found(reference=key.reference, number=key.number, delivered=smpp.state(answer.body))

    def _owner(self, number: str) -> Login:
        """The account that sent to a number of ours."""
        slot = self._numbers.slot(number, 1)
        assert slot is not None
        return self._plan.logins[self._plan.owner(slot)]

    def _session(self, login: Login) -> Transmitter:
        if login not in self._sessions:
            self._sessions[login] = self._stack.enter_context(Transmitter(self._plan.smpp, login))
        return self._sessions[login]


class Transmitter:
    """A session that asks one thing at a time. Raises HarnessFailed where no answer comes."""

    def __init__(self, address: str, login: Login) -> None:
        self._address, self._login = address, login
        self._rest, self._sequence = b"", 1

    def __enter__(self) -> Self:
        host, _, port = self._address.rpartition(":")
        try:
            self._socket = socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            raise HarnessFailed(f"{self._address} cannot be reached: {error.strerror or error}") from None
        try:
            self._bind()
        except HarnessFailed:
            self._socket.close()
            raise
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _v: BaseException | None, _b: TracebackType | None
    ) -> None:
        self._socket.close()

    def _bind(self) -> None:
        answer = self._asked(smpp.bind(smpp.BIND_TRANSMITTER, self._login))
        if answer.status:
            raise HarnessFailed(f"{self._address} grants no bind: {answer.refusal}")

    def query(self, reference: str) -> Frame:
        self._sequence += 1
        return self._asked(smpp.query(self._sequence, reference))

    def _asked(self, octets: bytes) -> Frame:
        try:
            self._socket.sendall(octets)
            while True:
                for frame in self._frames():
                    if frame.command & smpp.ANSWER:
                        return frame
                    self._socket.sendall(smpp.pdu(frame.command | smpp.ANSWER, frame.sequence))
        except (OSError, smpp.Unreadable) as broken:
            raise HarnessFailed(f"{self._address} does not answer: {broken}") from None

    def _frames(self) -> Sequence[Frame]:
        octets = self._socket.recv(smpp.LONGEST)
        if not octets:
            raise ConnectionError("it hung up")
        frames, self._rest = smpp.frames(self._rest + octets)
        return frames
