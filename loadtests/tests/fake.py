"""A gateway in a page: enough of a provider for a load run, with flaws on request."""

from __future__ import annotations

import itertools
import threading
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit


class Flaw(StrEnum):
    FORGETS_A_MESSAGE = "forgets a message"
    FORGETS_A_RECEIPT = "forgets a receipt"
    REPEATS_A_RECEIPT = "repeats a receipt"
    REPEATS_A_REFERENCE = "repeats a reference"
    NEVER_FINISHES = "never finishes"
    OVERCHARGES = "overcharges"
    MISCOUNTS = "counts one too many on the bill"
    REFUSES_ONE = "refuses one"
    HANGS_UP = "takes a call and hangs up"
    STALLS = "stalls once"


@dataclass(slots=True, kw_only=True)
class Books:
    """What a gateway keeps. `flaws` says at which calls, counted from 1, what goes wrong."""

    price: Decimal = Decimal("1.00")
    flaws: Mapping[int, Flaw] = field(default_factory=dict)
    spent: Decimal = Decimal(0)
    counted: int = 0
    stored: dict[tuple[int, str], str] = field(default_factory=dict)  # call and number to the state
    calls: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    lock: threading.Lock = field(default_factory=threading.Lock)
    stall: threading.Event = field(default_factory=threading.Event)

    @property
    def credit(self) -> Decimal:
        return Decimal("1000.00") - self.spent

    def take(self, *to: str) -> tuple[int, Flaw | None]:
        """The number of the call, which is its reference, and what goes wrong with it."""
        with self.lock:
            call = next(self.calls)
            flaw = self.flaws.get(call)
            call -= flaw is Flaw.REPEATS_A_REFERENCE
            if flaw is not Flaw.REFUSES_ONE:
                self.spent += self.price * len(to) * (2 if flaw is Flaw.OVERCHARGES else 1)
                self.counted += len(to) + (flaw is Flaw.MISCOUNTS)
                state = "pending" if flaw is Flaw.NEVER_FINISHES else "delivered"
                if flaw is not Flaw.FORGETS_A_MESSAGE:
                    self.stored |= {(call, number): state for number in to}
        if flaw is Flaw.STALLS:
            self.stall.wait(1.0)
        return call, flaw


Speech = Callable[[Books, str, bytes], str | None]  # path, body of a POST; None hangs up


def isms(books: Books, path: str, _body: bytes) -> str | None:
    target = urlsplit(path)
    fields = {name: values[-1] for name, values in parse_qs(target.query).items()}
    match target.path.rpartition("/")[2]:
        case "send.php":
            return sent(books, fields["to"].split(","), fields.get("dlr-url"))
        case "query.php":
            known = (int(fields["mid"][2:]), fields["mobile"]) in books.stored
            return "Status: Delivered" if known else "Error: No such message or recipient."
        case "credits.php":
            return f"Credits:{books.credit:.2f}"
    return "no such page"


def sent(books: Books, to: list[str], callback: str | None) -> str | None:
    call, flaw = books.take(*to)
    if flaw is Flaw.REFUSES_ONE:
        return "Error: Insufficient credits."
    reports = 0 if flaw is Flaw.FORGETS_A_RECEIPT else 2 if flaw is Flaw.REPEATS_A_RECEIPT else 1
    for number in to * reports if callback else ():
        threading.Thread(target=report, args=(callback, f"ID{call:08d}", number), daemon=True).start()
    return None if flaw is Flaw.HANGS_UP else f"ID:ID{call:08d}"


def report(callback: str, reference: str, number: str) -> None:
    body = urlencode({"mid": reference, "mobile": number, "status": "Delivered"}).encode()
    with urllib.request.urlopen(callback, body, timeout=5) as answer:
        answer.read()


class Fake(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, books: Books, speech: Speech) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.books, self.speech = books, speech

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one segment, or each answer waits 40 ms for an acknowledgement
    server: Fake

    def do_GET(self) -> None:
        octets = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        answer = self.server.speech(self.server.books, self.path, octets)
        if answer is None:
            self.close_connection = True
            return
        body = answer.encode()
        self.send_response(404 if self.path.startswith("/_emulator") else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def fake(
    flaws: Mapping[int, Flaw] | None = None, speech: Speech = isms, price: str = "1.00"
) -> Iterator[Fake]:
    books = Books(flaws=flaws or {}, price=Decimal(price))
    with Fake(books, speech) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        books.stall.set()
        server.shutdown()
        thread.join()
