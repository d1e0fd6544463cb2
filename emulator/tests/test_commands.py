"""The program `smslab`: what it starts, what it refuses, and that it never answers with a traceback."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from urllib.request import urlopen

import pytest

from emulator.__main__ import COMMANDS, main

PATIENCE = 30


def ended(*arguments: str) -> int | str | None:
    """The exit code of the program in this process."""
    with pytest.raises(SystemExit) as exit:
        main(arguments)
    return exit.value.code


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended("--help") == 0

    shown = capsys.readouterr().out
    assert all(f"  {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_page_of_its_own(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(command, "--help") == 0
    assert f"Usage: smslab {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nonsense"], "No such command 'nonsense'."),
        (["serve", "--nonsense"], "No such option '--nonsense'."),
        (["serve", "--port", "70000"], "70000 is not in the range 0<=x<=65535"),
        (["serve", "--port", "0", "--rate", "-1"], "-1.0 is not in the range x>=0"),
        (["serve", "--port", "0", "--clock", "noon"], "'noon' is no moment: write 2026-03-02T09:00:00Z"),
        (["serve", "--port", "0", "--world", "nowhere.toml"], "nowhere.toml: no such file"),
        (["serve", "--port", "0", "--host", "0.0.0.0"], "protect the control API with --control-token"),
        (["serve", "--port", "0", "--host", "192.0.2.1"], "--host 192.0.2.1: "),
        (["exec"], "Missing argument 'COMMAND...'."),
        (["exec", "--clock", "noon", "--", "true"], "'noon' is no moment"),
        (["exec", "--", "no-such-program"], "no-such-program: No such file or directory"),
    ],
)
def test_wrong_usage_is_one_line_and_code_two(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(*arguments) == 2

    said = capsys.readouterr().err
    assert said.startswith("smslab: ")
    assert said.count("\n") == 1
    assert says in said


def test_a_port_in_use_is_told_before_anything_starts(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        assert ended("serve", "--port", str(port)) == 2

    assert "Address already in use; --port 0 picks a free one" in capsys.readouterr().err


def test_exec_tells_the_command_where_to_go(tmp_path: Path) -> None:
    script = (
        "import os, pathlib, sys, urllib.request as web;"
        "url = os.environ['SMSLAB_ISMS_URL'] + '/credits.php?username=demo&password=demo';"
        "pathlib.Path(sys.argv[1]).write_bytes(web.urlopen(url).read());"
        "assert os.environ['SMSLAB_ISMS_URL'] == os.environ['SMSLAB_URL'] + '/api/http'"
    )

    assert ended("exec", "--rate", "0", "--", sys.executable, "-c", script, str(tmp_path / "said")) == 0

    assert (tmp_path / "said").read_text() == "Credits:3948.47"


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("raise SystemExit(0)", 0),
        ("raise SystemExit(7)", 7),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", 143),
    ],
)
def test_exec_ends_with_the_code_of_its_command(script: str, code: int) -> None:
    """A command that a signal ended is told as a shell tells it."""
    assert ended("exec", "--", sys.executable, "-c", script) == code


def test_serve_answers_once_it_says_so_and_stops_when_told(tmp_path: Path) -> None:
    ready = tmp_path / "ready.json"
    program = [sys.executable, "-m", "emulator", "serve", "--port", "0", "--ready-file", str(ready)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        printed = "".join(iter_until("# inbox", server.stdout))
        told = json.loads(ready.read_text())
        with urlopen(f"{told['http']}/api/http/credits.php?username=demo&password=demo") as answer:
            said = answer.read()
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE)

    assert said == b"Credits:3948.47"
    assert f"export SMSLAB_URL={told['http']}\n" in printed
    assert told["pid"] == server.pid


def iter_until(last: str, lines: IO[str]) -> Iterator[str]:
    """The lines up to the one that begins so."""
    for line in lines:
        yield line
        if line.startswith(last):
            return
