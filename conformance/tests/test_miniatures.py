"""The harness on trial: does it notice what is wrong with each emulator on the shelf?"""

import pytest

from conformance.catalogue import catalogue
from conformance.miniature import Miniature, Stage, unmet
from conformance.tests.shelf import MINIATURES


def named(miniature: Miniature) -> str:
    return f"{miniature.breaks.partition('/')[0]}-{miniature.name}"


@pytest.mark.parametrize("miniature", MINIATURES, ids=named)
def test_a_wrong_emulator_is_caught_by_what_it_breaks(
    stage: Stage, miniature: Miniature, caplog: pytest.LogCaptureFixture
) -> None:
    found = unmet(stage, miniature, only=[miniature.breaks])

    assert found == {miniature.breaks}, miniature.says
    assert caplog.messages == []  # it is wrong on purpose, not by breaking down


def test_every_miniature_breaks_a_requirement_of_its_own() -> None:
    broken = [miniature.breaks for miniature in MINIATURES]

    assert sorted(broken) == sorted(set(broken))
    assert set(broken) <= {row.id for row in catalogue()}
