"""What a scenario offers to the generator, to the reconciliation and to the benchmarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from loadtests.accounting.ledger import Key, Receipt
from loadtests.accounting.reconciliation import Found
from loadtests.accounting.statement import Statement
from loadtests.planning.plan import Plan
from loadtests.scenarios.numbers import Numbering
from loadtests.scenarios.template import Exchange, Reply, Template

SAMPLE = 1_000  # messages also asked for in the dialect, where the control API lists them all

Numbers = tuple[str, ...]
References = tuple[str, ...]  # one for each number, empty for one that was refused


def with_password(secret: str) -> Mapping[str, object]:
    return {"password": secret}


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What may be said of a scenario whatever it speaks."""

    provider: str
    price: Decimal = Decimal("1.00")  # of a message, in the emulator's default world
    rate: float = 700  # messages a second, unless the run says otherwise
    recipients: int = 1  # a call, likewise
    users: int = 64  # connections, likewise
    numbers: Numbering
    steps: tuple[str, ...] = ()  # states on the way that are reported too, each once
    report_every: int = 1  # call of so many asks for reports, unless the run says otherwise
    sample: int | None = SAMPLE  # None: every message is asked for, many at a time
    free_failures: bool = False  # whether what fails in the end costs nothing
    final_after: float = 3.0  # seconds from acceptance to the final state, by the emulator's own timetable
    account: Callable[[str], Mapping[str, object]] = with_password  # of ours; from what shall be its secret


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpScenario(Traits):
    """Functions that raise Refused where the target does not answer as it should."""

    template: Callable[[Plan, str], Template]  # plan, address for reports
    references: Callable[[Reply, Numbers], References]
    receipt: Callable[[bytes, float], Receipt] | None = None  # body of a report, moment of arrival
    statement: Callable[[Plan, Exchange], Statement]
    states: Callable[[Plan, Exchange, Sequence[Key]], Iterator[Found]]
    """Leaves out what the target denies, and nothing else."""

    @property
    def reports(self) -> bool:
        """Whether the dialect has delivery reports at all."""
        return self.receipt is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class SmppScenario(Traits):
    """Accounts that share the slots in turn, each within its limit; all of SMPP is the same dialect."""

    accounts: int = 1
    burst: bool = False  # whether one more than the limit allows is sent at once, when all else is sent

    @property
    def reports(self) -> bool:
        """Every submit asks for a receipt."""
        return True


Scenario = HttpScenario | SmppScenario


def reporting(scenario: Scenario, plan: Plan) -> bool:
    """Whether any reports are asked for."""
    return scenario.reports and plan.report_every > 0
