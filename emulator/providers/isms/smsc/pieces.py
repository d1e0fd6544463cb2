"""Pieces of long texts, kept until the last one has come."""

from collections.abc import Mapping

from emulator.core.gateway import Gateway
from emulator.core.kept import JSON, Resource
from emulator.core.model import Draft, Login
from emulator.core.pages import Window
from emulator.wire.smpp.texts import Piece

COLLECTION = "smpp-pieces"

MOST = 1000
"""Texts of an account that wait for pieces; beyond them the oldest is given up."""


def joined(gateway: Gateway, login: Login, draft: Draft, piece: Piece) -> str | None:
    """The whole text, if this is the piece that was missing; else the piece is kept. Raises Refused."""
    # req: smpp34/long/udh-order isms/smpp/concatenated
    name = f"{draft.sender}>{','.join(draft.recipients)}/{piece.reference}/{piece.total}"

    def with_this(before: Resource | None) -> Mapping[str, JSON]:
        return {**(before.fields if before else {}), str(piece.number): draft.text}

    kept, is_new = gateway.resources.put(login, COLLECTION, name, with_this)
    if len(kept.fields) == piece.total:
        gateway.resources.remove(login, COLLECTION, name)
        return "".join(kept.fields[str(number)] for number in range(1, piece.total + 1))
    if is_new:
        _give_up(gateway, login)
    return None


def _give_up(gateway: Gateway, login: Login) -> None:
    page = gateway.resources.page(login, COLLECTION, Window(0, 1))
    if page.total > MOST:
        gateway.resources.remove(login, COLLECTION, page.items[0].name)
