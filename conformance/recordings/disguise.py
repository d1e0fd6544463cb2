"""Secrets and numbers replaced, the same ones by the same: what is kept names nobody and opens nothing."""

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from conformance.accounts import DEMO, SMPP34
from conformance.drivers.smpp_frames import Reader
from conformance.drivers.smpp_pdus import (
    ANSWER,
    BINDS,
    DATA_SM,
    DELIVER_SM,
    HEADER,
    SUBMIT_SM,
)
from conformance.masking import ways
from conformance.recordings.calls import Call, call, request, stray
from conformance.tape import SMPP, Exchange

PARTS = {
    **dict.fromkeys(("username", "login", "u"), "username"),
    **dict.fromkeys(("password", "pass", "p"), "password"),
    **dict.fromkeys(("apikey", "token", "h", "key"), "key"),
}
"""Names under which a login is given, and which part of it that is; a `user` is one by the provider."""

USER = {"iro": "key"}

NUMBERS = frozenset(
    {"to", "from", "mobile", "mobiles", "dest", "sender", "recipient", "recipients", "number", "src", "dst"}
)
"""Names under which numbers are given; a number may be the name as well."""

LETTERS = frozenset({SUBMIT_SM, DELIVER_SM, DATA_SM})

SEPARATORS = re.compile(r"[\s().\-/]")
NUMBER = re.compile(r"(?:\+|00)?(\d{8,15})")
PRIVATE = re.compile(
    rb"(?im)^((?:set-)?cookie:|proxy-authorization:|x-[\w-]*(?:key|token|auth)[\w-]*:|"
    rb"authorization:(?! *(?:basic|bearer) ))[^\r\n]*"
)
"""Lines of a head that may open something and that no document has."""

CHUNKED = re.compile(rb"(?im)^transfer-encoding:[^\r\n]*chunked[^\r\n]*")
TEXT = re.compile(rb's:(\d+):"')
SHORT = 5  # letters of a secret that may well be part of a word
OWN = 7  # digits of a number that are its owner's; those before tell country and network


