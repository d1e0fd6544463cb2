"""The reconciliation after deaths: what is lost, doubled or made up is told; what death explains is not."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from loadtests.deaths.__main__ import main, refuse
from loadtests.deaths.tally import CREDIT, Death, Heard, Tally, faults

ONE, TWO = "306900000010", "306900000020"


def kept(*numbers: str, spent: int | None = None) -> dict[str, object]:
    """An export with messages of one credit each."""
    credit = CREDIT - (len(numbers) if spent is None else spent)
    return {
        "messages": [{"recipient": number, "price": "1"} for number in numbers],
        "accounts": [
            {"provider": "isms", "login": "other", "credit": "1"},
            {"provider": "isms", "login": "demo", "credit": f"{credit}"},
        ],
    }


@pytest.fixture
def tally() -> Tally:
    """Both were accepted and told of; the first died once, in the tenth second, the other a second later."""
    return Tally(
        tried={ONE, TWO},
        accepted={ONE: "A", TWO: "B"},
        receipts={ONE: [Heard(5.0, 0)], TWO: [Heard(9.95, 0)]},
        deaths=[Death(0, 10.0, 10.02), Death(1, 11.0, 11.02)],
    )


def test_what_adds_up_has_no_faults(tally: Tally) -> None:
    assert [*faults(tally, kept(ONE, TWO))] == []


def test_a_receipt_on_its_way_at_a_death_may_come_again(tally: Tally) -> None:
    tally.receipts[TWO].append(Heard(13.0))

    assert [*faults(tally, kept(ONE, TWO))] == []


def test_a_message_without_an_answer_may_be_there_or_not(tally: Tally) -> None:
    del tally.accepted[TWO]

    assert [*faults(tally, kept(ONE, TWO))] == []
    assert [*faults(tally, kept(ONE))] == []


@pytest.mark.parametrize(
    "first", [Heard(5.0, 0), Heard(9.8, 0), Heard(10.2, 0), Heard(9.95, 1), Heard(10.95, 0), Heard(10.5)]
)
def test_a_receipt_that_was_noted_or_came_of_another_comes_once(tally: Tally, first: Heard) -> None:
    tally.receipts[ONE] = [first, Heard(13.0, 0)]

    assert [*faults(tally, kept(ONE, TWO))] == [
        "1 receipts doubled that were not on their way at a death",
    ]


@pytest.mark.parametrize(
    ("after", "fault"),
    [
        (kept(ONE), f"1 acknowledged messages lost, as {TWO}"),
        (kept(ONE, TWO, "3069"), "1 messages that nobody sent, as 3069"),
        (kept(ONE, TWO, TWO), f"1 messages doubled, as {TWO}"),
        (kept(ONE, TWO, spent=3), "3 credits went for messages of 2"),
    ],
)
def test_messages_and_credits_are_neither_lost_nor_doubled(
    tally: Tally, after: dict[str, object], fault: str
) -> None:
    assert fault in [*faults(tally, after)]


def test_every_message_is_told_of(tally: Tally) -> None:
    del tally.receipts[ONE]

    assert [*faults(tally, kept(ONE, TWO))] == [f"1 receipts lost, as {ONE}"]


def test_no_identifier_is_given_twice(tally: Tally) -> None:
    tally.accepted[TWO] = "A"

    assert [*faults(tally, kept(ONE, TWO))] == ["an identifier was given twice"]


def test_where_nothing_was_acknowledged_nothing_was_tried() -> None:
    assert [*faults(Tally(), kept())] == ["no message was acknowledged"]


def test_memory_is_refused_as_it_dies_with_the_emulator() -> None:
    result = CliRunner().invoke(main, ["--store", "memory"])

    assert result.exit_code == 2
    assert "--store memory dies with the emulator" in result.stderr


def test_a_store_in_which_there_are_messages_is_refused() -> None:
    refuse([])
    with pytest.raises(click.UsageError, match="messages in it already, 2 of them: give an empty one"):
        refuse([ONE, TWO])
