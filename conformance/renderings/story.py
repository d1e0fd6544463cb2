"""A finding in lines: what the document says, what was asked, what came."""

from collections.abc import Iterator, Sequence

from conformance.drivers.curl import command
from conformance.record import Check, Judged, Run, Said, exchange
from conformance.renderings.octets import lined
from conformance.tape import SMPP

LONGEST = 4000  # characters of a request as a line; the record has it whole


class Evidence:
    """The checks of a run by requirement, looked up once for all of them."""

    def __init__(self, run: Run) -> None:
        self._checks = {check.id: check for check in run.checks}
        self._spent = {check.id: sum(said.took for said in check.exchanges) for check in run.checks}

    def behind(self, row: Judged) -> list[Check]:
        return [self._checks[name] for name in row.checks if name in self._checks]

    def seconds(self, rows: Sequence[Judged]) -> float:
        """Time spent waiting for answers; a check with two requirements counts for both."""
        return sum(self._spent.get(name, 0.0) for row in rows for name in row.checks)


def story(row: Judged, checks: Sequence[Check]) -> Iterator[str]:
    yield f"{row.id}: {row.means}"
    yield f"document: {row.at}"
    for check in checks:
        yield ""
        again = f", made again: {check.again.outcome}" if check.again else ""
        yield f"check: {check.id} ({check.outcome}{again})"
        yield from (f"  accepted: {accepted}" for accepted in check.accepted)
        if check.reason:
            yield f"  {check.reason}"
        if line := asked(check):
            yield f"  request: {line}"


def asked(check: Check, longest: int = LONGEST) -> str:
    """What shows the finding, as a line for a shell or, of SMPP, as octets; empty where nothing does."""
    if check.guilty is None:
        return ""
    said = check.exchanges[check.guilty]
    line = (
        _conversation(check.exchanges[: check.guilty + 1])
        if said.surface == SMPP
        else command(exchange(said))
    )
    return line if len(line) <= longest else f"{line[:longest]}… (whole in the record)"


def _conversation(exchanges: Sequence[Said]) -> str:
    """What the harness said last, and what came then: over SMPP each is an exchange of its own."""
    octets = [exchange(said) for said in exchanges]
    last = max((n for n, one in enumerate(octets) if one.request), default=0)
    return " -> ".join(lined(one.request or one.response) for one in octets[last:])
