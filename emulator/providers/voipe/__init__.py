"""Voipe: the webservices of playSMS, by query and form, and as JSON over POST."""

from emulator.core.ids import Ids
from emulator.core.model import Order
from emulator.provider import Provider, Sample
from emulator.providers.voipe import queues
from emulator.providers.voipe.faults import FAULTS
from emulator.providers.voipe.people import NAME
from emulator.providers.voipe.quirks import PROFILES, Quirks
from emulator.providers.voipe.routes import INDEX, views


def reference(order: Order, ids: Ids) -> str:
    """The queue code of an order."""
    return queues.code(order.id, ids)


VOIPE = Provider(
    name=NAME,
    title="Voipe",
    prefixes=("/playsms/", "/index.php/"),
    base="/playsms",
    quirks=Quirks(),
    profiles=PROFILES,
    faults=FAULTS,
    views=views(),
    reference=reference,
    sample=Sample(f"{INDEX}?app=ws&u=demo&h=fe01ce2a7fbac8fafaed7c982a04e229&op=pv&to=0521234567&msg=Hello"),
    secrets=frozenset({"h", "p", "token", "login_key", "data_password"}),
)
