"""A listener for callbacks: it keeps what arrives and answers as it was told."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qsl

from conformance.tape import By, Exchange, Tape

LONGEST_BODY = 8 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """`fields` are those of a form, the last one of a name; `target` is path and query as they travelled."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def fields(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(errors="replace"), keep_blank_values=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`hang` is how many seconds pass before the answer, or until the receiver closes."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: float = 0.0


class Receiver:
    """Listens while entered. Answers are those given to `answers`, one after the other, then 200.

    A `prompt` target has called back when it says that its clock was moved: little is waited for then.
    """

    def __init__(
        self,
        listen: tuple[str, int] = ("127.0.0.1", 0),
        *,
        address: str | None = None,
        tape: Tape | None = None,
        prompt: bool = False,
    ) -> None:
        self._patience, self._settle = (0.5, 0.03) if prompt else (3.0, 0.2)
        self._changed = threading.Condition()
        self._callbacks: list[Callback] = []
        self._answers: list[Answer] = []
        self._tape = tape
        self._closing = threading.Event()
        self._server = _Server(listen, self)
        host, port = self._server.server_address[:2]
        self.address = address or f"http://{host!s}:{port}"

    def __enter__(self) -> "Receiver":
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    def url(self, path: str = "/dlr") -> str:
        """Where callbacks for this receiver go, path and query included."""
        return self.address + path

    def answers(self, *answers: Answer) -> None:
        """What the next callbacks get."""
        with self._changed:
            self._answers += answers

    def wait(self, count: int = 1, *, timeout: float | None = None) -> list[Callback]:
        """As soon as `count` callbacks have come: all of them; those that came, when time runs out before."""
        with self._changed:
            patience = self._patience if timeout is None else timeout
            self._changed.wait_for(lambda: len(self._callbacks) >= count, patience)
            return list(self._callbacks)

    def callbacks(self, *, settle: float | None = None) -> list[Callback]:
        """All that came, after `settle` seconds without another: to see that nothing more arrives."""
        with self._changed:
            while self._changed.wait(self._settle if settle is None else settle):
                continue
            return list(self._callbacks)

    def took(self, callback: Callback) -> Answer:
        with self._changed:
            self._callbacks.append(callback)
            self._changed.notify_all()
            return self._answers.pop(0) if self._answers else Answer()

    def hang(self, seconds: float) -> None:
        self._closing.wait(seconds)

    def record(self, request: bytes, response: bytes, began: float) -> None:
        if self._tape is not None:
            took = time.perf_counter() - began
            self._tape.record(
                Exchange(
                    by=By.SUBJECT,
                    surface="callback",
                    base=self.address,
                    request=request,
                    response=response,
                    took=took,
                )
            )


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, listen: tuple[str, int], receiver: Receiver) -> None:
        self.receiver = receiver
        super().__init__(listen, _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller who hangs up early is the caller's business."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    raw_requestline: bytes

    def do_POST(self) -> None:
        began = time.perf_counter()
        length = min(int(self.headers.get("Content-Length") or 0), LONGEST_BODY)
        body = self.rfile.read(length)
        answer = self.server.receiver.took(
            Callback(method=self.command, target=self.path, headers=dict(self.headers.items()), body=body)
        )
        self.server.receiver.hang(answer.hang)
        octets = _written(answer)
        self.server.receiver.record(self._request(body), octets, began)
        self.close_connection = True
        self.wfile.write(octets)

    do_GET = do_PUT = do_HEAD = do_DELETE = do_POST

    def _request(self, body: bytes) -> bytes:
        headers = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        return self.raw_requestline + f"{headers}\r\n".encode("latin-1", "replace") + body

    def log_message(self, format: str, *args: object) -> None:
        """What came is on the tape; nothing is printed."""


def _written(answer: Answer) -> bytes:
    headers = {"Content-Length": str(len(answer.body)), "Connection": "close", **answer.headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {answer.status} Callback\r\n{lines}\r\n".encode() + answer.body
