"""What a partial implementation evidently does not have at all, and how to leave it out."""

from collections.abc import Iterator, Mapping

from conformance.plainly import many
from conformance.record import Check, Judged, Run, exchange
from conformance.tape import CONTROL, By
from conformance.verdict import UNMET

NOTHING = (b" 404", b" 405", b" 501")
"""Statuses of an address at which there is nothing, or nothing that takes such a request."""

FEW = 5
"""Requests that prove nothing yet."""


def hints(run: Run) -> Iterator[str]:
    """A line for each interface of which every request was answered that there is nothing."""
    if run.header.ours:
        return
    asked = _asked(run)
    for surface, replies in asked.items():
        if len(replies) >= FEW and all(reply[8:12] in NOTHING for reply in replies):
            yield f"{surface}: nothing is there, said every answer to {many(len(replies), 'request')};"
            yield f"  if that is meant so: {' '.join(_left_out(run, surface))}"


def _asked(run: Run) -> Mapping[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for check in run.checks:
        for said in check.exchanges:
            if said.surface != CONTROL and said.by == By.HARNESS:
                found.setdefault(said.surface, []).append(exchange(said).response)
    return found


def _left_out(run: Run, surface: str) -> list[str]:
    """Options for the areas in which nothing else was asked."""
    checks = {check.id: check for check in run.checks}
    unmet = [row for row in run.verdicts if row.verdict in UNMET]
    areas = dict.fromkeys((row.provider, row.area) for row in unmet if _only(row, checks, surface))
    return [f"--skip '{provider}/{area}/*'" for provider, area in areas]


def _only(row: Judged, checks: Mapping[str, Check], surface: str) -> bool:
    said = {said.surface for name in row.checks for said in checks[name].exchanges}
    return said <= {surface, CONTROL} and surface in said
