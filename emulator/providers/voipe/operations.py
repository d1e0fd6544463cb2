"""Every operation of the webservices, by its name."""

from collections.abc import Mapping

from emulator.providers.voipe.accounts import (
    accountadd,
    accountban,
    accountremove,
    accountunban,
    parentget,
    parentset,
)
from emulator.providers.voipe.calls import Operation
from emulator.providers.voipe.enquiries import get_contact, get_contact_group, query
from emulator.providers.voipe.incoming import in_, ix, sx
from emulator.providers.voipe.injecting import inject
from emulator.providers.voipe.money import cr, creditadd, creditdeduct, creditview
from emulator.providers.voipe.preferences import accountconf, accountpref, loginkeyset
from emulator.providers.voipe.reports import ds
from emulator.providers.voipe.sending import pv
from emulator.providers.voipe.stoplist import stoplist
from emulator.providers.voipe.tokens import set_token

# req: voipe/auth/admin voipe/auth/admin-wrong
# req: voipe/ds/operation voipe/cr/operation voipe/creditview/operation
OPERATIONS: Mapping[str, Operation] = {
    "pv": Operation(pv, "", "voipe/pv/operation"),
    "ds": Operation(ds, "400", "voipe/ds/operation"),
    "in": Operation(in_, "501", "voipe/in/operation"),
    "ix": Operation(ix, "501", "voipe/ix/operation"),
    "sx": Operation(sx, "501", "voipe/sx/operation"),
    "cr": Operation(cr, "100", "voipe/cr/operation"),
    "set_token": Operation(set_token, "100", "voipe/set-token/operation"),
    "get_contact": Operation(get_contact, "100", "voipe/contact/operation"),
    "get_contact_group": Operation(get_contact_group, "100", "voipe/contact-group/operation"),
    "query": Operation(query, "100", "voipe/query/operation"),
    "stoplist": Operation(stoplist, "627", "voipe/stoplist/operation"),
    "inject": Operation(inject, "601", "voipe/inject/operation", admin=True),
    "creditview": Operation(creditview, "620", "voipe/creditview/operation", admin=True),
    "creditadd": Operation(creditadd, "622", "voipe/creditadd/operation", admin=True),
    "creditdeduct": Operation(creditdeduct, "624", "voipe/creditdeduct/operation", admin=True),
    "loginkeyset": Operation(loginkeyset, "626", "voipe/loginkeyset/operation", admin=True),
    "accountadd": Operation(accountadd, "604", "voipe/accountadd/operation", admin=True),
    "accountremove": Operation(accountremove, "606", "voipe/accountremove/operation", admin=True),
    "accountban": Operation(accountban, "612", "voipe/accountban/operation", admin=True),
    "accountunban": Operation(accountunban, "614", "voipe/accountunban/operation", admin=True),
    "accountpref": Operation(accountpref, "616", "voipe/accountpref/operation", admin=True),
    "accountconf": Operation(accountconf, "618", "voipe/accountconf/operation", admin=True),
    "parentset": Operation(parentset, "608", "voipe/parentset/operation", admin=True),
    "parentget": Operation(parentget, "610", "voipe/parentget/operation", admin=True),
}
"""Beside get_token and ws_login, which need no token."""
