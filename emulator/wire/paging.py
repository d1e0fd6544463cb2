"""Pages as addresses ask for them (start, limit, order), and the Link field that leads to the others."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from emulator.core.pages import Window

FARTHEST = 2**31 - 1
"""The largest start and limit."""

START, LIMIT, ORDER = NAMES = ("start", "limit", "order")

Pairs = Iterable[tuple[str, str]]
"""The fields of a query as they stand there, repeated ones too."""


class BadWindow(Exception):
    """A page that cannot be asked for: which parameter says so, and why it cannot be obeyed."""

    def __init__(self, parameter: str, why: str) -> None:
        super().__init__(f"{parameter}: {why}")
        self.parameter, self.why = parameter, why


def window(query: Pairs, *, default: int = 50, cap: int | None = None, first_index: int = 0) -> Window:
    """The window that a query asks for; entries are counted from `first_index`, `cap` cuts the limit.

    Raises BadWindow.
    """
    given = _given(query)
    start = _whole(given, START, first_index, least=first_index)
    limit = _whole(given, LIMIT, default, least=1)
    return Window(start - first_index, limit if cap is None else min(limit, cap), _newest_first(given))


def links(address: str, query: Pairs, window: Window, total: int, first_index: int = 0) -> str:
    """The Link field (RFC 8288) of a page: self, first, last, and prev and next where there are any.

    `address` is absolute and without a query; the fields of `query` that ask for no page are kept.
    """
    kept = [pair for pair in query if pair[0] not in NAMES]
    shown = ((LIMIT, str(window.limit)), (ORDER, "DESC" if window.newest_first else "ASC"))
    return ", ".join(
        f'<{address}?{urlencode([*kept, (START, str(start + first_index)), *shown])}>; rel="{relation}"'
        for relation, start in _starts(window, total).items()
    )


def _starts(window: Window, total: int) -> dict[str, int]:
    """Where the pages begin that can be reached from this one."""
    start, limit = window.start, window.limit
    starts = {"self": start, "first": 0}
    if start > 0:
        starts["prev"] = max(0, start - limit)
    if start + limit < total:
        starts["next"] = start + limit
    return {**starts, "last": max(0, total - 1) // limit * limit}


def _given(query: Pairs) -> Mapping[str, str]:
    """What the query says of pages. Raises BadWindow for what it says twice."""
    given: dict[str, str] = {}
    for name, value in query:
        if name in given:
            raise BadWindow(name, "is given twice")
        if name in NAMES:
            given[name] = value
    return given


def _whole(given: Mapping[str, str], name: str, default: int, *, least: int) -> int:
    """Raises BadWindow."""
    text = given.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,10}", text) or not least <= int(text) <= FARTHEST:
        raise BadWindow(name, f"must be a whole number from {least} to {FARTHEST}")
    return int(text)


def _newest_first(given: Mapping[str, str]) -> bool:
    """Raises BadWindow."""
    order = given.get(ORDER, "ASC").upper()
    if order not in {"ASC", "DESC"}:
        raise BadWindow(ORDER, "must be ASC or DESC")
    return order == "DESC"
