"""HTTP calls as scenarios put them together: a request, a reply, and a request with a gap for recipients."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

MARKS = ("first0gap", "second0gap")  # stand for two recipients; no escaping changes them


class Refused(Exception):
    """An answer came, and not the one asked for; carries its words, and what was taken all the same."""

    def __init__(self, words: str, references: tuple[str, ...] = ()) -> None:
        super().__init__(words)
        self.references = references


@contextmanager
def denied(*words: str) -> Iterator[None]:
    """Passes over refusals with these words, which say that there is no such message; others are failures."""
    try:
        yield
    except Refused as refusal:
        if not any(word in str(refusal) for word in words):
            raise


class Request(NamedTuple):
    """Under the base address; with a body it is a POST, without one a GET."""

    path: str
    body: bytes = b""
    kind: str = ""  # media type of the body
    token: str = ""  # of a bearer

    @property
    def method(self) -> str:
        return "POST" if self.body else "GET"

    def octets(self, host: str, prefix: str = "") -> bytes:
        """As it is sent over HTTP/1.1 to what lies under a prefix."""
        path, body, kind, token = self
        bearer = f"Authorization: Bearer {token}\r\n" if token else ""
        entity = f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n" if body else ""
        head = f"{self.method} {prefix}{path} HTTP/1.1\r\nHost: {host}\r\n{bearer}{entity}\r\n"
        return head.encode("latin-1") + body


class Reply(NamedTuple):
    status: int
    text: str

    def ok(self, *accepted: int) -> str:
        """The text of a 200, or of another status that is accepted; raises Refused for any other."""
        if self.status not in (accepted or (200,)):
            raise Refused(f"HTTP {self.status}")
        return self.text


def decoded(text: str | bytes) -> object:
    """What JSON says; None of what is none."""
    try:
        return json.loads(text)
    except ValueError:
        return None


Exchange = Callable[[Request], Reply]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """All of a call but its recipients, made once: what is left to do for each call is to join octets."""

    path: str  # of a POST; empty for a GET, whose path is what the pieces make
    kind: str
    token: str
    before: bytes
    joint: bytes
    after: bytes

    def request(self, numbers: tuple[str, ...]) -> Request:
        whole = self.before + self.joint.join([number.encode() for number in numbers]) + self.after
        if not self.path:
            return Request(whole.decode(), token=self.token)
        return Request(self.path, whole, self.kind, self.token)


def cut(request: Request) -> Template:
    """A template out of a call to the two MARKS."""
    first, second = (mark.encode() for mark in MARKS)
    before, _, rest = (request.body or request.path.encode()).partition(first)
    joint, _, after = rest.partition(second)
    path = request.path if request.body else ""
    return Template(
        path=path, kind=request.kind, token=request.token, before=before, joint=joint, after=after
    )
