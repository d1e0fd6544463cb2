"""What granian's event loop is spared, and what the application is told of a request."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from granian.rsgi import ProtocolError

from emulator.transports.bodies import LARGEST
from emulator.transports.rsgi import LONG, MOST_STREAMED, Bridge, environ_of

Fields = list[tuple[str, str]]


@dataclass
class Protocol:
    """granian's end of a request."""

    pieces: list[bytes] = field(default_factory=list)
    broken: bool = False
    said: list[Any] = field(default_factory=list)
    hung_up_after: int = 100

    async def __call__(self) -> bytes:
        if self.broken:
            raise ProtocolError
        return b"".join(self.pieces)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            yield piece
        if self.broken:
            raise ProtocolError

    def response_bytes(self, status: int, fields: Fields, body: bytes) -> None:
        self.said += [status, fields, body]

    def response_stream(self, status: int, fields: Fields) -> "Protocol":
        self.said += [status, fields]
        return self

    async def send_bytes(self, piece: bytes) -> None:
        if len(self.said) - 2 >= self.hung_up_after:
            raise ProtocolError
        self.said.append(piece)


def scope(path: str = "/", **fields: str) -> Any:
    return asked(path, [(name.replace("_", "-"), value) for name, value in fields.items()])


def asked(path: str, headers: Fields, **others: str) -> Any:
    told = {
        "server": "[::1]:8000", "client": "[fe80::1]:4711", "scheme": "https", "http_version": "1.1",
        "method": "POST", "path": path, "query_string": "a=%20b", "authority": None, **others,
    }  # fmt: skip
    return SimpleNamespace(**told, headers=Headers(headers))


class Headers(list[tuple[str, str]]):
    def items(self) -> Fields:
        return self


class Application:
    """Tells in which thread it was, and what it read."""

    def __init__(
        self,
        answer: Callable[[], Iterable[bytes]] = lambda: [b"a", b"b"],
        read: int = 0,
        fields: Fields = [("X-Answer", "1")],  # noqa: B006
    ) -> None:
        self.threads = list[str]()
        self._answer, self._read, self._fields = answer, read, fields
        self.body = b""

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        self.threads.append(threading.current_thread().name)
        while octets := environ["wsgi.input"].read(self._read):
            self.body += octets
        start_response("201 Created", self._fields)
        return self._answer()


def served(app: Application, proto: Protocol, request: Any, *, is_swift: bool = True) -> Protocol:
    async def serve() -> None:
        bridge = Bridge(app, lambda path: is_swift, 2)
        bridge.__rsgi_init__(asyncio.get_running_loop())
        await asyncio.wait_for(bridge.__rsgi__(request, proto), 10)  # type: ignore[arg-type]

    asyncio.run(serve())
    return proto


def test_what_waits_for_nothing_is_answered_in_the_loop() -> None:
    app = Application()

    proto = served(app, Protocol(), scope())

    assert proto.said == [201, [("X-Answer", "1")], b"ab"]
    assert app.threads == ["MainThread"]


@pytest.mark.parametrize(("is_swift", "octets"), [(False, 1), (True, LONG + 1)])
def test_what_takes_a_while_is_answered_in_a_thread(is_swift: bool, octets: int) -> None:
    app = Application(read=LARGEST)

    proto = served(app, Protocol([b"x" * octets]), scope(content_length=f"{octets}"), is_swift=is_swift)

    assert proto.said[-1] == b"ab"
    assert app.threads == ["smslab-request"]
    assert len(app.body) == octets


@pytest.mark.parametrize("fields", [{"transfer_encoding": "chunked"}, {"content_length": f"{LARGEST + 1}"}])
def test_a_body_of_any_length_is_read_as_it_comes(fields: dict[str, str]) -> None:
    app = Application(read=3)

    served(app, Protocol([b"12", b"", b"3456", b"7"]), scope(**fields))

    assert app.body == b"1234567"
    assert app.threads == ["smslab-request"]


def test_of_a_body_that_breaks_off_nothing_is_there() -> None:
    app = Application(read=100)

    served(app, Protocol([b"12"], broken=True), scope(content_length="9"))

    assert app.body == b""


