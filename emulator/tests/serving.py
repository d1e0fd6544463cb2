"""`smslab serve` as a process, for tests that want a program of its own."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from emulator.tests.admin.listening import LONG

Ready = dict[str, Any]


class Serving:
    """A running `smslab serve`: the process, what its ready file said, and what it printed so far."""

    def __init__(self, process: "subprocess.Popen[str]", ready_file: Path) -> None:
        self.process, self.ready_file = process, ready_file
        self.printed: list[str] = []
        assert process.stdout is not None
        for line in process.stdout:  # the block comes after the ready file, its last line names the page
            self.printed.append(line)
            if "stop with Ctrl-C" in line:
                break
        self.ready: Ready = json.loads(ready_file.read_text())
        self.url: str = self.ready["http"]

    @property
    def workers(self) -> list[int]:
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def get(self, path: str, **headers: str) -> str:
        request = urllib.request.Request(self.url + path, headers=headers)
        with urllib.request.urlopen(request, timeout=LONG) as answer:
            text: str = answer.read().decode()
            return text


@contextmanager
def serving(folder: Path, *options: str, **variables: str) -> Iterator[Serving]:
    ready_file = folder / "ready.json"
    command = [
        sys.executable,
        "-m",
        "emulator",
        "serve",
        "--port",
        "0",
        "--smpp-port",
        "0",
        "--ready-file",
        str(ready_file),
        *options,
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, **variables}
    ) as process:
        try:
            yield Serving(process, ready_file)
        finally:
            process.terminate()
            process.wait(LONG)
