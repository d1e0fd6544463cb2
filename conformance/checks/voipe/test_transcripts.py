"""The exchanges in fixtures/transcripts/voipe, word for word."""

import pytest

from conformance import places
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver
from conformance.requirement import requirement
from conformance.transcripts import Transcript, Turn, play, transcripts

TRANSCRIPTS = transcripts(places.fixtures() / "transcripts" / "voipe")


@pytest.mark.parametrize(
    "transcript",
    [pytest.param(one, id=one.name, marks=requirement(*one.requirements)) for one in TRANSCRIPTS],
)
def test_an_exchange_goes_as_written(
    voipe: VoipeDriver, poor: VoipeDriver, admin: VoipeDriver, control: Control, transcript: Transcript
) -> None:
    """With the numbers as they stand, hence only where sending reaches nobody."""
    values = {"user": voipe.username, "token": voipe.token, "pass": voipe.password}
    values |= {"empty": poor.username, "empty-token": poor.token}
    values |= {"admin": admin.username, "admin-token": admin.token}

    def answer(turn: Turn) -> str:
        body = None if turn.body is None else turn.body.encode()
        reply = voipe.client.request(turn.method, turn.target, body=body, headers=turn.headers)
        return reply.text.rstrip("\n")

    play(transcript, values, control, answer)
