"""The exchanges in fixtures/transcripts/ip1, as JSON has them alike whatever the order of members."""

import json
from typing import Any

import pytest

from conformance import places
from conformance.bench import Place
from conformance.control import Control
from conformance.drivers.ip1 import Ip1Driver
from conformance.requirement import requirement
from conformance.transcripts import Transcript, Turn, play, transcripts

TRANSCRIPTS = transcripts(places.fixtures() / "transcripts" / "ip1")

FREE = frozenset({"type", "detail", "instance", "traceId"})
"""Members of a problem that say it as they like."""

KEYS = {name: f"{{{name}}}" for name in ("name", "sign")}
"""What the examples have in braces of their own."""


@pytest.mark.parametrize(
    "transcript",
    [pytest.param(one, id=one.name, marks=requirement(*one.requirements)) for one in TRANSCRIPTS],
)
def test_an_exchange_goes_as_written(
    nobody: Ip1Driver, place: Place, control: Control, transcript: Transcript
) -> None:
    """With the numbers as they stand, hence only where sending reaches nobody."""

    def answer(turn: Turn) -> str:
        body = turn.body.encode() if turn.body is not None else None
        reply = nobody.raw(turn.method, turn.target, body, None, headers=turn.headers).reply
        return level(reply.text)

    play(transcript, {"key": place.login("ip1").key, **KEYS}, control, answer, level)


def level(text: str) -> str:
    """One spelling of JSON that says the same; of a problem what is not said in free words."""
    try:
        said = json.loads(text, parse_float=_number)
    except ValueError:
        return text
    if isinstance(said, dict) and {"title", "status"} <= said.keys():
        said = {name: one for name, one in said.items() if name not in FREE}
    return json.dumps(said, sort_keys=True, ensure_ascii=False)


def _number(text: str) -> Any:
    """1.0 is as good as 1."""
    return int(float(text)) if float(text).is_integer() else float(text)
