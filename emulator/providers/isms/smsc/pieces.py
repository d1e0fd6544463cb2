"""Pieces of long texts, kept until the last one has come."""

from collections.abc import Mapping
from itertools import groupby
from typing import NamedTuple

from emulator.core.gateway import Gateway
from emulator.core.kept import JSON, Resource
from emulator.core.model import Draft, Login
from emulator.core.pages import Window
from emulator.wire.smpp.texts import Alphabet, decoded

COLLECTION = "smpp-pieces"

MOST = 1000
"""Texts of an account that wait for pieces; beyond them the oldest is given up."""


class Portion(NamedTuple):
    """A piece with what it holds: a letter may begin in one and end in the next."""

    reference: int
    total: int
    number: int
    octets: bytes
    alphabet: Alphabet


def joined(gateway: Gateway, login: Login, draft: Draft, portion: Portion) -> str | None:
    """The whole text, if this is the piece that was missing; else the piece is kept. Raises Refused."""
    # req: smpp34/long/udh-order smpp34/long/apart isms/smpp/concatenated
    name = f"{draft.sender}>{','.join(draft.recipients)}/{portion.reference}/{portion.total}"

    def with_this(before: Resource | None) -> Mapping[str, JSON]:
        kept = f"{portion.alphabet}:{portion.octets.hex()}"
        return {**(before.fields if before else {}), str(portion.number): kept}

    kept, is_new = gateway.resources.put(login, COLLECTION, name, with_this)
    if len(kept.fields) == portion.total:
        gateway.resources.remove(login, COLLECTION, name)
        return whole([str(kept.fields[str(number)]) for number in range(1, portion.total + 1)])
    if is_new:
        _give_up(gateway, login)
    return None


def whole(kept: list[str]) -> str:
    """What neighbours in one alphabet say together."""
    pairs = [one.partition(":")[::2] for one in kept]
    return "".join(
        decoded(b"".join(bytes.fromhex(octets) for _, octets in run), Alphabet(alphabet))
        for alphabet, run in groupby(pairs, key=lambda pair: pair[0])
    )


def _give_up(gateway: Gateway, login: Login) -> None:
    page = gateway.resources.page(login, COLLECTION, Window(0, 1))
    if page.total > MOST:
        gateway.resources.remove(login, COLLECTION, page.items[0].name)
