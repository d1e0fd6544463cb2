"""How a check ended decides whose fault it is."""

import pytest

from conformance.blocked import Blocked, Disabled
from conformance.control import ControlFailed
from conformance.drivers.http import Unanswered, Unreachable
from conformance.observation import Outcome, finding
from conformance.verify import Mismatch

CASES: list[tuple[str, BaseException | None, Outcome]] = [
    ("call", None, Outcome.MET),
    ("call", Mismatch(("'a'",), "'b'", None), Outcome.UNMET),
    ("teardown", Mismatch(("no defect",), "['x']", None), Outcome.UNMET),
    ("call", AssertionError("assert 1 == 2"), Outcome.UNMET),
    ("call", pytest.fail.Exception("no"), Outcome.UNMET),
    ("call", Unanswered("no answer within 10 s"), Outcome.UNMET),
    ("setup", Unanswered("no answer within 10 s"), Outcome.UNMET),
    ("call", Unreachable("nothing answers"), Outcome.ERROR),
    ("call", IndexError("list index out of range"), Outcome.ERROR),
    ("setup", AssertionError("a fixture broke"), Outcome.ERROR),
    ("teardown", AssertionError("a fixture broke"), Outcome.ERROR),
    ("call", ControlFailed("status 500"), Outcome.ERROR),
    ("setup", Blocked("needs a control API"), Outcome.BLOCKED),
    ("call", Blocked("would spend 2 messages"), Outcome.BLOCKED),
    ("call", pytest.skip.Exception("no PHP here"), Outcome.BLOCKED),
    ("setup", Disabled("not bought"), Outcome.DISABLED),
]


@pytest.mark.parametrize(("when", "fault", "outcome"), CASES)
def test_only_the_subjects_own_doing_counts_against_it(
    when: str, fault: BaseException | None, outcome: Outcome
) -> None:
    assert finding(when, fault).outcome is outcome


def test_a_finding_carries_what_was_acceptable_and_what_came() -> None:
    found = finding("call", Mismatch(("'a'", "'b'"), "'c'", None))

    assert (found.accepted, found.actual, found.reason) == (("'a'", "'b'"), "'c'", "came 'c'")


def test_a_reason_is_one_line() -> None:
    assert finding("call", AssertionError("first\nsecond")).reason == "first"
