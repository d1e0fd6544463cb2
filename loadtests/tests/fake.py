"""A gateway in a page: enough iSMS for a load run, with flaws on request."""

from __future__ import annotations

import itertools
import threading
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit


class Flaw(StrEnum):
    FORGETS_A_MESSAGE = "forgets a message"
    FORGETS_A_RECEIPT = "forgets a receipt"
    REPEATS_A_RECEIPT = "repeats a receipt"
    OVERCHARGES = "overcharges"
    REFUSES_ONE = "refuses one"
    HANGS_UP = "takes a call and hangs up"
    STALLS = "stalls once"


class Fake(ThreadingHTTPServer):
    """`flaws` says at which calls, counted from 1, what goes wrong."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, flaws: Mapping[int, Flaw]) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.flaws = flaws
        self.credit = Decimal("1000.00")
        self.stored: set[tuple[str, str]] = set()
        self.calls = itertools.count(1)
        self.lock = threading.Lock()
        self.stall = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def sent(self, to: list[str], callback: str) -> str | None:
        with self.lock:
            call = next(self.calls)
            flaw = self.flaws.get(call)
            if flaw is Flaw.REFUSES_ONE:
                return "Error: Insufficient credits."
            self.credit -= len(to) * (2 if flaw is Flaw.OVERCHARGES else 1)
            reference = f"ID{call:08d}"
            if flaw is not Flaw.FORGETS_A_MESSAGE:
                self.stored |= {(reference, number) for number in to}
        if flaw is Flaw.STALLS:
            self.stall.wait(1.0)
        reports = 0 if flaw is Flaw.FORGETS_A_RECEIPT else 2 if flaw is Flaw.REPEATS_A_RECEIPT else 1
        for number in to * reports:
            threading.Thread(target=report, args=(callback, reference, number), daemon=True).start()
        return None if flaw is Flaw.HANGS_UP else f"ID:{reference}"


def report(callback: str, reference: str, number: str) -> None:
    body = urlencode({"mid": reference, "mobile": number, "status": "Delivered"}).encode()
    with urllib.request.urlopen(callback, body, timeout=5) as answer:
        answer.read()


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one segment, or each answer waits 40 ms for an acknowledgement
    server: Fake

    def do_GET(self) -> None:
        target = urlsplit(self.path)
        fields = {name: values[-1] for name, values in parse_qs(target.query).items()}
        answer = self.answer(target.path, fields)
        if answer is None:
            self.close_connection = True
            return
        body = answer.encode()
        self.send_response(404 if target.path.startswith("/_emulator") else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer(self, path: str, fields: dict[str, str]) -> str | None:
        match path.rpartition("/")[2]:
            case "send.php":
                return self.server.sent(fields["to"].split(","), fields["dlr-url"])
            case "query.php":
                known = (fields["mid"], fields["mobile"]) in self.server.stored
                return "Status: Delivered" if known else "Error: No such message or recipient."
            case "credits.php":
                return f"Credits:{self.server.credit:.2f}"
        return "no such page"

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def fake(flaws: Mapping[int, Flaw] | None = None) -> Iterator[Fake]:
    with Fake(flaws or {}) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.stall.set()
        server.shutdown()
        thread.join()
