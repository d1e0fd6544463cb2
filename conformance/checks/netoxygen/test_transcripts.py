"""The exchanges in fixtures/transcripts/netoxygen, as XML has them alike."""

import pytest

from conformance import places
from conformance.control import Control
from conformance.drivers.netoxygen import NetOxygenDriver
from conformance.drivers.xmlrpc import XmlRpcClient, plain
from conformance.requirement import requirement
from conformance.transcripts import Transcript, Turn, play, transcripts

TRANSCRIPTS = transcripts(places.fixtures() / "transcripts" / "netoxygen")


@pytest.mark.parametrize(
    "transcript",
    [pytest.param(one, id=one.name, marks=requirement(*one.requirements)) for one in TRANSCRIPTS],
)
def test_an_exchange_goes_as_written(
    rpc: XmlRpcClient,
    netoxygen: NetOxygenDriver,
    free: NetOxygenDriver,
    poor: NetOxygenDriver,
    control: Control,
    transcript: Transcript,
) -> None:
    """With the numbers as they stand, hence only where sending reaches nobody."""
    values = {"user": netoxygen.username, "pass": netoxygen.password, "guid": str(netoxygen.get_guid())}
    values |= {"free": free.username, "free-pass": free.password}
    values |= {"empty": poor.username, "empty-pass": poor.password}

    def answer(turn: Turn) -> str:
        body = (turn.body or "").encode()
        reply = rpc.http.request(turn.method, turn.target, body=body, headers=turn.headers)
        return plain(reply.text)

    play(transcript, values, control, answer, plain)
