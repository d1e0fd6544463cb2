"""How programs end: one line, and a code that tells wrong usage from a harness that failed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

CALLS = """
import click
from loadtests.failures import HarnessFailed
from loadtests.program import HELP, program

@click.command(context_settings=HELP)
@click.option("--often", default=1, help="Lines.")
def main(often: int) -> None:
    {does}

program(main)
"""


def ran(does: str, *arguments: str, out: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CALLS.format(does=does), *arguments]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    return subprocess.run(
        command, stdout=out, stderr=subprocess.PIPE, env=environment, text=True, check=False
    )


@pytest.mark.parametrize(
    ("does", "code", "line"),
    [
        ("raise click.UsageError('choose one')", 2, "smslab: choose one\n"),
        ("raise HarnessFailed('nobody is there')", 3, "smslab: nobody is there\n"),
        ("open('/no/such/file')", 3, "smslab: /no/such/file: No such file or directory\n"),
        ("raise KeyboardInterrupt", 130, "smslab: interrupted\n"),
        ("import os; os.kill(os.getpid(), 15)", 130, "smslab: interrupted\n"),
        ("raise SystemExit(1)", 1, ""),
        ("pass", 0, ""),
    ],
)
def test_every_end_has_its_code_and_at_most_one_line(does: str, code: int, line: str) -> None:
    done = ran(does)

    assert (done.returncode, done.stderr.lstrip()) == (code, line)


def test_help_is_there_under_both_names_with_defaults() -> None:
    done = ran("pass", "-h")

    assert "default: 1" in done.stdout
    assert "-h, --help" in done.stdout


@pytest.mark.parametrize("often", ["1", "100000"])
def test_a_reader_who_has_seen_enough_is_no_error_to_speak_of(often: str) -> None:
    with subprocess.Popen(["true"], stdin=subprocess.PIPE) as reader:
        reader.wait()
        assert reader.stdin is not None
        done = ran("print('line' * often)", "--often", often, out=reader.stdin.fileno())

    assert (done.returncode, done.stderr) == (1, "")
