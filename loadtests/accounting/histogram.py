"""How values are spread, without keeping each of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable


class Histogram:
    """To three digits: a million values take no more room than a thousand."""

    def __init__(self, values: Iterable[float] = ()) -> None:
        self._counts = Counter(map(rounded, values))

    def add(self, value: float) -> None:
        self._counts[rounded(value)] += 1

    def join(self, other: Histogram) -> None:
        self._counts.update(other._counts)

    def __len__(self) -> int:
        return self._counts.total()

    def percentile(self, share: float) -> float | None:
        """The smallest value that at least `share` of them do not exceed; None without any."""
        rank = max(1, math.ceil(round(share * len(self), 9)))
        for value, count in sorted(self._counts.items()):
            rank -= count
            if rank <= 0:
                return value
        return None


def rounded(value: float) -> float:
    return float(f"{value:.3g}")
