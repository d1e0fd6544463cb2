"""The exchanges in fixtures/transcripts/isms, word for word."""

from datetime import datetime

import pytest

from conformance import places
from conformance.bench import Account
from conformance.checks.isms.calls import said
from conformance.control import Control
from conformance.drivers.isms import IsmsDriver
from conformance.requirement import requirement
from conformance.transcripts import Transcript, filled, pattern, transcripts
from conformance.verify import verify

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
    for turn in transcript.turns:
        set_clock(control, turn.moment)
        path, _, query = filled(turn.target, values).partition("?")
        body = filled(turn.body, values).encode() if turn.body is not None else None
        reply = isms.call(path, method=turn.method, raw_query=query, body=body, headers=turn.headers)

        found = verify(said(reply)).matches(pattern(turn.replies, values)).groupdict()
        values |= {name.replace("_", "-"): value for name, value in found.items()}


def set_clock(control: Control, moment: str | None) -> None:
    if moment and moment.startswith("+"):
        control.advance(float(moment))
    elif moment:
        control.set_clock(now=datetime.fromisoformat(moment))
