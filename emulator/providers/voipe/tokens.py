"""The token: what it is exchanged for a password, and made anew."""

from dataclasses import replace

from emulator.core.ids import Spelling
from emulator.core.model import Account
from emulator.provider import Context
from emulator.providers.voipe import people
from emulator.providers.voipe.answers import OK, Answer
from emulator.providers.voipe.blocking import blocked, failed, succeeded
from emulator.providers.voipe.calls import Asked, Call, reachable
from emulator.providers.voipe.faults import Declined

HEX = Spelling("0123456789abcdef", 32)
"""How everything looks that playSMS draws by lot: tokens, login keys, codes of queues."""


def get_token(asked: Asked) -> Answer:
    """The token of whoever knows the password. Raises Declined."""
    # req: voipe/get-token/operation voipe/get-token/mandatory voipe/get-token/keys voipe/get-token/order
    account = _known(asked)
    flaws = asked.understood(account)
    gateway = asked.here.gateway
    if account is None or flaws or people.banned(gateway, account):
        raise Declined("100")
    if not reachable(account, asked.address):
        raise Declined("106")
    if not account.key:
        raise Declined("104")
    if not people.served(account):
        raise Declined("105")
    asked.here.voiced("voipe/get-token/operation")
    return {**OK, "token": account.key}  # req: voipe/get-token/login voipe/get-token/same


def _known(asked: Asked) -> Account | None:
    """Whose password that is; the name may be in any case, or an e-mail address."""
    # req: voipe/get-token/case voipe/get-token/email
    gateway, user = asked.here.gateway, asked.value("u")
    account = people.named(gateway, user) or ("@" in user and people.mailed(gateway, user)) or None
    if account is None or not account.password or blocked(account, asked.address, asked.quirks):
        return None
    right = account.password == asked.value("p")
    (succeeded if right else failed)(gateway, account, asked.address, asked.quirks)
    return account if right else None


def set_token(call: Call) -> Answer:
    """A new token instead of the one that the call was made with."""
    # req: voipe/set-token/operation voipe/set-token/mandatory voipe/set-token/keys
    # req: voipe/set-token/change voipe/set-token/chosen
    gateway, token = call.here.gateway, drawn(call.here, "voipe-token")
    people.amend(gateway, call.account.login, lambda account: replace(account, key=token))
    return {**OK, "token": token}


def drawn(here: Context, kind: str) -> str:
    """Thirty-two digits that nobody had before."""
    store = here.gateway.store
    with store.turn():
        number = store.take(kind)
    return here.ids.spelled(number, kind, HEX)  # req: voipe/auth/token-form
