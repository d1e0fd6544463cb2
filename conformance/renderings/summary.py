"""Counts that every rendering shows."""

from collections import Counter
from collections.abc import Iterable

from conformance.record import Judged
from conformance.verdict import Verdict


def counts(verdicts: Iterable[Judged]) -> dict[Verdict, int]:
    """How often each verdict was given, worst first, those never given left out."""
    found = Counter(Verdict(row.verdict) for row in verdicts)
    return {verdict: found[verdict] for verdict in reversed(Verdict) if found[verdict]}


def worst_first(verdicts: Iterable[Judged]) -> list[Judged]:
    order = list(Verdict)
    return sorted(verdicts, key=lambda row: -order.index(Verdict(row.verdict)))


def sentence(verdicts: Iterable[Judged]) -> str:
    """`181 requirements: 3 failed, 178 met`."""
    rows = list(verdicts)
    parts = ", ".join(f"{count} {verdict}" for verdict, count in counts(rows).items())
    return f"{len(rows)} requirement{'s' * (len(rows) != 1)}: {parts}"
