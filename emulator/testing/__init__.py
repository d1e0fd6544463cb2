"""For suites of your own: an emulator in this process, a space for each test, and handles on what is in it.

pytest loads the plugin beside this file into every run on a machine that has smslab installed, so names are
imported when they are asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from emulator.testing.accounts import Accounts as Accounts
    from emulator.testing.boxes import Inbox as Inbox
    from emulator.testing.boxes import Outbox as Outbox
    from emulator.testing.clock import Clock as Clock
    from emulator.testing.control import Declined as Declined
    from emulator.testing.emulator import Emulator as Emulator
    from emulator.testing.emulator import running as running
    from emulator.testing.faults import Fault as Fault
    from emulator.testing.faults import Faults as Faults
    from emulator.testing.space import Space as Space
    from emulator.testing.values import Account as Account
    from emulator.testing.values import Callback as Callback
    from emulator.testing.values import Exchange as Exchange
    from emulator.testing.values import Inbound as Inbound
    from emulator.testing.values import Message as Message
    from emulator.testing.values import Status as Status
    from emulator.testing.waiting import Missed as Missed
    from emulator.testing.waiting import until as until

HOMES = {
    "Account": "values",
    "Accounts": "accounts",
    "Callback": "values",
    "Clock": "clock",
    "Declined": "control",
    "Emulator": "emulator",
    "Exchange": "values",
    "Fault": "faults",
    "Faults": "faults",
    "Inbound": "values",
    "Inbox": "boxes",
    "Message": "values",
    "Missed": "waiting",
    "Outbox": "boxes",
    "Space": "space",
    "Status": "values",
    "running": "emulator",
    "until": "waiting",
}
"""Where each public name lives."""


def __dir__() -> list[str]:
    return sorted(HOMES)


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module 'emulator.testing' has no attribute {name!r}")
    return getattr(import_module(f"emulator.testing.{HOMES[name]}"), name)
