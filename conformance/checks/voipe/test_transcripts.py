"""The exchanges in fixtures/transcripts/voipe, word for word."""

import re

import pytest

from conformance import places
from conformance.bench import Place
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver
from conformance.requirement import requirement
from conformance.transcripts import Transcript, Turn, play, transcripts

TRANSCRIPTS = transcripts(places.fixtures() / "transcripts" / "voipe")

LASTING = re.compile(
    r"op=(?:set_token|credit(?:add|deduct)|inject|stoplist|account|parentset|get_contact)"
    r'|to"?[=:]"?(?:\d|%40)'
)
"""What changes an account, asks for what an emulator alone has, or reaches a number that is not ours."""


@pytest.mark.parametrize(
    "transcript",
    [pytest.param(one, id=one.name, marks=requirement(*one.requirements)) for one in TRANSCRIPTS],
)
def test_an_exchange_goes_as_written(place: Place, voipe: VoipeDriver, transcript: Transcript) -> None:
    """Where nothing comes of it that an account would keep, or nobody cares."""
    values = {"user": voipe.username, "token": voipe.token, "pass": voipe.password}
    for role in ("empty", "admin"):
        if f"{{{role}" in _asked(transcript):
            login = place.login("voipe", role)
            values |= {role: login.username, f"{role}-token": login.key}
    if "{to}" in _asked(transcript):
        values |= dict(zip(("to", "other"), place.numbers(2), strict=True))

    def answer(turn: Turn) -> str:
        place.spend(_sent(turn), 0)
        body = None if turn.body is None else turn.body.encode()
        reply = voipe.client.request(turn.method, turn.target, body=body, headers=turn.headers)
        return reply.text.rstrip("\n")

    needed = any(turn.moment for turn in transcript.turns) or LASTING.search(_asked(transcript))
    play(transcript, values, place.control if needed else Control(voipe.client), answer)


def _asked(transcript: Transcript) -> str:
    """All that is sent."""
    return "\n".join(f"{turn.target} {turn.body}" for turn in transcript.turns)


def _sent(turn: Turn) -> int:
    """How many messages a turn may cost."""
    said = f"{turn.target} {turn.body}".lower()
    return said.count(",") + 1 if "op=pv" in said else 0