class Disguise:
    """What is met first of a kind becomes what the default world has; what comes later is counted."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        self._parted: dict[str, str] = {}
        self._met: dict[tuple[str, str], int] = {}

    def over(self, one: Exchange) -> Exchange:
        """The exchange as it may be kept."""
        if one.surface == SMPP:
            self._learn_pdu(one.request or one.response)
            return replace(one, request=self._pdu(one.request), response=self._pdu(one.response))
        self._learn_call(one.request)
        asked = self._message(one.request, self._secrets)
        told = {secret: known for secret, known in self._secrets.items() if not _is_word(secret)}
        return replace(one, request=asked, response=self._message(one.response, told))

    def _learn_call(self, octets: bytes) -> None:
        found = call(octets) or stray(octets)
        for part, value in _login(octets, found):
            self._secret(found.provider, part, value)
        for name, value in found.fields:
            if name.lower() in NUMBERS or NUMBER.fullmatch(name):
                for piece in (name, *re.split(r"[\s,;]+", value), *re.split(r"[,;]", value)):
                    self._number(piece)

    def _learn_pdu(self, octets: bytes) -> None:
        command = int.from_bytes(octets[4:8], "big")
        try:
            read = Reader(octets[HEADER:])
            if command in BINDS:
                self._secret(SMPP34, "username", read.string(65))
                self._secret(SMPP34, "password", read.string(65))
            elif command in LETTERS:
                read.string(6)
                for _ in ("source", "destination"):
                    read.numbers(2)
                    self._number(read.string(65))
        except AssertionError:
            return

    def _secret(self, provider: str, part: str, value: str) -> None:
        if not value or value in self._secrets:
            return
        known = (getattr(DEMO[provider].login, part) if provider else "") or part
        met = self._met[provider, part] = self._met.get((provider, part), 0) + 1
        self._secrets[value] = known if met == 1 or value == known else f"{part}{met}"

    def _number(self, text: str) -> None:
        together = SEPARATORS.sub("", text)
        if found := NUMBER.fullmatch(together):
            own = found[1][-OWN:]
            other = self._numbers.setdefault(own, f"{len(self._numbers) + 1:0{OWN}d}")
            if together != text:
                self._parted[text] = _ending(text, other)

    def _message(self, octets: bytes, secrets: Mapping[str, str]) -> bytes:
        """A message of HTTP; Content-Length says how long the body has become."""
        head, gap, body = _whole(octets).partition(b"\r\n\r\n")
        head = self._replaced(PRIVATE.sub(rb"\1 ***", head), secrets)
        if body[:2] in (b"a:", b"s:"):
            body = _serialized(body, lambda text: self._replaced(text, secrets))
        else:
            body = self._replaced(body, secrets)
        length = re.sub(rb"(?im)^(content-length:\s*)\d+", rb"\g<1>%d" % len(body), head)
        return length + gap + body

    def _pdu(self, octets: bytes) -> bytes:
        """Of binds everything, of others numbers alone: what is left has its length."""
        if int.from_bytes(octets[4:8], "big") & ~ANSWER not in BINDS:
            return octets[:HEADER] + self._numbered(octets[HEADER:])
        changed = octets[:HEADER] + self._replaced(octets[HEADER:], self._secrets)
        return len(changed).to_bytes(4, "big") + changed[4:] if octets else octets

    def _replaced(self, octets: bytes, secrets: Mapping[str, str]) -> bytes:
        octets = _without_basic(octets, secrets)
        for secret, known in sorted(secrets.items(), key=lambda pair: -len(pair[0])):
            for way, other in zip(ways(secret), ways(known), strict=True):
                octets = re.sub(_standing(way), other.replace(b"\\", rb"\\"), octets)
        for text, another in self._parted.items():
            for way, other in zip(ways(text), ways(another), strict=True):
                octets = octets.replace(way, other)
        return self._numbered(octets)

    def _numbered(self, octets: bytes) -> bytes:
        if not self._numbers:
            return octets
        every = "|".join(self._numbers).encode()
        return re.sub(
            rb"(?<!\d)(\d{0,10})(%s)(?!\d)" % every,
            lambda found: found[1] + self._numbers[found[2].decode()].encode(),
            octets,
        )


def _ending(text: str, digits: str) -> str:
    """A number whose last digits are others, with what stands between them left there."""
    rest = list(digits)
    turned = (rest.pop() if rest and letter.isdigit() else letter for letter in reversed(text))
    return "".join(turned)[::-1]


def _is_word(secret: str | bytes) -> bool:
    """Whether answers may well have it without meaning the secret."""
    return len(secret) <= SHORT and secret.isalnum()


def _serialized(body: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """What PHP wrote, with texts changed and counted anew."""
    done = b""
    while found := TEXT.search(body):
        length = int(found[1])
        text = change(body[found.end() : found.end() + length])
        done += body[: found.start()] + b's:%d:"%s' % (len(text), text)
        body = body[found.end() + length :]
    return done + body


def _standing(way: bytes) -> bytes:
    """A pattern for a secret; one that is a short word counts only where it stands alone."""
    if not _is_word(way):
        return re.escape(way)
    return rb"(?:(?<![A-Za-z0-9])|(?<=%%[0-9A-Fa-f]{2}))%s(?![A-Za-z0-9])" % re.escape(way)


def _whole(octets: bytes) -> bytes:
    """A message whose body is in one piece, as chunks would have to be counted anew."""
    head, gap, rest = octets.partition(b"\r\n\r\n")
    if not CHUNKED.search(head):
        return octets
    try:
        body = b"".join(_chunks(rest))
    except ValueError:  # it is not in chunks, whatever it says
        return octets
    return CHUNKED.sub(b"Content-Length: %d" % len(body), head) + gap + body


def _chunks(rest: bytes) -> Iterator[bytes]:
    """Up to the last one, as far as they go. ValueError where one does not say how long it is."""
    while rest:
        size, _, rest = rest.partition(b"\r\n")
        length = int(size.partition(b";")[0], 16)
        if not length:
            return
        yield rest[:length]
        rest = rest[length + 2 :]


def _login(octets: bytes, found: Call) -> Iterator[tuple[str, str]]:
    scheme, _, credentials = str(request(octets).headers.get("Authorization", "")).partition(" ")
    if scheme.lower() == "bearer":
        yield "key", credentials
    if scheme.lower() == "basic":
        name, _, password = _unpacked(credentials).partition(":")
        yield from (("username", name), ("password", password))
    for name, value in found.fields:
        part = USER.get(found.provider, "username") if name.lower() == "user" else PARTS.get(name.lower())
        if part is not None:
            yield part, value


def _without_basic(octets: bytes, secrets: Mapping[str, str]) -> bytes:
    def packed(found: re.Match[bytes]) -> bytes:
        pair = _unpacked(found[2].decode("latin-1")).split(":", 1)
        return found[1] + base64.b64encode(":".join(secrets.get(one, one) for one in pair).encode())

    return re.sub(rb"(?i)(authorization: basic )(\S+)", packed, octets)


def _unpacked(text: str) -> str:
    try:
        return base64.b64decode(text).decode(errors="replace")
    except ValueError:
        return ""
