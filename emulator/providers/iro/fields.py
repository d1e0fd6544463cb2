"""Parameters by name, as the planned interfaces take them: in a query, a form, or a JSON object."""

from collections.abc import Mapping
from urllib.parse import parse_qs

from flask import Request

from emulator.providers.iro.arguments import Given
from emulator.providers.iro.faults import Unreadable
from emulator.wire import json
from emulator.wire.values import Scalar

LISTS = frozenset({"recipients", "route"})
"""Names that are a list however often they stand there; of others the last counts."""

MOST_FIELDS = 20_000

Fields = Mapping[str, Given]


def query(request: Request) -> Fields:
    return form(request.query_string)  # req: iro/json/get iro/jsonp/get-only


def posted(request: Request) -> Fields:
    """The body, which is an object if it says or looks so, over what the query has."""
    octets = request.get_data()
    looks = octets.lstrip()[:1] in (b"{", b"[")
    body = members(octets) if looks or request.mimetype.endswith("json") else form(octets)
    return {**query(request), **body}


def form(octets: bytes) -> Fields:
    """Pairs of names and values. Raises Unreadable for far too many."""
    # req: iro/json/form iro/json/lists
    try:
        pairs = parse_qs(
            octets.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS
        )
    except ValueError:
        raise Unreadable(f"more than {MOST_FIELDS} fields") from None
    fields = {name: [Scalar(value) for value in values] for name, values in pairs.items()}
    return {name: values if name in LISTS else values[-1] for name, values in fields.items()}


def members(octets: bytes) -> Fields:
    """The members of a JSON object. Raises Unreadable for anything else."""
    # req: iro/json/body
    try:
        found = json.decoded(octets)
    except ValueError as error:
        raise Unreadable(str(error)) from None
    if not isinstance(found, dict):
        raise Unreadable("no JSON object")
    return found