def test_many_small_pieces_are_put_together_once() -> None:
    app = Application(read=LARGEST + 1)

    served(app, Protocol([b"x" * 50] * 100_000), scope(transfer_encoding="chunked"))

    assert len(app.body) == 5_000_000


def test_an_answer_without_end_has_one_all_the_same() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * 2**20

    proto = served(Application(endless), Protocol(), scope())

    assert len(proto.said[2:]) == MOST_STREAMED // 2**20


def test_one_that_told_its_length_is_sent_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("emulator.transports.rsgi.MOST_STREAMED", 2)
    app = Application(lambda: iter([b"123", b"4"]), fields=[("Content-Length", "4")])

    assert served(app, Protocol(), scope()).said[2:] == [b"123", b"4"]


def test_what_comes_piece_by_piece_is_sent_by_a_thread_until_nobody_listens() -> None:
    closed = list[bool]()

    def endless() -> Iterator[bytes]:
        try:
            while True:
                yield threading.current_thread().name.encode()
        finally:
            closed.append(True)

    proto = served(Application(endless), Protocol(hung_up_after=3), scope())

    assert proto.said == [201, [("X-Answer", "1")], *3 * [b"smslab-request"]]
    assert closed == [True]


@pytest.mark.parametrize("is_swift", [True, False])
@pytest.mark.parametrize("defect", [ZeroDivisionError, StopIteration, KeyboardInterrupt])
def test_a_defect_is_logged_and_answered(
    is_swift: bool, defect: type[BaseException], defects: list[str]
) -> None:
    def broken() -> Iterable[bytes]:
        raise defect

    proto = served(Application(broken), Protocol(), scope("/there"), is_swift=is_swift)

    assert (proto.said[0], proto.said[2]) == (500, b"500 Internal Server Error\n")
    assert defects == ["defect at '/there'"]
    defects.clear()


def test_a_defect_amid_an_answer_is_logged(defects: list[str]) -> None:
    def breaking() -> Iterator[bytes]:
        yield b"1"
        raise ZeroDivisionError

    assert served(Application(breaking), Protocol(), scope()).said[2:] == [b"1"]
    assert defects == ["defect amid an answer"]
    defects.clear()


def test_the_application_is_told_what_pep_3333_asks_for() -> None:
    fields = [("content-type", "text/xml"), ("content-length", "3"), ("x-y", "z")]
    told = environ_of(asked("/caf\u00e9/x", fields, query_string="a=\u03b1"))

    assert told["PATH_INFO"] == "/caf\u00c3\u00a9/x"
    assert {
        name: told[name] for name in ("SERVER_NAME", "SERVER_PORT", "REMOTE_ADDR", "wsgi.url_scheme")
    } == {
        "SERVER_NAME": "::1",
        "SERVER_PORT": "8000",
        "REMOTE_ADDR": "fe80::1",
        "wsgi.url_scheme": "https",
    }
    assert (told["CONTENT_TYPE"], told["CONTENT_LENGTH"], told["HTTP_X_Y"]) == ("text/xml", "3", "z")
    assert (told["REQUEST_METHOD"], told["QUERY_STRING"]) == ("POST", "a=\u00ce\u00b1")


@pytest.mark.parametrize(
    ("fields", "authority", "host"),
    [([("host", "a:1")], None, "a:1"), ([("host", "a:1")], "b:2", "a:1"), ([], "b:2", "b:2"), ([], None, "")],
)
def test_the_host_is_the_one_that_was_called(fields: Fields, authority: str, host: str) -> None:
    assert environ_of(asked("/", fields, authority=authority))["HTTP_HOST"] == host


def test_a_field_that_comes_again_is_appended() -> None:
    told = environ_of(asked("/", [("x-a", "1"), ("cookie", "a=1"), ("x-a", "2"), ("cookie", "b=2")]))

    assert (told["HTTP_X_A"], told["HTTP_COOKIE"]) == ("1,2", "a=1; b=2")
