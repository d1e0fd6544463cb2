"""Small servers to judge."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[str], bytes]


@contextmanager
def answering(answer: Answer, status: Callable[[str], int] = lambda target: 200) -> Iterator[str]:
    """The address of a server that answers `answer(target)`, with 200 unless `status` has another."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = answer(self.path)
            self.send_response(status(self.path))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_PUT = do_DELETE = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def missing(start: str) -> Iterator[str]:
    """The address of a server that has nothing below a path, and says hello elsewhere."""
    with answering(
        lambda target: b"hello", lambda target: 404 if target.startswith(start) else 200
    ) as address:
        yield address


@contextmanager
def saying(*replies: bytes, after_each: Callable[[], None] = lambda: None) -> Iterator[str]:
    """The address of a socket that sends each caller the next of `replies` and hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for reply in replies:
            with listener.accept()[0] as connection:
                connection.recv(65536)
                connection.sendall(reply)
            after_each()

    speaker = threading.Thread(target=serve, daemon=True)
    speaker.start()
    with listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        speaker.join(5)


@contextmanager
def mortal(*replies: bytes) -> Iterator[str]:
    """The address of a socket that sends each caller the next of `replies`, and then is gone."""
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"

    def serve() -> None:
        with listener:
            for reply in replies:
                with listener.accept()[0] as connection:
                    if connection.recv(65536):
                        connection.sendall(reply)

    speaker = threading.Thread(target=serve, daemon=True)
    speaker.start()
    yield address
    speaker.join(5)


@contextmanager
def silence() -> Iterator[str]:
    """The address of a socket that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def nowhere() -> str:
    """An address at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"
