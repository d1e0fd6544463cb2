"""Orders as message_id: in letters as over HTTP, or as the number that these letters stand for."""

import re
from collections.abc import Callable
from functools import lru_cache

from emulator.core.ids import Ids
from emulator.providers.isms import wire
from emulator.providers.isms.quirks import Quirks

_HEX, _DECIMAL = re.compile(r"[0-9A-Fa-f]{1,16}", re.ASCII), re.compile(r"[0-9]{1,20}", re.ASCII)


def message_id(order: int, ids: Ids, quirks: Quirks) -> str:
    """What the answer to a submit names the order."""
    # req: smpp34/submit/message-id smpp34/submit/message-id-characters smpp34/types/message-id-limit
    # req: isms/smpp/same-messages
    letters = _letters(ids, order)
    return letters if quirks.smpp_message_id == "letters" else _counted(letters, quirks.smpp_message_id)


def receipt_id(order: int, ids: Ids, quirks: Quirks) -> str:
    """What a receipt names it, which need not be the same."""
    # req: smpp34/receipts/message-id smpp34/receipts/id-text
    if quirks.smpp_receipt_id == "same":
        return message_id(order, ids, quirks)
    return _counted(_letters(ids, order), quirks.smpp_receipt_id)


def order_of(text: str, ids: Ids, quirks: Quirks) -> int | None:
    """The order behind a message_id; None where it is not spelled that way."""
    if quirks.smpp_message_id == "letters":
        return ids.read(text, wire.ORDER, wire.MESSAGE_ID)
    form, base = (_HEX, 16) if quirks.smpp_message_id == "hex" else (_DECIMAL, 10)
    number = int(text, base) if form.fullmatch(text) else wire.MESSAGE_ID.size
    return ids.read(wire.MESSAGE_ID.write(number), wire.ORDER, wire.MESSAGE_ID) if _possible(number) else None


def _letters(ids: Ids, order: int) -> str:
    return _speller(ids.seed)(order)


@lru_cache(maxsize=64)
def _speller(seed: int) -> Callable[[int], str]:
    return Ids(seed).speller(wire.ORDER, wire.MESSAGE_ID)


def _possible(number: int) -> bool:
    return number < wire.MESSAGE_ID.size


def _counted(letters: str, base: str) -> str:
    number = wire.MESSAGE_ID.read(letters) or 0
    return f"{number:X}" if base == "hex" else str(number)
