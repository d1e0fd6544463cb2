"""What conformance/README.md says of the trial is said of the wrong emulators that there are."""

from conformance.tests.shelf import DIALECTS
from conformance.tests.trial.kills import Kills, known


def test_every_miniature_was_on_trial() -> None:
    tried = {one.dialect: one.miniatures for one in known()}

    assert tried == {dialect: len(shelf) for dialect, shelf in DIALECTS.items()}


def test_of_each_dialect_enough_were_caught() -> None:
    assert [one.dialect for one in known() if not one.enough] == []


def test_three_of_a_hundred_may_survive() -> None:
    rare = Kills(dialect="any", miniatures=100, survivors=["one"] * 3)
    common = Kills(dialect="any", miniatures=100, survivors=["one"] * 4)

    assert (rare.enough, common.enough) == (True, False)
