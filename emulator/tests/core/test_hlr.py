"""Look-ups: how far they have come, and what the home register says of each kind of number."""

from decimal import Decimal

import pytest

from emulator import settings
from emulator.core.hlr import Progress, Question, lookup, objections, progress_at
from emulator.core.model import Account
from emulator.core.refusals import Reason
from emulator.core.register import Lookup, Presence
from emulator.tests.samples import NINE, NUMBER, UNPAID, an_account, second

DIME = Decimal("0.10")


def looked_up(number: str) -> Lookup:
    outcome = settings.outcomes().of(number)
    return lookup(number, outcome, an_account(), id=3, price=DIME, now=NINE)


@pytest.mark.parametrize(
    ("seconds", "progress"),
    [
        (0, Progress.QUEUED),
        (0.999999, Progress.QUEUED),
        (1, Progress.PENDING),
        (2.999999, Progress.PENDING),
        (3, Progress.ANSWERED),
        (1e6, Progress.ANSWERED),
    ],
)
def test_a_look_up_is_queued_pending_and_answered(seconds: float, progress: Progress) -> None:
    assert progress_at(looked_up(NUMBER), second(seconds)) is progress


@pytest.mark.parametrize(
    ("number", "presence", "country", "network", "serving_msc"),
    [
        ("306971234567", Presence.LIVE, "Greece", "Cosmote", "306970000000"),
        ("306949876543", Presence.LIVE, "Greece", "Vodafone", "306940000000"),
        ("35799548796", Presence.LIVE, "Cyprus", "Cytamobile-Vodafone", "35799000000"),
        ("306979019001", Presence.ABSENT, "Greece", "Cosmote", ""),
        ("306979019002", Presence.ABSENT, "Greece", "Cosmote", ""),
        ("306979019003", Presence.UNKNOWN_NUMBER, "", None, ""),
        ("306979019004", Presence.NO_ANSWER, "", None, ""),
        ("306979019006", Presence.UNKNOWN_NUMBER, "", None, ""),
        ("306979019010", Presence.LIVE, "Greece", "Vodafone", "306970000000"),
        ("306979019011", Presence.LIVE, "Greece", "Cosmote", "491710000000"),
        ("491719019011", Presence.LIVE, "Germany", "T-Mobile", "306970000000"),
    ],
)
def test_the_number_decides_the_answer(
    number: str, presence: Presence, country: str, network: str | None, serving_msc: str
) -> None:
    found = looked_up(number)

    assert found.presence is presence
    assert found.country == country
    assert (found.network and found.network.name) == network
    assert found.serving_msc == serving_msc


def test_a_look_up_keeps_who_asked_and_what_it_cost() -> None:
    found = looked_up(NUMBER)

    assert (found.id, found.provider, found.account, found.number) == (3, "isms", "demo", NUMBER)
    assert (found.price, found.accepted_at) == (DIME, NINE)


@pytest.mark.parametrize(
    ("question", "account", "cost", "reasons"),
    [
        (Question(numbers=(NUMBER,)), an_account(), "0.10", []),
        (Question(numbers=()), an_account(), "0", [Reason.NO_RECIPIENTS]),
        (Question(numbers=(NUMBER,)), None, "0.10", [Reason.BAD_CREDENTIALS]),
        (Question(numbers=(NUMBER,)), an_account(), "10.01", [Reason.NO_CREDIT]),
        (Question(numbers=(UNPAID,)), an_account(), "0.10", [Reason.NO_CREDIT]),
        (Question(numbers=()), None, "0", [Reason.NO_RECIPIENTS, Reason.BAD_CREDENTIALS]),
        (
            Question(numbers=(NUMBER,), flaws=(Reason.STORAGE_FAILED,)),
            an_account(),
            "0.10",
            [Reason.STORAGE_FAILED],
        ),
    ],
)
def test_every_objection_is_reported(
    question: Question, account: Account | None, cost: str, reasons: list[Reason]
) -> None:
    fates = [settings.outcomes().of(number) for number in question.numbers]

    assert set(objections(question, account, Decimal(cost), fates)) == set(reasons)
