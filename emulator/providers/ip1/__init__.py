"""iP.1: text messages, contacts and landing pages over a REST API.

A request comes in at `routes`, which has `auth` say who calls and finds the row of `operations` that is
meant. What answers there takes a Call and gives a Reply: it reads the body (`asked`, `written` and `layout`,
all of them with `bodies`), asks the gateway, and shows what that has (`documents`, `cards`). Whatever goes
wrong is raised as Declined, or as Refused by the core, and put into words in `faults` alone. `pushes` are
what customers are told by themselves, `quirks` what the pages leave open.
"""

from emulator.provider import Provider, Sample
from emulator.providers.ip1.faults import ACCOUNTS, FAULTS
from emulator.providers.ip1.pushes import Ip1Reports
from emulator.providers.ip1.quirks import Quirks
from emulator.providers.ip1.routes import SETTINGS, V2, elsewhere, others, views
from emulator.providers.ip1.wire import NAME, reference
from emulator.wire import json

IP1 = Provider(
    name=NAME,
    title="iP.1",
    prefixes=(f"{V2}/", f"{ACCOUNTS}/", f"{SETTINGS}/"),
    base="",
    quirks=Quirks(),
    faults=FAULTS,
    declined=elsewhere,
    views=views(),
    blueprint=others,
    reports=Ip1Reports,
    reference=reference,
    sample=Sample(
        f"{V2}/batches",
        '{"sender":"iP1","recipients":["46701234567"],"body":"Hello"}',
        json.CONTENT_TYPE,
        (("Authorization", "Bearer demo-ip1"),),
    ),
    secrets=frozenset({"Key"}),
)
