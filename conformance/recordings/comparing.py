"""A recording said again to an emulator: what is answered otherwise, field by field."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree

from conformance.control import Control
from conformance.drivers import xmlrpc
from conformance.drivers.http import HttpClient, Unanswered
from conformance.drivers.php import unserialize
from conformance.drivers.smpp import Link
from conformance.drivers.smpp_frames import framed
from conformance.drivers.smpp_pdus import ANSWER, HEADER
from conformance.recordings.file import Recording, Taken
from conformance.recordings.rules import reply
from conformance.tape import SMPP, Tape
from conformance.target import Target

SHORTEST = 4
"""Characters of an identifier that is followed: fewer come up by chance."""

WORD = re.compile(r"[\w-]+")


class Difference(NamedTuple):
    """`there` is what was recorded, `here` what the emulator answers; None where there is no such field."""

    field: str
    there: str | None
    here: str | None

    @property
    def alike(self) -> bool:
        """Whether it is another value of the same kind: an identifier, a moment, never a word."""
        if self.there is None or self.here is None:
            return False
        pairs = [
            pair for pair in zip_longest(*map(WORD.findall, (self.there, self.here))) if len(set(pair)) > 1
        ]
        return WORD.sub("", self.there) == WORD.sub("", self.here) and all(map(_of_a_kind, pairs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    taken: Taken
    differences: tuple[Difference, ...]


@dataclass(slots=True)
class _Stage:
    """`known` are identifiers that were given out then and are others now; `links` by connection."""

    target: Target
    control: Control
    client: HttpClient
    tape: Tape
    later: bytes = b""
    known: dict[str, str] = field(default_factory=dict)
    links: dict[int, Link] = field(default_factory=dict)


def compared(recording: Recording, target: Target) -> Iterator[Comparison]:
    """Each request of the recording, sent at the moment it was then. Needs an emulator with its clock."""
    tape = Tape()
    with HttpClient(target.base, timeout=target.answer) as control, HttpClient(target.base, tape=tape) as own:
        stage = _Stage(target, Control(control, token=target.token), own, tape)
        for number, taken in enumerate(recording.taken):
            stage.later = b"".join(one.exchange.request for one in recording.taken[number + 1 :])
            if taken.exchange.request:
                stage.control.set_clock(now=datetime.fromisoformat(taken.at))
                yield _comparison(stage, recording, number)
        for link in stage.links.values():
            link.close()


def _comparison(stage: _Stage, recording: Recording, number: int) -> Comparison:
    taken = recording.taken[number]
    one = taken.exchange
    if one.surface == SMPP:
        there, here = _answered_then(recording, number), _asked_now(stage, taken)
    else:
        there, here = _fields(one.response), _fields(_sent_now(stage, one.request))
    differing = (
        name for name in (*there, *(here.keys() - there.keys())) if there.get(name) != here.get(name)
    )
    found = [Difference(name, there.get(name), here.get(name)) for name in differing]
    return Comparison(taken=taken, differences=tuple(one for one in found if not _followed(stage, one)))


def _of_a_kind(pair: tuple[str | None, str | None]) -> bool:
    there, here = pair
    if there is None or here is None or len(there) != len(here):
        return False
    return not there.isalpha() and not here.isalpha() and there.isdigit() == here.isdigit()


def _followed(stage: _Stage, one: Difference) -> bool:
    """Identifiers that later requests name are others now, and no difference."""
    if one.there is None or one.here is None or WORD.sub("", one.there) != WORD.sub("", one.here):
        return False
    pairs = zip(WORD.findall(one.there), WORD.findall(one.here), strict=False)
    return all(_same_now(stage, there, here) for there, here in pairs if there != here)


def _same_now(stage: _Stage, there: str, here: str) -> bool:
    if stage.known.get(there) == here:
        return True
    if min(len(there), len(here)) < SHORTEST or there.encode() not in stage.later:
        return False
    stage.known[there] = here
    return True


def _sent_now(stage: _Stage, request: bytes) -> bytes:
    """What the emulator answers to the same octets, in which identifiers are those it gave out."""
    for there, here in stage.known.items():
        request = request.replace(there.encode(), here.encode())
    head, gap, body = request.partition(b"\r\n\r\n")
    head = re.sub(rb"(?im)^(content-length:\s*)\d+", rb"\g<1>%d" % len(body), head)
    host = urlsplit(stage.target.base).netloc.encode()
    head = re.sub(rb"(?im)^(host:\s*)[^\r\n]*", rb"\g<1>" + host, head)
    stage.tape.exchanges.clear()
    try:
        stage.client.raw(head + gap + body, method=head.partition(b" ")[0].decode("latin-1"))
    except Unanswered:
        return b""
    return stage.tape.exchanges[-1].response


def _asked_now(stage: _Stage, taken: Taken) -> dict[str, str]:
    if taken.connection not in stage.links:
        served = next(one.smpp for one in stage.target.dialects.values() if one.smpp)
        stage.links[taken.connection] = Link(served, patience=stage.target.answer)
    link, octets = stage.links[taken.connection], taken.exchange.request
    for there, here in stage.known.items():
        if len(there) == len(here):
            octets = octets.replace(there.encode(), here.encode())
    link.send(octets)
    asked = framed(octets)
    if asked.command & ANSWER:
        return {}
    try:
        return _pdu(link.answer(asked.sequence).octets)
    except Unanswered as silence:
        return {"answer": str(silence)}


def _answered_then(recording: Recording, number: int) -> dict[str, str]:
    """The fields of the answer that the same connection had to it."""
    taken = recording.taken[number]
    asked = framed(taken.exchange.request)
    if asked.command & ANSWER:
        return {}
    for later in recording.taken[number + 1 :]:
        octets = later.exchange.response
        if later.connection == taken.connection and len(octets) >= HEADER:
            frame = framed(octets)
            if frame.command & ANSWER and frame.sequence == asked.sequence:
                return _pdu(octets)
    return {}


def _pdu(octets: bytes) -> dict[str, str]:
    frame = framed(octets)
    said = {"command": f"{frame.command:#010x}", "command_status": frame.status.name}
    name, _, rest = frame.body.partition(b"\0")
    more = {"parameters": rest.hex(" ")} if rest else {}
    return said | ({"first field": name.decode("latin-1")} if frame.body else {}) | more


def _fields(octets: bytes) -> dict[str, str]:
    """Everything an answer says, by where it stands."""
    if not octets:
        return {"answer": "none"}
    said = reply(octets)
    kind = said.headers.get_content_type()
    return {"status": str(said.status), "type": kind} | dict(_leaves("body", _parsed(said.body)))


def _parsed(body: bytes) -> Any:
    """A body as what it holds, whichever of the forms it has."""
    text = body.decode(errors="backslashreplace")
    called = re.fullmatch(r"[\w$.]+\((.*)\);?", text.strip(), re.DOTALL)
    for read, given in ((json.loads, called[1] if called else text), (_xml, text), (_php, text)):
        try:
            return read(given)
        except (ValueError, ElementTree.ParseError, xmlrpc.NoXmlRpc):
            continue
    return text


def _php(text: str) -> Any:
    return unserialize(text.encode())


def _xml(text: str) -> Any:
    root = ElementTree.fromstring(text.encode())
    if root.tag != "methodResponse":
        return {_local(root): _element(root)}
    value = xmlrpc.read(text.encode())
    return {"fault": [*value]} if isinstance(value, xmlrpc.Fault) else value


def _element(element: ElementTree.Element) -> Any:
    """Members by name, several of a name as a list."""
    found: dict[str, list[Any]] = {}
    for one in element:
        found.setdefault(_local(one), []).append(_element(one))
    if not found:
        return element.text or ""
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _leaves(place: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _leaves(f"{place}.{key}", one)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _leaves(f"{place}[{number}]", one)
    else:
        yield place, value if isinstance(value, str) else json.dumps(value, default=str)
