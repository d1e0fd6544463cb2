"""The table of verdicts, and how several checks add up."""

from itertools import product

import pytest

from conformance.catalogue import Level, Origin, Requirement
from conformance.observation import Outcome
from conformance.record import Check
from conformance.verdict import MEANING, Verdict, judged, verdict, worst

DOCUMENTS = (Origin.SEED, Origin.PUBLIC, Origin.MEASURED)

FROM_A_DOCUMENT = {
    (Level.MUST, Outcome.MET): Verdict.MET,
    (Level.MUST, Outcome.UNMET): Verdict.FAILED,
    (Level.SHOULD, Outcome.MET): Verdict.MET,
    (Level.SHOULD, Outcome.UNMET): Verdict.WARNED,
    (Level.MAY, Outcome.MET): Verdict.SUPPORTED,
    (Level.MAY, Outcome.UNMET): Verdict.UNSUPPORTED,
}


def requirement(
    origin: Origin = Origin.SEED, level: Level = Level.MUST, untestable: str | None = None
) -> Requirement:
    return Requirement(
        id="acme/send/ok",
        provider="acme",
        origin=origin,
        level=level,
        at="1",
        means="ok",
        untestable=untestable,
    )


def check(outcome: Outcome, reason: str = "") -> Check:
    return Check(id=f"c-{outcome}", title="", requirements=("acme/send/ok",), outcome=outcome, reason=reason)


@pytest.mark.parametrize(("origin", "ours"), list(product(DOCUMENTS, (True, False))))
@pytest.mark.parametrize(("level", "outcome"), FROM_A_DOCUMENT)
def test_what_a_document_says_convicts_everybody_alike(
    origin: Origin, ours: bool, level: Level, outcome: Outcome
) -> None:
    assert verdict(origin, level, outcome, ours=ours) is FROM_A_DOCUMENT[level, outcome]


@pytest.mark.parametrize("level", Level)
def test_an_assumption_convicts_our_emulator_alone(level: Level) -> None:
    assert verdict(Origin.INFERRED, level, Outcome.UNMET, ours=True) is Verdict.FAILED
    assert verdict(Origin.INFERRED, level, Outcome.UNMET, ours=False) is Verdict.DIFFERS
    assert verdict(Origin.INFERRED, level, Outcome.MET, ours=False) is Verdict.MET


@pytest.mark.parametrize(("origin", "level", "ours"), list(product(Origin, Level, (True, False))))
def test_a_fault_of_the_harness_never_counts_against_the_subject(
    origin: Origin, level: Level, ours: bool
) -> None:
    assert verdict(origin, level, Outcome.ERROR, ours=ours) is Verdict.ERROR
    assert verdict(origin, level, Outcome.BLOCKED, ours=ours) is Verdict.BLOCKED
    assert verdict(origin, level, Outcome.DISABLED, ours=ours) is Verdict.DISABLED


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ((), Verdict.UNTESTED),
        ((Outcome.MET, Outcome.MET), Verdict.MET),
        ((Outcome.MET, Outcome.UNMET, Outcome.MET), Verdict.FAILED),
        ((Outcome.MET, Outcome.BLOCKED), Verdict.BLOCKED),
        ((Outcome.UNMET, Outcome.BLOCKED), Verdict.FAILED),
        ((Outcome.ERROR, Outcome.UNMET), Verdict.ERROR),
    ],
)
def test_a_requirement_takes_the_worst_of_its_checks(
    outcomes: tuple[Outcome, ...], expected: Verdict
) -> None:
    row = judged(requirement(), [check(outcome) for outcome in outcomes], ours=True)

    assert row.verdict == expected


def test_the_order_is_worst_last() -> None:
    assert worst(Verdict) is Verdict.ERROR
    assert worst([Verdict.MET, Verdict.SUPPORTED]) is Verdict.SUPPORTED


def test_a_row_without_checks_says_why() -> None:
    row = judged(requirement(untestable="only a handset shows it"), [], ours=True)

    assert (row.verdict, row.reason) == (Verdict.UNTESTED, "only a handset shows it")


def test_a_disabled_row_is_not_judged_by_what_came() -> None:
    row = judged(requirement(), [check(Outcome.UNMET)], ours=False, disabled="not bought")

    assert (row.verdict, row.reason) == (Verdict.DISABLED, "not bought")


def test_a_partly_met_row_says_how_much() -> None:
    row = judged(requirement(), [check(Outcome.MET), check(Outcome.BLOCKED, "no clock")], ours=False)

    assert row.reason == "no clock (1 of 2 checks are met)"


def test_every_verdict_is_explained() -> None:
    assert set(MEANING) == set(Verdict)
