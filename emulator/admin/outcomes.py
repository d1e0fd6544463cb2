"""Outcomes: the table of endings, and what single numbers mean instead."""

from flask import Response

from emulator.admin import views
from emulator.admin.answers import Absent, Unreadable, nothing, shown
from emulator.admin.bodies import OverrideBody
from emulator.admin.call import Here
from emulator.core.numbers import msisdn
from emulator.core.outcomes import Override
from emulator.core.overrides import KIND


def index(here: Here) -> Response:
    table = here.space.gateway.outcomes
    overrides = [one for one in here.space.store.values(KIND) if isinstance(one, Override)]
    return shown(
        {
            "outcomes": [views.outcome(one) for one in (table.ordinary, *table.special.values())],
            "overrides": {one.number: views.override(one) for one in overrides},
        }
    )


def put(here: Here, number: str, body: OverrideBody) -> Response:
    named = here.space.gateway.outcomes.named
    if body.outcome not in named:
        raise Unreadable(f"no outcome {body.outcome!r}; there are: {', '.join(named)}")
    override = Override(number=digits(number), outcome=body.outcome, left=body.times)
    here.space.store.put(KIND, (override.number,), override)
    return shown(views.override(override))


def delete(here: Here, number: str) -> Response:
    if not here.space.store.drop(KIND, (digits(number),)):
        raise Absent(f"no outcome was put for {number!r}")
    return nothing()


def digits(number: str) -> str:
    """A number in its one spelling. Raises Unreadable."""
    found = msisdn(number, fewest=1)
    if found is None:
        raise Unreadable(f"{number!r} is no number: write up to 15 digits")
    return found
