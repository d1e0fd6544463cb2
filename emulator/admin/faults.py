"""Faults on purpose: named, aimed, counted or seeded."""

from typing import Any

from flask import Response

from emulator.admin import views
from emulator.admin.answers import Absent, Unreadable, Unworded, nothing, shown
from emulator.admin.bodies import AnyFault, RefuseFault
from emulator.admin.call import Here
from emulator.core.refusals import Reason
from emulator.core.sabotage import KIND, Effect, Fault

LONGEST_NAME = 200


def index(here: Here) -> Response:
    known = [one for one in here.space.store.values(KIND) if isinstance(one, Fault)]
    return shown({"faults": [views.fault(one) for one in known]})


def put(here: Here, id: str, body: AnyFault) -> Response:
    here.known(body.provider)
    if isinstance(body, RefuseFault) and body.provider is not None:
        _worded(here, body.provider, body.reason)
    if len(id) > LONGEST_NAME:
        raise Unreadable(f"the name of a fault may have {LONGEST_NAME} characters")
    given: dict[str, Any] = {name: getattr(body, name) for name in body.__struct_fields__}
    fault = Fault(id=id, effect=Effect(str(body.__struct_config__.tag)), **given)
    new = here.space.store.get(KIND, (id,)) is None
    here.space.store.put(KIND, (id,), fault)
    return shown(views.fault(fault), 201 if new else 200)


def delete(here: Here, id: str) -> Response:
    if not here.space.store.drop(KIND, (id,)):
        raise Absent(f"no fault {id!r}")
    return nothing()


def _worded(here: Here, provider: str, reason: Reason) -> None:
    """Raises Unworded."""
    words = next(one.faults for one in here.providers if one.name == provider)
    if reason not in words:
        raise Unworded(f"{provider} has no words for {reason}; it has for: {', '.join(words)}")
