"""What a terminal says of a run that could not be judged whole."""

import pytest

from conformance import console
from conformance.observation import Outcome
from conformance.record import FORMAT, Check, Header, Run

GONE = "Unreachable: nothing answers at http://x: Connection refused (http.py, line 7)"
OWN = "IndexError: list index out of range (test_x.py, line 7)"

HEADER = Header(
    format=FORMAT,
    smslab="0",
    target="x",
    base="http://x",
    ours=False,
    catalogue="0",
    providers=(),
    seed=1,
    clock="",
    date="",
)


def broken(number: int, reason: str) -> Check:
    outcome = Outcome.ERROR if reason else Outcome.MET
    return Check(id=f"c{number}", title="", requirements=(), outcome=outcome, reason=reason)


@pytest.mark.parametrize(
    ("reasons", "told"),
    [
        (("", ""), []),
        (("", GONE, GONE), ["the target was gone after c0; 2 checks could not be made"]),
        ((GONE,), ["the target was gone from the first check on; 1 check could not be made"]),
        ((OWN, ""), ["the harness broke on 1 check; nothing is said about the target there"]),
        (
            ("", GONE, OWN),
            [
                "the target was gone after c0; 1 check could not be made",
                "the harness broke on 1 check; nothing is said about the target there",
            ],
        ),
    ],
)
def test_a_target_that_went_is_told_from_a_fault_of_our_own(
    reasons: tuple[str, ...], told: list[str]
) -> None:
    checks = tuple(broken(number, reason) for number, reason in enumerate(reasons))

    assert [*console.broken(Run(header=HEADER, checks=checks, verdicts=()))] == told
