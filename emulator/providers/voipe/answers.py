"""The envelope of every answer, in the three formats, with the header fields that playSMS sends."""

from collections.abc import Mapping
from datetime import datetime

from emulator.provider import Reply
from emulator.providers.voipe.faults import TEXTS, Declined
from emulator.providers.voipe.quirks import Quirks
from emulator.wire.phpvalues import Value, encoded, serialized
from emulator.wire.phpxml import document

Answer = Mapping[str, Value]
"""What an operation says, in its order, without what every answer ends with."""

OK: Answer = {"status": "OK", "error": "0"}

# req: voipe/http/json-type voipe/http/xml-type voipe/http/serialize-type voipe/http/status-200
JSON, XML, PLAIN = "application/json", "text/xml;charset=UTF-8", "text/plain;charset=UTF-8"
HTML = "text/html; charset=UTF-8"

ROOT = "response"

EMPTY = Reply("", HTML)
"""What the module says that has nothing to say."""

BROKEN = Reply("", HTML, 500)
"""What PHP says where the module fell over."""

NO_DATABASE = Reply("<p align=left>DB Error: connect failed<br><br>", HTML)
"""What the database library says where there is none."""


class Unanswered(Exception):
    """A call that gets a page of the server instead of an envelope."""

    def __init__(self, page: Reply) -> None:
        super().__init__(page.status)
        self.page = page


def listed(entries: Value) -> Answer:
    """A list without status or error of its own."""
    return {"data": entries}  # req: voipe/envelope/list voipe/envelope/texts


def declined(error: Declined) -> Answer:
    """The code of what went wrong; its text comes with the end of the answer."""
    # req: voipe/envelope/status voipe/envelope/error voipe/envelope/no-list
    said: Answer = {"status": "ERR", "error": error.code}
    return {**said, "info": error.info} if error.info else said


def reply(answer: Answer, wanted: str, now: datetime, quirks: Quirks) -> Reply:
    """The answer in the format asked for; in JSON where nobody knows that format."""
    # req: voipe/format/parameter voipe/format/default voipe/format/case voipe/format/alike
    whole = {**answer, "error_string": _text(answer)}  # req: voipe/envelope/order voipe/envelope/error-string
    if quirks.timestamp:
        whole["timestamp"] = int(now.timestamp())  # req: voipe/envelope/timestamp
    wanted = wanted.lower()
    # req: voipe/format/xml voipe/xml/prolog voipe/xml/line voipe/xml/root voipe/xml/items voipe/xml/empty
    # req: voipe/xml/characters voipe/xml/escapes voipe/xml/ampersand voipe/xml/well-formed
    if wanted == "xml":
        return Reply(document(ROOT, whole, escaping=quirks.ampersands == "escaped"), XML)
    # req: voipe/format/serialize voipe/serialize/lengths voipe/serialize/types voipe/serialize/no-line-end
    if wanted == "serialize":
        return Reply(serialized(whole), PLAIN)
    # req: voipe/format/json voipe/format/unknown voipe/json/compact voipe/json/characters voipe/json/slash
    # req: voipe/json/signs voipe/json/control voipe/json/numbers
    return Reply(encoded(whole), JSON)


def _text(answer: Answer) -> str | None:
    error = answer.get("error")
    return TEXTS.get(error) if isinstance(error, str) else None
