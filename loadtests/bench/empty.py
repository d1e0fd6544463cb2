"""The yardstick: Flask views that do nothing, behind granian with as many threads as serve them best.

`python -m loadtests.bench.empty --port 0 --ready-file F`
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from pathlib import Path

from flask import Flask, Response
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from emulator.tuning import BACKLOG, tune_interpreter

THREADS = 4

RESULT = "<methodResponse><params><param><value><int>1</int></value></param></params></methodResponse>"


def app() -> Flask:
    empty = Flask("empty")

    @empty.get("/api/http/send.php")
    def send() -> Response:
        return Response("ID:I7I5R4HTAA", mimetype="text/html")

    @empty.post("/api2/")
    def send_message() -> Response:
        return Response(RESULT, mimetype="text/xml")

    return empty


def announce(port: int, ready: Path) -> None:
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.01)
    unfinished = ready.with_suffix(".tmp")
    unfinished.write_text(json.dumps({"http": f"http://127.0.0.1:{port}"}), "utf-8")
    unfinished.replace(ready)


def main() -> None:
    ready = Path(sys.argv[sys.argv.index("--ready-file") + 1])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def loaded() -> Flask:
        empty = app()
        tune_interpreter()
        threading.Thread(target=announce, args=(port, ready), daemon=True).start()
        return empty

    MPServer(
        "empty",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backlog=BACKLOG,
        log_level=LogLevels.error,
    ).serve(target_loader=loaded, wrap_loader=False)


if __name__ == "__main__":
    main()
