"""Exchanges as a document shows them: one short story per file, usable without our code.

    what: a sentence
    req: an id of the catalogue, once or more

    @ 2017-03-15T11:45:30Z      the clock is set; `@ +3` moves it on by seconds
    > GET /path?mid={mid}       what is sent: request line, headers, a bare mark, body
    < Status: Queued            the whole body that comes back, line by line
    | Status: Pending           another body that will do, of one line

A name in braces stands for a value handed in or met before; met for the first time in a reply, for any text.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from conformance.control import Control
from conformance.verify import verify

BLANK = re.compile(r"\{([a-z-]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One exchange, with the clock's setting before it (`moment`, an ISO moment, `+seconds` or None)."""

    moment: str | None
    method: str
    target: str
    headers: Mapping[str, str]
    body: str | None
    replies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    name: str
    what: str
    requirements: tuple[str, ...]
    turns: tuple[Turn, ...]


def transcripts(folder: Path) -> list[Transcript]:
    return [transcript(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.txt"))]


def transcript(name: str, text: str) -> Transcript:
    """ValueError where the text is not of the form above."""
    head, _, story = text.partition("\n\n")
    pairs = [line.partition(": ")[::2] for line in head.splitlines()]
    if {key for key, _ in pairs} != {"what", "req"}:
        raise ValueError(f"{name}: begins with a line `what: …` and lines `req: …`")
    return Transcript(
        name=name,
        what=next(value for key, value in pairs if key == "what"),
        requirements=tuple(value for key, value in pairs if key == "req"),
        turns=tuple(_turns(name, story.splitlines())),
    )


def play(
    transcript: Transcript,
    values: Mapping[str, str],
    control: Control,
    answer: Callable[[Turn], str],
    read: Callable[[str], str] = str,
) -> None:
    """Sends turn by turn; what `answer` brings back must fit the replies, both as `read` understands them."""
    known = dict(values)
    for turn in transcript.turns:
        _set_clock(control, turn.moment)
        body = None if turn.body is None else filled(turn.body, known)
        headers = {name: filled(value, known) for name, value in turn.headers.items()}
        said = answer(replace(turn, target=filled(turn.target, known), headers=headers, body=body))
        found = verify(said).matches(pattern([read(reply) for reply in turn.replies], known)).groupdict()
        known |= {name.replace("_", "-"): value for name, value in found.items() if value is not None}


def filled(text: str, values: Mapping[str, str]) -> str:
    return BLANK.sub(lambda blank: values[blank[1]], text)


def pattern(replies: Sequence[str], values: Mapping[str, str]) -> str:
    """A regular expression for the replies: known values stand, unknown ones become groups (`-` as `_`)."""
    return "|".join(_pattern(reply, values) for reply in replies)


def _pattern(reply: str, values: Mapping[str, str]) -> str:
    pieces = BLANK.split(reply)
    pieces[::2] = map(re.escape, pieces[::2])
    pieces[1::2] = [re.escape(values[name]) if name in values else _group(name) for name in pieces[1::2]]
    return "".join(pieces)


def _group(name: str) -> str:
    return f"(?P<{name.replace('-', '_')}>[^;<\\r\\n]*)"


def _turns(name: str, lines: Sequence[str]) -> Iterator[Turn]:
    moment: str | None = None
    sent: list[str] = []
    said: list[str] = []
    for line in lines:
        mark, rest = line[:1], line[2:]
        if said and mark in "@>":
            yield _turn(moment, sent, said)
            moment, sent, said = None, [], []
        if mark == "@" and not sent:
            moment = rest
        elif mark == ">":
            sent.append(rest)
        elif (mark == "<" and sent and not said) or (mark == "|" and said):
            said.append(rest)
        elif mark == "<" and len(said) == 1:
            said[0] += f"\n{rest}"
        else:
            raise ValueError(
                f"{name}: out of place: {line!r}; turns go @, >, <, | and a line has one of these marks"
            )
    if not said:
        raise ValueError(f"{name}: ends without a reply")
    yield _turn(moment, sent, said)


def _set_clock(control: Control, moment: str | None) -> None:
    if moment and moment.startswith("+"):
        control.advance(float(moment))
    elif moment:
        control.set_clock(now=datetime.fromisoformat(moment))


def _turn(moment: str | None, sent: Sequence[str], replies: Sequence[str]) -> Turn:
    method, _, target = sent[0].partition(" ")
    gap = sent.index("") if "" in sent else len(sent)
    return Turn(
        moment=moment,
        method=method,
        target=target,
        headers=dict(_header(line) for line in sent[1:gap]),
        body="\n".join(sent[gap + 1 :]) if gap < len(sent) else None,
        replies=tuple(replies),
    )


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(": ")
    return name, value
