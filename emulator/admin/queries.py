"""What callers of the control API may ask in a query string, as typed values."""

from typing import Annotated, TypeVar

import msgspec
from msgspec import UNSET, Meta, UnsetType
from werkzeug.datastructures import MultiDict

from emulator.admin.answers import Unreadable
from emulator.core.model import Status

MOST = 100_000
LONGEST_WAIT = 3600

Kind = TypeVar("Kind", bound="Query")

Text = Annotated[str, Meta(min_length=1, max_length=1000)]
Limit = Annotated[int, Meta(ge=0, le=MOST)]


class Query(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """These parameters, each at most once, and no others."""


class MessagesQuery(Query):
    """Conditions that messages must meet, all of them; see inbox.Filter."""

    provider: Text | None = None
    account: Text | None = None
    to: Text | None = None
    status: Status | UnsetType = UNSET  # with None for none, the word null would do
    text: Text | None = None
    since: Text | None = None
    limit: Limit = 1000


class WaitQuery(MessagesQuery):
    """So many of them, within so many seconds on the wall."""

    count: Limit = 1
    timeout: Annotated[float, Meta(ge=0, le=LONGEST_WAIT)] = 5.0


class ResourcesQuery(Query):
    """Conditions that resources must meet, all of them."""

    provider: Text | None = None
    account: Text | None = None
    collection: Text | None = None
    limit: Limit = 1000


class JournalQuery(Query):
    since: Annotated[int, Meta(ge=0, le=2**53)] = 0
    limit: Limit = 1000
    defective: bool = False


class DocsQuery(Query):
    document: Text = "control"


def read(arguments: MultiDict[str, str], kind: type[Kind]) -> Kind:
    """The query string as such a value. Raises Unreadable."""
    for name, values in arguments.lists():
        if len(values) > 1:
            raise Unreadable(f"the parameter {name!r} stands there {len(values)} times: write it once")
        if name not in kind.__struct_fields__:
            known = ", ".join(kind.__struct_fields__) or "none"
            raise Unreadable(f"no parameter {name!r} here; there are: {known}")
    try:
        return msgspec.convert(arguments.to_dict(), kind, strict=False)
    except msgspec.ValidationError as error:
        raise Unreadable(f"query: {error}") from None
