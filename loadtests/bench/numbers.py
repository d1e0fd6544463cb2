"""Recipients for benchmarks: all different, all delivered."""

from __future__ import annotations


def recipients(call: int, count: int) -> list[str]:
    """The numbers of one call. They end in 0: of the special outcomes only a delivered one does."""
    return [f"3069{n % 10_000_000:07d}0" for n in range(call * count, (call + 1) * count)]
