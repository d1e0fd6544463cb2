"""The exchanges in fixtures/transcripts/isms/soap, sent word for word and compared by what is said."""

from email.message import Message

import pytest

from conformance import places
from conformance.bench import Account
from conformance.control import Control
from conformance.drivers.http import Reply
from conformance.drivers.isms_soap import IsmsSoapDriver
from conformance.drivers.soap import answered
from conformance.requirement import requirement
from conformance.transcripts import Transcript, Turn, play, transcripts

TRANSCRIPTS = transcripts(places.fixtures() / "transcripts" / "isms" / "soap")


@pytest.mark.parametrize(
    "transcript",
    [pytest.param(one, id=one.name, marks=requirement(*one.requirements)) for one in TRANSCRIPTS],
)
def test_an_exchange_goes_as_written(
    soap: IsmsSoapDriver,
    control: Control,
    account: Account,
    empty_account: Account,
    transcript: Transcript,
) -> None:
    """With the numbers as they stand, hence only where sending reaches nobody."""
    values = {
        "username": account.username,
        "password": account.password,
        "empty": empty_account.username,
        "empty-password": empty_account.password,
    }

    def answer(turn: Turn) -> str:
        body = turn.body.encode() if turn.body is not None else None
        return told(soap.client.request(turn.method, turn.target, body=body, headers=turn.headers))

    play(transcript, values, control, answer, read=written)


def written(reply: str) -> str:
    """What a written reply says: its prefixes and fault codes are not the page's."""
    return told(Reply(status=200, headers=Message(), body=reply.encode()))


def told(reply: Reply) -> str:
    """What a reply says: the result, the sentence of a fault, or all of it where it is no envelope."""
    answer = answered(reply)
    if answer.fault is not None:
        return f"fault: {answer.fault.text}"
    return reply.text.strip() if answer.result is None else f"result: {answer.result}"
