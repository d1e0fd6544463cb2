"""The users: what playSMS knows of an account beside name, password, token, credit and approved senders.

All of it is in the account's attributes, so that a world and the control API can put it as they like:

`level` 2, 3 or 4, and the `parent` of a subuser; `uid`; `name`, `email`, `mobile`; `sender`, the default one;
`footer`; `zone`, as +0200 or Asia/Jerusalem; `webservices`, off where they are; `ips`, from where it may
call; `banned`; `keywords` (see incoming); `contact.N`, `group.N` (phonebook); `stoplist`; `replace_zero`,
`local_length` and `plus`, add or remove (numbers).
"""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from emulator.core.gateway import Gateway
from emulator.core.model import Account, Login
from emulator.core.refusals import Reason, Refused

NAME = "voipe"


class Level(StrEnum):
    """What a user may do, as `data_status` writes it."""

    ADMIN = "2"
    USER = "3"
    SUBUSER = "4"


ON = frozenset({"", "1", "on", "yes", "true"})


def level(account: Account) -> Level:
    given = account.attributes.get("level", "")
    return Level(given) if given in set(Level) else Level.USER


def served(account: Account) -> bool:
    """Whether webservices are switched on for it."""
    return account.attributes.get("webservices", "").lower() in ON


def mail(account: Account) -> str:
    return account.attributes.get("email", "")


def footer(account: Account) -> str:
    """What ends its messages: `@` and its name where nothing else was said."""
    return account.attributes.get("footer", f"@{account.login}")  # req: voipe/footer/name


def everybody(gateway: Gateway) -> list[Account]:
    """Every user, in the order they came."""
    return [account for account in gateway.store.accounts() if account.provider == NAME]


def named(gateway: Gateway, name: str) -> Account | None:
    """The user of that name, in any case."""
    found = gateway.store.account(NAME, name)
    if found is not None or not name:
        return found
    wanted = name.lower()
    return next((one for one in everybody(gateway) if one.login.lower() == wanted), None)


def mailed(gateway: Gateway, address: str) -> Account | None:
    """The user with that e-mail address, in any case."""
    wanted = address.lower()
    return next((one for one in everybody(gateway) if mail(one).lower() == wanted), None)


def parent(gateway: Gateway, account: Account) -> Account | None:
    """The user whom a subuser belongs to."""
    name = account.attributes.get("parent", "") if level(account) is Level.SUBUSER else ""
    return gateway.store.account(NAME, name) if name else None


def banned(gateway: Gateway, account: Account) -> bool:
    """Whether it or its parent is kept out."""
    above = parent(gateway, account)
    return bool(account.attributes.get("banned") or (above and above.attributes.get("banned")))


def number(gateway: Gateway, account: Account) -> int:
    """The uid: what its attributes say, else its place by name among those of which none is said."""
    given = _given_number(account)
    if given is not None:
        return given
    # by name, as archives have them: nobody gets another number by a journey
    unnumbered = sorted(one.login for one in everybody(gateway) if _given_number(one) is None)
    return unnumbered.index(account.login) + 1


def next_number(gateway: Gateway) -> int:
    """The uid for another user: nobody has it, nor a higher one."""
    known = everybody(gateway)
    return max([len(known), *(given for one in known if (given := _given_number(one)) is not None)]) + 1


def _given_number(account: Account) -> int | None:
    given = account.attributes.get("uid", "")
    return int(given) if given.isdecimal() else None


def login(account: Account) -> Login:
    """What opens it again, once it has shown who it is."""
    if account.key:
        return Login(provider=NAME, key=account.key)
    return Login(provider=NAME, name=account.login, password=account.password)


def described(account: Account, **changes: str) -> Account:
    """It with some attributes put otherwise; what is put to nothing goes."""
    kept = {name: value for name, value in account.attributes.items() if name not in changes}
    return replace(account, attributes=kept | {name: value for name, value in changes.items() if value})


def amend(gateway: Gateway, name: str, change: Callable[[Account], Account]) -> Account:
    """Change the user of that name, and nobody at the same time; what it is then."""
    with gateway.store.turn():
        account = gateway.store.account(NAME, name)
        if account is None:
            raise Refused([Reason.UNKNOWN_ACCOUNT])
        return gateway.amend(login(account), name, lambda _, present: change(present))
