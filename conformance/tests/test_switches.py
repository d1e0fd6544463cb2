"""Assumptions on trial: a switch that is turned has to be noticed by the rows that name it."""

from dataclasses import fields

import pytest

from conformance.catalogue import catalogue
from conformance.miniature import Miniature, Stage, unmet
from conformance.tests.shelf import TURNED
from conformance.tests.spoiling import switched
from emulator.provider import Provider
from emulator.providers import PROVIDERS


def rows(switch: str) -> set[str]:
    """The requirements that a switch can decide otherwise."""
    return {row.id for row in catalogue() if switch in (row.setting or "").split()}


@pytest.mark.parametrize(
    ("provider", "switch"), [(provider, switch) for provider in TURNED for switch in TURNED[provider]]
)
def test_a_turned_switch_is_noticed_by_the_rows_that_name_it(
    stage: Stage, provider: str, switch: str
) -> None:
    settled = rows(f"{provider}.{switch}")
    app = switched(provider, **{switch: TURNED[provider][switch]})
    turned = Miniature(name=switch, breaks=min(settled), says=f"{switch} is turned", app=app)

    found = unmet(stage, turned, only=sorted(settled))

    assert found == settled


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
def test_switches_and_rows_name_each_other(provider: Provider) -> None:
    switches = {f"{provider.name}.{field.name}" for field in fields(provider.quirks)}
    named = {one for row in catalogue() for one in (row.setting or "").split()}

    assert switches == {one for one in named if one.startswith(f"{provider.name}.")}
    assert set(TURNED.get(provider.name, ())) == {field.name for field in fields(provider.quirks)}
