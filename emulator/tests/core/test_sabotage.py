"""Faults on purpose: aimed, counted, drawn from the seed."""

from dataclasses import replace

import pytest

from emulator.core.ids import Ids
from emulator.core.refusals import Reason
from emulator.core.sabotage import Aim, Effect, Fault, after_aim

SEND = Aim(
    provider="isms",
    path="/api/http/send.php",
    account="demo",
    effects=frozenset({Effect.STATUS}),
    words=frozenset({Reason.NO_CREDIT}),
)


def a_fault(**changes: object) -> Fault:
    return replace(Fault(id="broken", effect=Effect.STATUS), **changes)  # type: ignore[arg-type]  # by name


def strikes(fault: Fault, exchanges: int, seed: int = 1) -> list[bool]:
    """Which of so many exchanges are struck."""
    struck = []
    for _ in range(exchanges):
        hit, fault = after_aim(fault, Ids(seed).share)
        struck.append(hit)
    return struck


@pytest.mark.parametrize(
    ("fault", "aimed"),
    [
        (a_fault(), True),
        (a_fault(provider="isms"), True),
        (a_fault(provider="iro"), False),
        (a_fault(account="demo"), True),
        (a_fault(account="empty"), False),
        (a_fault(path="/api/http/send.php"), True),
        (a_fault(path="/api/*"), True),
        (a_fault(path="*.php"), True),
        (a_fault(path="/api/http/*query.php"), False),
        (a_fault(path="/API/http/send.php"), False),
        (a_fault(path="send.php"), False),
        (a_fault(effect=Effect.DELAY), False),
        (a_fault(reason=Reason.NO_CREDIT), True),
        (a_fault(reason=Reason.NO_ROUTE), False),
        (a_fault(provider="isms", account="demo", path="/api/*"), True),
        (a_fault(provider="isms", account="empty", path="/api/*"), False),
    ],
)
def test_a_fault_aims_at_what_meets_all_its_conditions(fault: Fault, aimed: bool) -> None:
    assert fault.aims_at(SEND) is aimed


def test_a_fault_strikes_for_good_unless_it_is_counted() -> None:
    assert strikes(a_fault(), 5) == [True, True, True, True, True]


def test_a_counted_fault_strikes_so_often_and_then_no_more() -> None:
    assert strikes(a_fault(times=2), 5) == [True, True, False, False, False]


def test_a_fault_that_is_used_up_says_so() -> None:
    _, after = after_aim(a_fault(times=1), Ids(1).share)

    assert (after.times, after.met) == (0, 1)


def test_a_share_is_drawn_from_the_seed() -> None:
    """The same seed strikes the same exchanges; another seed, or another name, strikes others."""
    drawn = strikes(a_fault(share=0.5), 200)

    assert drawn == strikes(a_fault(share=0.5), 200)
    assert drawn != strikes(a_fault(share=0.5), 200, seed=2)
    assert drawn != strikes(a_fault(share=0.5, id="other"), 200)
    assert 70 < sum(drawn) < 130


@pytest.mark.parametrize(("share", "struck"), [(0.0, 0), (1.0, 100)])
def test_the_ends_of_a_share_are_never_and_always(share: float, struck: int) -> None:
    assert sum(strikes(a_fault(share=share), 100)) == struck


def test_only_strikes_are_counted_not_meetings() -> None:
    assert sum(strikes(a_fault(share=0.5, times=10), 200)) == 10
