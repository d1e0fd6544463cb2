"""The exchanges in fixtures/transcripts/isms, word for word."""

import pytest

from conformance import places
from conformance.bench import Account
from conformance.checks.isms.calls import said
from conformance.control import Control
from conformance.drivers.isms import IsmsDriver
from conformance.requirement import requirement
from conformance.transcripts import Transcript, Turn, play, transcripts

TRANSCRIPTS = transcripts(places.fixtures() / "transcripts" / "isms")


@pytest.mark.parametrize(
    "transcript",
    [pytest.param(one, id=one.name, marks=requirement(*one.requirements)) for one in TRANSCRIPTS],
)
def test_an_exchange_goes_as_written(
    isms: IsmsDriver, control: Control, account: Account, empty_account: Account, transcript: Transcript
) -> None:
    """With the numbers as they stand, hence only where sending reaches nobody."""
    values = {
        "username": account.username,
        "password": account.password,
        "empty": empty_account.username,
        "empty-password": empty_account.password,
    }

    def answer(turn: Turn) -> str:
        path, _, query = turn.target.partition("?")
        body = turn.body.encode() if turn.body is not None else None
        return said(isms.call(path, method=turn.method, raw_query=query, body=body, headers=turn.headers))

    play(transcript, values, control, answer)
