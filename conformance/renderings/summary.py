"""Counts that every rendering shows."""

from collections import Counter
from collections.abc import Iterable, Mapping

from conformance.counting import many
from conformance.record import Judged
from conformance.verdict import OBSERVED, Verdict


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
    return f"{many(len(rows), 'requirement')}: {parts}"


def observed(found: Mapping[Verdict, int]) -> int:
    """How many requirements the run says something about."""
    return sum(count for verdict, count in found.items() if verdict in OBSERVED)


def headline(found: Mapping[Verdict, int]) -> str:
    """The run in a few words: the worst that came, else how much was as the documents say."""
    seen = observed(found)
    if found.get(Verdict.ERROR):
        return f"the harness broke on {found[Verdict.ERROR]}"
    if not seen:
        return "nothing observed"
    if found.get(Verdict.FAILED):
        return f"{found[Verdict.FAILED]} of {seen} failed"
    fine = found.get(Verdict.MET, 0) + found.get(Verdict.SUPPORTED, 0)
    return f"{fine} of {seen} met"
