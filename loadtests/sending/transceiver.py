"""One SMPP session of a Locust user, over gevent's sockets."""

from __future__ import annotations

from collections.abc import Callable

import gevent
from gevent import Timeout, socket

from loadtests import smpp
from loadtests.planning.plan import Login
from loadtests.scenarios.template import Refused
from loadtests.sending.keepalive import Unanswered
from loadtests.smpp import Frame


class Transceiver:
    """Tells what it `heard`, answers and deliver_sm, and why it was `lost`; a greenlet reads all the time."""

    def __init__(
        self,
        address: str,
        login: Login,
        *,
        patience: float,
        heard: Callable[[Frame], None],
        lost: Callable[[str], None],
    ) -> None:
        host, _, port = address.rpartition(":")
        self._address, self._login = (host.strip("[]"), int(port)), login
        self._patience, self._heard, self._lost = patience, heard, lost
        self._socket: socket.socket | None = None

    def bind(self) -> None:
        """Nothing if it is bound. Raises Refused, or Unanswered where no word came."""
        if self._socket is not None:
            return
        try:
            with Timeout(self._patience, TimeoutError("no answer to the bind in time")):
                connected, rest = self._bound()
        except (OSError, smpp.Unreadable) as broken:
            raise Unanswered(str(broken) or type(broken).__name__) from broken
        self._socket = connected
        gevent.spawn(self._read, connected, rest)

    def _bound(self) -> tuple[socket.socket, bytes]:
        connected = socket.create_connection(self._address)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connected.sendall(smpp.bind(smpp.BIND_TRANSCEIVER, self._login))
        rest, answers = b"", list[Frame]()
        while not answers:
            answers, rest = smpp.frames(rest + received(connected))
        answer, *others = answers
        if answer.status:
            connected.close()
            raise Refused(f"no bind: {answer.refusal}")
        self._take(connected, others)
        return connected, rest

    def send(self, octets: bytes) -> None:
        """What cannot be sent is lost, and said to be."""
        if self._socket is not None:
            try:
                self._socket.sendall(octets)
            except OSError as broken:
                self._end(self._socket, str(broken))

    def _read(self, connected: socket.socket, rest: bytes) -> None:
        try:
            while True:
                frames, rest = smpp.frames(rest + received(connected))
                self._take(connected, frames)
        except (OSError, smpp.Unreadable) as broken:
            self._end(connected, str(broken))

    def _take(self, connected: socket.socket, frames: list[Frame]) -> None:
        """Pass on what was heard, then answer what wants an answer."""
        out = []
        for frame in frames:
            if frame.command == smpp.DELIVER:
                out.append(smpp.received(frame.sequence))
            elif not frame.command & smpp.ANSWER:  # enquire_link, or the other side takes its leave
                out.append(smpp.pdu(frame.command | smpp.ANSWER, frame.sequence))
                continue
            self._heard(frame)
        if out:
            connected.sendall(b"".join(out))

    def _end(self, connected: socket.socket, reason: str) -> None:
        connected.close()
        if self._socket is connected:
            self._socket = None
            self._lost(reason)


def received(connected: socket.socket) -> bytes:
    octets: bytes = connected.recv(smpp.LONGEST)
    if not octets:
        raise ConnectionError("the other side hung up")
    return octets
