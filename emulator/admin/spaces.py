"""Spaces: isolated worlds beside the default one, which has no name and always is."""

from flask import Response

from emulator.admin import views
from emulator.admin.answers import nothing, present, shown
from emulator.admin.bodies import SpaceBody
from emulator.admin.call import Here
from emulator.settings import clock_start
from emulator.space import Start, changed_world


def index(here: Here) -> Response:
    return shown({"spaces": [views.space(one) for one in here.spaces.all()]})


def put(here: Here, name: str, body: SpaceBody) -> Response:
    """Begin it, or begin it afresh: nothing of an earlier one of that name is left."""
    start = Start(
        seed=body.seed,
        clock=clock_start(body.clock),
        rate=body.rate,
        world=changed_world(here.spaces.default.world, body.quirks, body.profiles),
    )
    made, before = here.spaces.put(name, start)
    if before is not None:
        here.pump.forget(before)
    return shown(views.space(made), 201 if before is None else 200)


def delete(here: Here, name: str) -> Response:
    here.pump.forget(present(here.spaces.drop(name), f"no space {name!r}"))
    return nothing()
