"""For suites of your own: an emulator in this process, a space for each test, and handles on what is in it.

pytest loads the plugin beside this file into every run on a machine that has smslab installed, so names are
imported when they are asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from smslab.accounts import Accounts as Accounts
    from smslab.boxes import Inbox as Inbox
    from smslab.boxes import Outbox as Outbox
    from smslab.clock import Clock as Clock
    from smslab.control import Declined as Declined
    from smslab.emulator import Emulator as Emulator
    from smslab.emulator import running as running
    from smslab.faults import Fault as Fault
    from smslab.faults import Faults as Faults
    from smslab.space import Space as Space
    from smslab.values import Account as Account
    from smslab.values import Callback as Callback
    from smslab.values import Exchange as Exchange
    from smslab.values import Inbound as Inbound
    from smslab.values import Message as Message
    from smslab.values import Status as Status
    from smslab.waiting import Missed as Missed
    from smslab.waiting import until as until

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

__all__ = list(HOMES)  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module 'smslab' has no attribute {name!r}")
    return getattr(import_module(f"smslab.{HOMES[name]}"), name)
