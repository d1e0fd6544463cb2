"""The promise: same seed, same clock at rate 0, same requests, same bytes: on every Python and every run."""

import hashlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs
from werkzeug.test import Client, TestResponse

from emulator.app import Emulator, composed, start_of
from emulator.settings import fixtures
from emulator.store.vault import MEMORY, opened
from emulator.tests.peers import Peer, peers

SCRIPTS = sorted((fixtures() / "scripts").glob("*.script"))

RUNS = {"isms": 20}
"""Of a script; the others have a few."""

FEW = 5

KINDS = {**dict.fromkeys('{["', "application/json"), "<": "text/xml"}
"""Of bodies, by how they begin; any other is a form."""

every_script = pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)


EARLIER = {"isms", "netoxygen", "iro"}
"""Dialects whose scripts were recorded when there were no customers but theirs: exports name them all."""


def emulator(script: Path, store: str) -> Emulator:
    start = start_of(seed=2017, clock="2017-05-11T11:40:00Z", rate=0.0)
    if script.stem.partition("-")[0] in EARLIER:
        known = {name: rows for name, rows in start.world.accounts.items() if name in EARLIER}
        start = replace(start, world=structs.replace(start.world, accounts=known))
    return composed(start, vault=opened(store))


def recorded(script: Path) -> Path:
    return script.with_suffix(".replies")


def replies(script: Path, store: str = MEMORY) -> list[str]:
    """One line a request: the status, and the reply or the digest of a long one."""
    subject = emulator(script, store)
    client = Client(subject.wsgi)
    with closing(subject.spaces), peers(subject) as known:
        return [reply(client, known, *line.split(" ", 2)) for line in script.read_text("utf-8").splitlines()]


def reply(client: Client, known: dict[str, Peer], asked: str, target: str, body: str = "") -> str:
    """What a line is answered with: a method, perhaps with a bearer's token (GET@token), target and body.

    Over SMPP it is a peer (SMPP@name), a command and the fields of its PDU.
    """
    if asked.startswith("SMPP@"):
        return told(known[asked.removeprefix("SMPP@")].says(target, body))
    answer = answered(client, asked, target, body)
    octets = answer.get_data()
    said = octets.decode() if len(octets) <= 100 else f"sha256 {hashlib.sha256(octets).hexdigest()}"
    return f"{answer.status_code} {said.strip()}".replace("\n", "\\n")


def answered(client: Client, asked: str, target: str, body: str = "") -> TestResponse:
    """The answer to a line that is not said over SMPP."""
    method, _, token = asked.partition("@")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    kind = KINDS.get(body[:1], "application/x-www-form-urlencoded")
    return client.open(
        target, method=method, data=body or None, content_type=kind if body else None, headers=headers
    )


def told(octets: bytes) -> str:
    """How many octets came over SMPP, and which."""
    short = len(octets) <= 100
    return (
        f"{len(octets)} {octets.hex() if short else f'sha256 {hashlib.sha256(octets).hexdigest()}'}".rstrip()
    )


@every_script
def test_the_recorded_script_gets_the_recorded_bytes(script: Path) -> None:
    """Recorded once, on one Python; a difference is a broken promise, or a change to be told of."""
    expected = recorded(script).read_text("utf-8").splitlines()

    assert replies(script) == expected


@every_script
def test_any_run_gives_the_same_bytes(script: Path) -> None:
    expected = recorded(script).read_text("utf-8").splitlines()
    runs = range(RUNS.get(script.stem, FEW))

    assert [run for run in runs if replies(script) != expected] == []


@every_script
def test_the_script_is_long_enough_to_mean_something(script: Path) -> None:
    assert len(script.read_text("utf-8").splitlines()) >= (200 if script.stem in RUNS else 100)


def test_every_dialect_has_a_script() -> None:
    dialects = (
        *("/api/http/", "/api/soap/", "/api2/", "/xmlrpc", "/soap", "/json/", "/jsonp/"),
        *("/v2/", "/api/me", "/playsms/index.php", "/playsms/api.php", "submit_sm", "deliver_sm_resp"),
    )
    targets = {line.split(" ")[1] for script in SCRIPTS for line in script.read_text("utf-8").splitlines()}

    assert [dialect for dialect in dialects if not any(each.startswith(dialect) for each in targets)] == []
