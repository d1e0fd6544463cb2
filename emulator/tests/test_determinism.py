"""The promise: same seed, same clock at rate 0, same requests, same bytes: on every Python and every run."""

import hashlib
from pathlib import Path

import pytest
from werkzeug.test import Client

from emulator.app import Emulator, composed, start_of
from emulator.settings import fixtures

SCRIPT = fixtures() / "scripts" / "isms.script"
REPLIES = fixtures() / "scripts" / "isms.replies"

RUNS = 20


def emulator() -> Emulator:
    return composed(start_of(seed=2017, clock="2017-05-11T11:40:00Z", rate=0.0))


def replies(script: Path) -> list[str]:
    """One line a request: its number, the status, and the reply, or the digest of a long one."""
    subject = emulator()
    client = Client(subject.wsgi)
    return [reply(client, *line.split(" ", 2)) for line in script.read_text("utf-8").splitlines()]


def reply(client: Client, method: str, target: str, body: str = "") -> str:
    kind = "application/json" if body.startswith("{") else "application/x-www-form-urlencoded"
    answer = client.open(target, method=method, data=body or None, content_type=kind if body else None)
    octets = answer.get_data()
    said = octets.decode() if len(octets) <= 100 else f"sha256 {hashlib.sha256(octets).hexdigest()}"
    return f"{answer.status_code} {said.strip()}"


def test_the_recorded_script_gets_the_recorded_bytes() -> None:
    """Recorded once, on one Python; a difference is a broken promise, or a change to be told of."""
    expected = REPLIES.read_text("utf-8").splitlines()

    assert replies(SCRIPT) == expected


@pytest.mark.parametrize("run", range(RUNS))
def test_any_run_gives_the_same_bytes(run: int) -> None:
    assert replies(SCRIPT) == REPLIES.read_text("utf-8").splitlines()


def test_the_script_is_long_enough_to_mean_something() -> None:
    assert len(SCRIPT.read_text("utf-8").splitlines()) >= 200
