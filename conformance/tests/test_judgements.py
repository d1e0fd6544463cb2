"""Mutants are judged by what they would change for a client."""

import pytest

from conformance.tests.trial.judgements import equivalent, excused, judgements, same_by_default
from conformance.tests.trial.tally import Hunted, summed, tallies

WAS = 'if quirks.past_schedule == "refuse":'


@pytest.mark.parametrize(
    ("reads", "same"),
    [
        ('if quirks.past_schedule is "refuse":', True),
        ('if quirks.past_schedule != "refuse":', False),
        ('if quirks.past_schedule < "refuse":', True),  # `send` stands behind it
        ('if quirks.past_schedule > "refuse":', False),
        ('if not quirks.past_schedule == "refuse":', False),
    ],
    ids=["is", "not", "before", "behind", "turned"],
)
def test_a_comparison_of_a_switch_is_judged_by_its_default(reads: str, same: bool) -> None:
    assert same_by_default("isms/wire", WAS, reads) is same


def hunted(fate: str, name: str = "one") -> Hunted:
    return Hunted(name=name, module="isms/wire", line=1, was="a", reads="b", fate=fate, by="")


def test_the_last_hunt_counts() -> None:
    (tally,) = summed([hunted("survived"), hunted("killed"), hunted("equivalent", "other")])

    assert (tally.mutants, tally.equivalent, tally.killed, tally.survivors) == (2, 1, 1, ())
    assert tally.rate == 1


def test_nine_of_ten_mutants_were_killed() -> None:
    known = tallies()

    assert sum(one.killed for one in known) >= 0.9 * sum(one.mutants - one.equivalent for one in known)


def test_every_survivor_has_a_reason() -> None:
    assert [one.reads for tally in tallies() for one in tally.survivors if not one.why] == []


def test_each_judgement_has_a_reason() -> None:
    listed = [*judgements().equivalent, *judgements().survivor]

    assert [one for one in listed if not one.why.strip()] == []
    assert equivalent("isms/wire", "a", "b") is None
    assert excused("isms/wire", "a", "b") is None
