"""What a target evidently does not have at all or does not let us have, and what to do about it."""

from collections.abc import Iterator, Mapping

from conformance.counting import many
from conformance.drivers.smpp_pdus import ANSWER, BINDS
from conformance.drivers.smpp_statuses import Status
from conformance.record import Check, Judged, Run, exchange
from conformance.tape import CONTROL, SMPP, By
from conformance.verdict import UNMET

NOTHING = (b" 404", b" 405", b" 501")
"""Statuses of an address at which there is nothing, or nothing that takes such a request."""

BOUND = frozenset(bind | ANSWER for bind in BINDS)

FEW = 5
"""Requests that prove nothing yet."""


def hints(run: Run) -> Iterator[str]:
    """What to think of an interface that always answers that there is nothing, or lets nobody in."""
    if run.header.ours:
        return
    asked = _asked(run)
    if why := _barred(asked.get(SMPP, [])):
        yield f"smpp: every bind was refused with {why!r}; is it the right name and password?"
        yield "  SMSLAB_SMPP_SYSTEM_ID and SMSLAB_SMPP_PASSWORD say them, or the target file"
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


def _barred(replies: list[bytes]) -> Status | None:
    """The latest answer to a bind, where all were refusals."""
    binds = [reply for reply in replies if int.from_bytes(reply[4:8], "big") in BOUND]
    statuses = [Status(int.from_bytes(bind[8:12], "big")) for bind in binds]
    return statuses[-1] if len(statuses) >= FEW and Status.ROK not in statuses else None


def _left_out(run: Run, surface: str) -> list[str]:
    """Options for the areas in which nothing else was asked."""
    checks = {check.id: check for check in run.checks}
    unmet = [row for row in run.verdicts if row.verdict in UNMET]
    areas = dict.fromkeys((row.provider, row.area) for row in unmet if _only(row, checks, surface))
    return [f"--skip '{provider}/{area}/*'" for provider, area in areas]


def _only(row: Judged, checks: Mapping[str, Check], surface: str) -> bool:
    said = {said.surface for name in row.checks for said in checks[name].exchanges}
    return said <= {surface, CONTROL} and surface in said
