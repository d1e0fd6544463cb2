"""Kannel between a test and the SMSC: its bearerbox speaks SMPP, its smsbox speaks HTTP with the test."""

import os
import queue
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

T = TypeVar("T")

PATH = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin"))
BOXES = "bearerbox", "smsbox"

LONG = 30.0
"""Seconds after which a test gives up waiting."""

CONFIGURATION = """
group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = kannel
smsbox-port = {boxes}
smsbox-interface = 127.0.0.1
log-file = {folder}/bearerbox.log

group = smsc
smsc = smpp
smsc-id = smslab
host = {host}
port = {port}
transceiver-mode = true
smsc-username = {system_id}
smsc-password = {password}
system-type = ""
reconnect-delay = 1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {sendsms}
sendsms-interface = 127.0.0.1
log-file = {folder}/smsbox.log

group = sendsms-user
username = tester
password = tester
max-messages = 10
concatenation = true

group = sms-service
keyword = default
get-url = "http://127.0.0.1:{sink}/letter?from=%p&text=%b&charset=%C&coding=%c"
max-messages = 0
"""

Told = Mapping[str, str]
"""What Kannel called with: fields by name."""


def is_here() -> bool:
    return all(which(box, path=PATH) for box in BOXES)


class Sink(ThreadingHTTPServer):
    """Where Kannel tells of receipts and letters."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Call)
        self.told = {"/receipt": queue.SimpleQueue[Told](), "/letter": queue.SimpleQueue[Told]()}


class Call(BaseHTTPRequestHandler):
    server: Sink

    def do_GET(self) -> None:
        target = urlsplit(self.path)
        fields = parse_qsl(target.query, keep_blank_values=True, encoding="latin-1")
        self.server.told[target.path].put(dict(fields))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Kannel:
    """A running gateway."""

    def __init__(self, sendsms: int, sink: Sink) -> None:
        self._url = f"http://127.0.0.1:{sendsms}/cgi-bin/sendsms"
        self._sink = sink

    def send(self, to: str, text: str, **fields: str) -> str:
        """Its answer; a receipt is told under the number."""
        receipt = f"http://127.0.0.1:{self._sink.server_port}/receipt?to={to}&kind=%d&words=%A"
        login = {"username": "tester", "password": "tester", "from": "smslab", "charset": "UTF-8"}
        asked = {**login, "to": to, "text": text, "dlr-mask": "3", "dlr-url": receipt, **fields}
        with urllib.request.urlopen(f"{self._url}?{urlencode(asked)}", timeout=LONG) as answer:
            return str(answer.read().decode())

    def receipt(self) -> Told:
        return self._sink.told["/receipt"].get(timeout=LONG)

    def letter(self) -> Told:
        return self._sink.told["/letter"].get(timeout=LONG)


@contextmanager
def kannel(folder: Path, smsc: str, system_id: str, password: str) -> Iterator[Kannel]:
    """Both boxes, ready to send; they end with the block."""
    host, _, port = smsc.rpartition(":")
    admin, boxes, sendsms = free_ports(3)
    with Sink() as sink:
        threading.Thread(target=sink.serve_forever, args=(0.02,), daemon=True).start()
        places = {"admin": admin, "boxes": boxes, "sendsms": sendsms, "sink": sink.server_port}
        login = {"host": host, "port": port, "system_id": system_id, "password": password}
        file = folder / "kannel.conf"
        file.write_text(CONFIGURATION.format(folder=folder, **places, **login))
        with ExitStack() as running:
            for name, listening in (("bearerbox", boxes), ("smsbox", sendsms)):
                running.enter_context(box(name, file))
                awaited(partial(listens, listening), f"Kannel's {name}")
            status = f"http://127.0.0.1:{admin}/status.txt?password=kannel"
            awaited(partial(is_online, status), "Kannel's bind")
            yield Kannel(sendsms, sink)
        sink.shutdown()


def free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


@contextmanager
def box(name: str, configuration: Path) -> Iterator[None]:
    """Kannel takes long to say farewell: it is not waited for."""
    program = which(name, path=PATH)
    assert program is not None
    with subprocess.Popen(
        [program, "-v", "4", str(configuration)],
        cwd=configuration.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield
        finally:
            process.kill()


def awaited(found: Callable[[], T], what: str) -> T:
    """What is found, once there is something."""
    give_up, pause = time.monotonic() + LONG, threading.Event()
    while not (something := found()):
        assert time.monotonic() < give_up, f"waited in vain for {what}"
        pause.wait(0.01)
    return something


def listens(port: int) -> bool:
    with suppress(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    return False


def is_online(status: str) -> bool:
    """Whether the session is bound and the smsbox has introduced itself."""
    with urllib.request.urlopen(status, timeout=LONG) as answer:
        told = answer.read().decode()
    return "(online " in told and "smsbox" in told
