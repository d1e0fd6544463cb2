"""Sub-accounts: opened, named and shown by the account above, each with a key of its own."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from emulator.core.ids import HEXADECIMAL, Ids, Spelling
from emulator.core.model import Account
from emulator.core.refusals import Reason, Refused
from emulator.provider import Reply
from emulator.providers.ip1.accounts import CURRENCY, LABEL, ORGANIZATION, PARENT, TYPE, document
from emulator.providers.ip1.bodies import members, names
from emulator.providers.ip1.calls import Call, answer
from emulator.providers.ip1.flaws import Flaw, decline_for
from emulator.providers.ip1.wire import NAME

CHILD = f"{NAME} child"
"""The counter of sub-accounts: no two have the same number, whoever is gone."""

BEFORE_FIRST = 10_000

KNOWN = names("ID", "Name")

_SPELLING = Spelling(HEXADECIMAL, 32)


def listed(call: Call) -> Reply:
    # req: ip1/children/list ip1/children/whole-list
    return answer([document(account) for account in _children(call)])


def read(call: Call) -> Reply:
    # req: ip1/children/read ip1/children/unknown
    for account in _children(call):
        if account.login == call.place["child"]:
            return answer(document(account))
    raise Refused([Reason.UNKNOWN_ACCOUNT])


def create(call: Call) -> Reply:
    # req: ip1/children/create ip1/children/created ip1/children/inherits ip1/children/key-opens
    label = _label(call)

    def child(parent: Account, taken: Callable[[str], bool]) -> Account:
        return _child(parent, label, _free(call, taken), call.ids)

    return answer(document(call.gateway.open_account(call.login, child)))


def rename(call: Call) -> Reply:
    # req: ip1/children/update ip1/children/unknown
    label = _label(call)

    def renamed(parent: Account, account: Account) -> Account:
        if account.attributes.get(PARENT) != parent.login:
            raise Refused([Reason.UNKNOWN_ACCOUNT])
        return replace(account, attributes={**account.attributes, LABEL: label})

    return answer(document(call.gateway.amend(call.login, call.place["child"], renamed)))


def _child(parent: Account, label: str, number: int, ids: Ids) -> Account:
    """A sub-account that has what is the parent's, but for credit and key."""
    attributes = parent.attributes
    kept = {name: attributes[name] for name in (ORGANIZATION, TYPE, CURRENCY) if name in attributes}
    return Account(
        provider=NAME,
        login=_login(number),
        key=_key(number, ids),
        credit=Decimal(0),
        senders=parent.senders,
        limits=parent.limits,
        attributes={**kept, LABEL: label, PARENT: parent.login},
    )


def _children(call: Call) -> list[Account]:
    accounts = call.gateway.accounts(call.login)
    return [account for account in accounts if account.attributes.get(PARENT) == call.account.login]


def _label(call: Call) -> str:
    """The name that was sent. Raises Declined."""
    given = members(call.body, KNOWN, call.quirks)
    decline_for(_flaws(given, call.place.get("child")), "ip1/children/refused")
    return str(given["Name"])


def _flaws(given: Mapping[str, object], id: str | None) -> Iterator[Flaw]:
    """What is wrong with a body, for a sub-account that is there if it has an id."""
    # req: ip1/children/refused
    label = given.get("Name")
    if not isinstance(label, str) or not label:
        yield "Name", "A name is needed."
    if id is not None and given.get("ID", id) != id:
        yield "ID", "The id must be that of the path."


def _free(call: Call, taken: Callable[[str], bool]) -> int:
    """A number that makes an id and a key which nobody has."""
    store = call.gateway.store
    number = store.take(CHILD)
    while taken(_login(number)) or store.keyed(NAME, _key(number, call.ids)) is not None:
        number = store.take(CHILD)
    return number


def _login(number: int) -> str:
    return f"ip1-{BEFORE_FIRST + number}"


def _key(number: int, ids: Ids) -> str:
    return ids.spelled(number, CHILD, _SPELLING)
