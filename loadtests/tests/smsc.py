"""An SMSC in a page: binds, submits with a receipt each, queries; with flaws on request."""

from __future__ import annotations

import socketserver
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum

from loadtests import smpp
from loadtests.smpp import ANSWER, HEADER, Frame

REFUSED, THROTTLED, UNKNOWN = 0x45, 0x58, 0x0C


class Flaw(StrEnum):
    REFUSES = "refuses one"
    HANGS_UP = "takes a submit and hangs up"
    IGNORES = "takes a submit and says nothing"
    FORGETS_A_RECEIPT = "forgets a receipt"
    MISNAMES_A_RECEIPT = "names another message in a receipt"


class Fake(socketserver.ThreadingTCPServer):
    """`flaws` says at which submits, counted from 1, what goes wrong; of `most` submits it takes no more."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, flaws: Mapping[int, Flaw], most: int, bind: int) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.flaws, self.most, self.bind = flaws, most, bind
        self.submits = self.alive = 0
        self.senders = Counter[str]()  # by system_id
        self.lock = threading.Lock()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class Talk(socketserver.BaseRequestHandler):
    server: Fake
    login = ""

    def handle(self) -> None:
        rest = b""
        while octets := self.request.recv(65_536):
            asked, rest = smpp.frames(rest + octets)
            for frame in asked:
                if self.answered(frame) is None:
                    return

    def answered(self, frame: Frame) -> bool | None:
        """None hangs up."""
        match frame.command:
            case smpp.BIND_TRANSCEIVER | smpp.BIND_TRANSMITTER:
                self.login = smpp.identifier(frame.body)
                self.say(frame, b"fake\0", self.server.bind)
                self.request.sendall(smpp.pdu(smpp.ENQUIRE, 1))
            case alive if alive == smpp.ENQUIRE | ANSWER:
                self.server.alive += 1
            case smpp.SUBMIT:
                return self.submitted(frame)
            case smpp.QUERY:
                reference = smpp.identifier(frame.body)
                self.say(frame, reference.encode() + b"\0\0" + bytes((2, 0)))
        return True

    def submitted(self, frame: Frame) -> bool | None:
        with self.server.lock:
            self.server.submits += 1
            self.server.senders[self.login] += 1
            number, most = self.server.submits, self.server.most
        flaw = self.server.flaws.get(number)
        if flaw is Flaw.HANGS_UP:
            return None
        if number > most or flaw is Flaw.REFUSES:
            self.say(frame, b"", THROTTLED if number > most else REFUSED)
        elif flaw is not Flaw.IGNORES:
            self.say(frame, f"M{number}\0".encode())
            if flaw is not Flaw.FORGETS_A_RECEIPT:
                self.report(frame, f"M{number + (flaw is Flaw.MISNAMES_A_RECEIPT) * 1000}")
        return True

    def say(self, frame: Frame, body: bytes, status: int = 0) -> None:
        length = HEADER.size + len(body)
        self.request.sendall(HEADER.pack(length, frame.command | ANSWER, status, frame.sequence) + body)

    def report(self, frame: Frame, reference: str) -> None:
        """Source and destination change places; of appendix B's words as many as are read."""
        to = frame.body[len(smpp.BEFORE) : frame.body.index(0, len(smpp.BEFORE))]
        words = f"id:{reference} sub:001 dlvrd:001 stat:DELIVRD err:000".encode()
        body = b"\0\1\1" + to + b"\0\0\0\0" + b"\4\0\0\0\0\0\0\0\0" + bytes((len(words),)) + words
        self.request.sendall(smpp.pdu(smpp.DELIVER, 1, body))


@contextmanager
def fake(flaws: Mapping[int, Flaw] | None = None, *, most: int = 1_000_000, bind: int = 0) -> Iterator[Fake]:
    """With `bind`, that command_status is the answer to every bind."""
    with Fake(flaws or {}, most, bind) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
