"""Outcomes: the table of endings, and what single numbers mean instead."""

import re

from flask import Response

from emulator.admin import views
from emulator.admin.answers import Absent, Unreadable, nothing, shown
from emulator.admin.bodies import OverrideBody
from emulator.admin.call import Here
from emulator.core.numbers import msisdn
from emulator.core.outcomes import Override, spelled
from emulator.core.overrides import KIND

ADDRESS = re.compile(r"[^\s@/]{1,64}@[^\s@/]{1,255}")


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
    override = Override(number=recipient(number), outcome=body.outcome, left=body.times)
    here.space.store.put(KIND, (override.number,), override)
    return shown(views.override(override))


def delete(here: Here, number: str) -> Response:
    if not here.space.store.drop(KIND, (recipient(number),)):
        raise Absent(f"no outcome was put for {number!r}")
    return nothing()


def recipient(text: str) -> str:
    """A number or a mail address in its one spelling. Raises Unreadable."""
    found = spelled(text) if ADDRESS.fullmatch(text) else msisdn(text, fewest=1)
    if found is None:
        raise Unreadable(f"{text!r} is no recipient: write up to 15 digits, or a mail address")
    return found
