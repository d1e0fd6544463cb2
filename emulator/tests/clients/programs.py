"""Clients in other languages: whether this machine has what they need, and what they print."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
LONG = 60.0


@dataclass(frozen=True, slots=True)
class Program:
    """A file beside this one and its interpreter; `probe` is a command that fails where `needs` are unmet."""

    file: str
    interpreter: tuple[str, ...]
    probe: tuple[str, ...]
    needs: str

    def command(self, *arguments: str) -> list[str]:
        """Skips the test where the program cannot run."""
        if not _works(self.probe):
            pytest.skip(f"{self.file} needs {self.needs}; .ci/run installs it where it may")
        return [*self.interpreter, str(HERE / self.file), *arguments]

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.command(*arguments),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LONG,
            check=False,
        )

    def told(self, *arguments: str) -> str:
        """The line it prints; a complaint of its own fails the test."""
        done = self.run(*arguments)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
        return done.stdout.rstrip("\n")

    def result(self, *arguments: str | list[Any]) -> Any:
        """What it prints as JSON; lists among the arguments are handed over as JSON."""
        told = self.told(*(one if isinstance(one, str) else json.dumps(one) for one in arguments))
        return json.loads(told)

    @contextmanager
    def conversing(self, *arguments: str) -> Iterator[Callable[[object], Any]]:
        """Asks it line by line for as long as the block lasts, in JSON both ways."""
        command = self.command(*arguments)
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:

            def ask(question: object) -> Any:
                assert program.stdin is not None
                assert program.stdout is not None
                program.stdin.write(json.dumps(question) + "\n")
                program.stdin.flush()
                return json.loads(program.stdout.readline())

            yield ask


@cache
def _works(probe: tuple[str, ...]) -> bool:
    try:
        done = subprocess.run(
            probe, cwd=HERE, stdin=subprocess.DEVNULL, capture_output=True, timeout=LONG, check=False
        )
    except FileNotFoundError:
        return False
    return done.returncode == 0


def perl(file: str) -> Program:
    probe = ("perl", "-MRPC::XML::Client", "-e", "1")
    return Program(file, ("perl",), probe, "Perl's RPC::XML (Debian: librpc-xml-perl)")


def php(file: str, extension: str, package: str) -> Program:
    probe = ("php", "-r", f"exit(extension_loaded('{extension}') ? 0 : 1);")
    return Program(file, ("php",), probe, f"PHP with {extension} (Debian: php-cli {package})")


def node(file: str, package: str) -> Program:
    probe = ("node", "-e", f"require('{package}')")
    return Program(file, ("node",), probe, f"Node.js and `npm install --no-save {package}`")
