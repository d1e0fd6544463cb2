"""What a note says that the server kept of a call to send, held against what the emulator keeps."""

import re
from ast import literal_eval
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from emulator.core.model import Message
from emulator.tests.providers.voipe.recorded.answers import moment

TEXT = r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
STORED = re.compile(
    rf"stored: sender={TEXT} footer={TEXT} type={TEXT} unicode=(-?\d+) queue waiting, numbers=(\d+), "
    rf"segments=(\d+), due=([\d :-]+) UTC, (\d+) characters / (\d+) bytes(?:, text={TEXT})?"
)

JITTER = timedelta(seconds=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A queue that waits, as it stood in the database; a text of None was too long for the note."""

    sender: str
    footer: str
    unicode: int
    numbers: int
    segments: int
    due: datetime
    characters: int
    octets: int
    text: str | None


def stored(note: str) -> Stored | None:
    """What the note says; None where nothing waits."""
    found = STORED.search(note)
    if found is None:
        return None
    return Stored(
        sender=literal_eval(found[1]),
        footer=literal_eval(found[2]),
        unicode=int(found[4]),
        numbers=int(found[5]),
        segments=int(found[6]),
        due=moment(found[7]),
        characters=int(found[8]),
        octets=int(found[9]),
        text=literal_eval(found[10]) if found[10] else None,
    )


def deviations(wanted: Stored, messages: Sequence[Message], at: int) -> Iterator[str]:
    """What is kept otherwise of a call that was recorded at that second."""
    order = messages[0].order
    footer = order.extras.get("footer", "")
    text = order.text.removesuffix(f" {footer}") if footer else order.text
    ours = {
        "sender": (order.sender, wanted.sender),
        "footer": (footer, wanted.footer),
        "numbers": (len(messages), wanted.numbers),
        "segments": (sum(message.parts for message in messages), wanted.segments),
        "characters": (len(text), wanted.characters),
        "octets": (len(text.encode()), wanted.octets),
        "text": (text, text if wanted.text is None else wanted.text),
        "due": (_due(order.scheduled_at, order.accepted_at, wanted.due, datetime.fromtimestamp(at, UTC)), ""),
    }
    yield from (
        f"{name} {found!r}, recorded {other!r}" for name, (found, other) in ours.items() if found != other
    )


def _due(ours: datetime | None, accepted: datetime, wanted: datetime, asked: datetime) -> str:
    """What is wrong about the moment: it is the same one, or just as far ahead, or the past, which is now."""
    if wanted <= asked + JITTER:
        return "" if ours is None else f"{ours} instead of now"
    if ours is None:
        return f"now instead of {wanted}"
    late = abs(ours - wanted) > JITTER and abs((ours - accepted) - (wanted - asked)) > JITTER
    return f"{ours} instead of {wanted}" if late else ""
