"""Addresses with changing parts, as OpenAPI writes them: which of them a path is."""

import re
from collections.abc import Collection, Mapping
from typing import Generic, TypeVar

Known = TypeVar("Known")

NO_SLASH, ANYTHING = r"[^/]+", r"[\s\S]+"

_ESCAPED = re.compile(r"\\\{(\w+)\\\}")


class Paths(Generic[Known]):
    """What is known of addresses like `/pages/{pageId}`; a part has no slash, unless it is named as `wide`.

    An address without changing parts is found first, of the others the first that fits.
    """

    def __init__(self, known: Mapping[str, Known], wide: Collection[str] = ()) -> None:
        self.fixed = {path: one for path, one in known.items() if "{" not in path}
        self._changing = [(_pattern(path, wide), one) for path, one in known.items() if "{" in path]

    def find(self, path: str) -> tuple[Known, Mapping[str, str]] | None:
        """What is known of a path, and its changing parts by name; None where it is none of the addresses."""
        if path in self.fixed:
            return self.fixed[path], {}
        for pattern, known in self._changing:
            if found := pattern.fullmatch(path):
                return known, found.groupdict()
        return None


def _pattern(path: str, wide: Collection[str]) -> re.Pattern[str]:
    def part(found: re.Match[str]) -> str:
        return f"(?P<{found[1]}>{ANYTHING if found[1] in wide else NO_SLASH})"

    return re.compile(_ESCAPED.sub(part, re.escape(path)))
