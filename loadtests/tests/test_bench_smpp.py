"""The pressure over SMPP: it counts what came, and notices what was lost or doubled."""

import asyncio
import json

import pytest
from click.testing import CliRunner

from loadtests.bench import smpp
from loadtests.bench.smpp import Client, Load, Tally, pdu

LOAD = Load(seconds=0.2, sessions=1, window=10, nagle=True)


def test_a_run_against_an_emulator_loses_and_doubles_nothing() -> None:
    result = CliRunner().invoke(smpp.main, ["--seconds", "0.3", "--sessions", "2", "--window", "5"])

    told = json.loads(result.output)
    assert result.exit_code == 0
    assert (told["lost"], told["doubled"], told["refused"]) == (0, 0, {})
    assert told["receipts"] > 10


def heard(*pdus: bytes) -> Tally:
    """What a client counts that hears these PDUs, cut into pieces."""

    class Silent(asyncio.Transport):
        def write(self, data: bytes | bytearray | memoryview) -> None: ...

    async def hear() -> Tally:
        tally = Tally()
        client = Client("bench", Load(seconds=1, sessions=1, window=1, nagle=False), tally)
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
        asyncio.run(smpp.press("127.0.0.1:1", "bench", LOAD))
