"""What a run would send is known before anything is sent; what it may spend is never passed."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from conformance.bench import CLOCK, SEED, Bench
from conformance.checking import check
from conformance.clock import RehearsedClock
from conformance.control import Control
from conformance.drivers.http import HttpClient
from conformance.judge import judged
from conformance.target import Target, emulated
from conformance.tests.subjects import nowhere

LIMIT = 5

FILE = """
[isms]
http = "{address}"
username_env = "HOME"
password_env = "HOME"

[numbers]
own = ["306900000001"]

[spend]
messages = 2
"""


@pytest.fixture(scope="module")
def emulator() -> Iterator[Target]:
    """One that is treated as a stranger is: whoever sends to it has to pay."""
    with emulated(seed=SEED, clock=CLOCK, rate=600.0) as target:
        yield target


def rehearse(address: str, *arguments: str) -> str:
    result = CliRunner().invoke(check, [address, "--dry-run", *arguments])

    assert result.exit_code == 0
    return result.stdout


def test_a_dry_run_lists_requests_and_cost_and_sends_nothing(tmp_path: Path) -> None:
    address, target = nowhere(), tmp_path / "mine.toml"
    target.write_text(FILE.format(address=address))

    told = rehearse(str(target), "--only", "isms/send/new-id", "--only", "isms/send/one-id")

    assert (
        f"  GET {address}/api/http/send.php?username=demo&password=demo&from=smslab&to=306900000001" in told
    )
    assert "  costs 2 messages\n" in told
    assert "costs 2 messages, if the target refuses what it should" in told
    assert "never more than 2 messages and 0 look-ups ([spend])" in told
    assert "blocked (1 check): needs 3 own numbers; the target file lists 1 ([numbers] own)" in told


def test_a_dry_run_asks_an_address_nothing() -> None:
    address = nowhere()

    told = rehearse(address, "--only", "isms/credits/reply", "--skip", "isms/send/*")

    assert f"  GET {address}/api/http/credits.php" in told
    assert "1 check, 1 request; nothing of it was sent\n  costs nothing" in told


def test_what_the_target_calls_back_is_no_request_of_ours(tmp_path: Path) -> None:
    target = tmp_path / "mine.toml"
    more = '[callbacks]\nlisten = "127.0.0.1:0"\n[wait]\nlongest = 600\n'
    target.write_text(FILE.format(address=nowhere()) + more)

    told = rehearse(str(target), "--only", "isms/report/form")

    sent = [line for line in told.splitlines() if line.startswith(("  GET ", "  POST "))]
    assert 0 < len(sent) == int(re.findall(r"(\d+) requests?;", told)[0])


def test_a_dry_run_lists_pdus_as_well() -> None:
    told = rehearse("smpp://127.0.0.1:1", "--only", "smpp34/bind/transmitter")

    assert "  smpp://127.0.0.1:1  bind_transmitter, sequence 1," in told


@pytest.mark.parametrize(
    "area", ["isms/send", "isms/soap-send", "netoxygen/send", "ip1/send", "iro/xmlrpc", "smpp34/submit"]
)
def test_a_limit_is_obeyed_to_the_message(emulator: Target, area: str) -> None:
    own = tuple(f"3069000{number:05d}" for number in range(50))
    stranger = replace(emulator, ours=False, numbers=own, messages=LIMIT, lookups=0, longest=120.0)

    with HttpClient(emulator.base) as client:
        control = Control(client)
        control.reset()
        with closing(Bench(stranger, patience=RehearsedClock(control, 120.0))) as bench:
            run = judged(bench, only=[f"{area}/*"])
        sent = len(control.messages(limit=10_000))

    assert 0 < sent <= bench.spend.spent["messages"] <= LIMIT
    assert any(f"the target file leaves {left}" in row.reason for left in range(3) for row in run.verdicts)
