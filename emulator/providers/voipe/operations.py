"""Every operation of the webservices, by its name."""

from collections.abc import Mapping

from emulator.providers.voipe.calls import Operation
from emulator.providers.voipe.money import cr
from emulator.providers.voipe.sending import pv
from emulator.providers.voipe.stoplist import stoplist
from emulator.providers.voipe.tokens import set_token

OPERATIONS: Mapping[str, Operation] = {
    "pv": Operation(pv, "200", "voipe/pv/operation"),
    "cr": Operation(cr, "100", "voipe/cr/operation"),
    "set_token": Operation(set_token, "100", "voipe/set-token/operation"),
    "stoplist": Operation(stoplist, "627", "voipe/stoplist/operation"),
}
"""Beside get_token and ws_login, which need no token."""
