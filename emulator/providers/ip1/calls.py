"""A call that is understood, and what its answer is made of."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from urllib.parse import parse_qsl, quote

import msgspec
from flask import Request

from emulator.core.gateway import Gateway
from emulator.core.ids import Ids
from emulator.core.model import Account, Login
from emulator.core.pages import Page, Window
from emulator.provider import Context, Reply
from emulator.providers.ip1.faults import invalid
from emulator.providers.ip1.quirks import Quirks
from emulator.wire import json, paging

MOST_FIELDS = 1000
"""Of a query."""

_HOST = re.compile(r"[A-Za-z0-9._\[\]:-]+")

Item = TypeVar("Item")

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What an operation may ask of the call that it answers.

    `place` are the changing parts of the path by name; `body` is the value that was sent, None where the
    operation takes none.
    """

    here: Context
    request: Request
    account: Account
    login: Login
    quirks: Quirks
    place: Mapping[str, str]
    query: Pairs
    body: object = None

    @property
    def gateway(self) -> Gateway:
        return self.here.gateway

    @property
    def ids(self) -> Ids:
        return self.here.ids

    @property
    def now(self) -> datetime:
        return self.here.gateway.clock.now()

    @property
    def window(self) -> Window:
        """The page that is asked for. Raises Declined."""
        # req: ip1/pagination/start ip1/pagination/limit ip1/pagination/order ip1/pagination/zero-based
        # req: ip1/pagination/no-cap ip1/pagination/bounds
        cap, first = self.quirks.limit_cap, self.quirks.first_index
        try:
            return paging.window(self.query, cap=cap, first_index=first)
        except paging.BadWindow as error:  # req: ip1/pagination/bad-values
            errors = {error.parameter: [f"{error.parameter} {error.why}."]}
            raise invalid(errors, "ip1/pagination/bad-values") from None

    def address(self, path: str) -> str:
        """Where a path of ours is, for whoever called."""
        environ = self.request.environ
        host = environ.get("HTTP_HOST", "")
        if not _HOST.fullmatch(host):  # it would break out of the header fields that it is put into
            host = f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
        return f"{environ['wsgi.url_scheme']}://{host}{environ.get('SCRIPT_NAME', '')}{path}"


def query(request: Request) -> Pairs:
    """The fields of the query as they stand there. Raises Declined for far too many."""
    octets = request.query_string
    if not octets:
        return []
    try:
        return parse_qsl(octets.decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise invalid({"query": [f"There are more than {MOST_FIELDS} fields."]}) from None


def answer(document: object, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
    """A document as JSON."""
    # req: ip1/http/json
    return Reply(msgspec.json.encode(document).decode(), json.CONTENT_TYPE, status, headers)


def paged(call: Call, page: Callable[[Window], Page[Item]], shown: Callable[[Item], object]) -> Reply:
    """The page that is asked for, and the way to the others. Raises Declined."""
    # req: ip1/pagination/array ip1/pagination/collections ip1/pagination/beyond
    window = call.window
    found = page(window)
    # req: ip1/pagination/link ip1/pagination/next ip1/pagination/last ip1/pagination/always
    # req: ip1/pagination/filters-kept
    address = call.address(quote(call.request.path))
    links = paging.links(address, call.query, window, found.total, call.quirks.first_index)
    return answer([shown(item) for item in found.items], headers=(("Link", links),))
