"""Who calls: the account that a login opens, and what belongs to it."""

from collections.abc import Iterable
from hmac import compare_digest

from emulator.core.model import Account, Login, Order
from emulator.core.ports import Store
from emulator.core.refusals import Reason, refuse_for
from emulator.core.register import Lookup


def opened(store: Store, login: Login) -> Account | None:
    """The account with the key, else the one with the name if the password is right."""
    if login.key:
        return store.keyed(login.provider, login.key)
    account = store.account(login.provider, login.name)
    if account is None or not account.password:
        return None
    return account if compare_digest(account.password.encode(), login.password.encode()) else None


def admitted(login: Login, account: Account | None, objections: Iterable[Reason] = ()) -> Account:
    """The account, unless anything speaks against the request or whoever makes it. Raises Refused."""
    strange = () if account else (Reason.BAD_CREDENTIALS,)
    refuse_for((*login.flaws, *strange, *objections))
    assert account is not None  # without one there was an objection
    return account


def owns(login: Login, account: Account | None, record: Order | Lookup) -> bool:
    """Whether the record belongs to whom the login names, opened or not."""
    name = login.name if account is None else account.login
    return (record.provider, record.account) == (login.provider, name)
