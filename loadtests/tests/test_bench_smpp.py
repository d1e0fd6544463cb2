"""The pressure over SMPP: it counts what came, and notices what was lost or doubled."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner

from loadtests.bench import centres, smpp
from loadtests.bench.beside import latency
from loadtests.bench.esme import Client, Load, Tally, press
from loadtests.bench.shares import divided
from loadtests.bench.throughput import EMPTY
from loadtests.served import served
from loadtests.smpp import pdu

LOAD = Load(seconds=0.2, window=10, nagle=True)


def measured(*options: str) -> dict[str, Any]:
    """The rows of a short run against an emulator, by what they are about."""
    tiny = ("--alone", "--json", "--rounds", "1", "--seconds", "0.2", "--window", "5", "--settle", "0")
    result = CliRunner().invoke(smpp.main, [*tiny, *options])
    assert result.exit_code in (0, 1), result.output
    return {row["what"]: row for row in json.loads(result.output[result.output.index("{") :])["rows"]}


def test_a_run_against_an_emulator_loses_and_doubles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smpp, "busy", lambda: 0.0)

    rows = measured("--only", "pressure,idle", "--sessions", "2", "--idle", "3")

    assert rows["messages lost or doubled"]["value"] == 0
    assert rows["processor time of a message"]["value"] > 0
    assert {row["unit"] for row in rows.values()} == {"messages/s", "", "µs", "% of a core"}


def test_the_help_names_the_figures_and_what_is_done_unasked() -> None:
    told = " ".join(CliRunner().invoke(smpp.main, ["-h"]).stdout.split())

    assert "What to measure: pressure, shares, nagle, idle, http. [default: (all)]" in told
    assert "That send. [default: 1;" in told


def test_the_bare_one_answers_and_reports_everything() -> None:
    with centres.echo() as centre:
        tally = asyncio.run(press([centre.smpp], "bench", LOAD))

    assert len(tally.accepted) > 10
    assert (tally.lost, tally.doubled, tally.complete) == (0, 0, True)


def test_who_keeps_a_pace_sends_no_more() -> None:
    with centres.echo() as centre:
        tally = asyncio.run(press([centre.smpp], "bench", replace(LOAD, pace=100)))

    assert 1 < tally.sent <= 100 * tally.sending + 1


def test_the_time_of_a_send_is_taken_while_something_goes_on_beside_it() -> None:
    done = list[str]()

    with served(EMPTY) as server:
        took = latency(server.http, 0.05, lambda: done.append("beside"))

    assert 0 < took < 5
    assert done == ["beside"]


@pytest.mark.skipif(bool(centres.lacking()), reason=centres.lacking())
def test_the_one_of_node_answers_and_reports_everything() -> None:
    with centres.of_node() as centre:
        tally = asyncio.run(press([centre.smpp], "bench", LOAD))

    assert len(tally.accepted) > 10
    assert (tally.lost, tally.doubled, tally.complete) == (0, 0, True)


def test_samples_belong_to_the_innermost_code_that_has_a_name() -> None:
    stacks = [
        "run (asyncio/base_events.py:1);_send (emulator/core/gateway.py:2);init (<string>:3) 5",
        "run (asyncio/base_events.py:1);keep (emulator/transports/smpp/diary.py:1) 2",
        "run (asyncio/base_events.py:1);select (selectors.py:9) 1",
        "main (granian/x.py:1) 1",
    ]

    assert divided(stacks) == {
        "the core: accepting, steps, notices": 5,
        "journal and events": 2,
        "asyncio and sockets": 1,
        "all else": 1,
    }


def heard(*pdus: bytes) -> Tally:
    """What a client counts that hears these PDUs, cut into pieces."""

    class Silent(asyncio.Transport):
        def write(self, data: bytes | bytearray | memoryview) -> None: ...

    async def hear() -> Tally:
        tally = Tally()
        client = Client("bench", Load(seconds=1, window=1), tally)
        client.connection_made(Silent())
        client.sending = False
        octets = b"".join(pdus)
        for place in range(0, len(octets), 7):
            client.data_received(octets[place : place + 7])
        return tally

    return asyncio.run(hear())


ACCEPTED = pdu(0x80000004, 2, b"A1\0")
RECEIPT = pdu(0x05, 1, b"text\x00\x1e\x00\x03A1\0\x04\x27\x00\x01\x02")


@pytest.mark.parametrize(
    ("pdus", "accepted", "receipts"),
    [
        ((ACCEPTED,), 1, {}),
        ((ACCEPTED, RECEIPT), 1, {b"A1": 1}),
        ((ACCEPTED, RECEIPT, RECEIPT), 1, {b"A1": 2}),
    ],
)
def test_what_comes_is_counted_by_message(
    pdus: tuple[bytes, ...], accepted: int, receipts: dict[bytes, int]
) -> None:
    tally = heard(*pdus)

    assert (len(tally.accepted), dict(tally.receipts)) == (accepted, receipts)


def test_a_target_that_is_not_there_cannot_be_pressed() -> None:
    with pytest.raises(OSError, match="Connect"):
        asyncio.run(press(["127.0.0.1:1"], "bench", LOAD))
