"""The account that calls, and the sub-accounts below it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from emulator.core.ids import Ids, Spelling
from emulator.core.model import Account
from emulator.core.refusals import Reason, Refused
from emulator.provider import Reply
from emulator.providers.ip1.bodies import members, names
from emulator.providers.ip1.calls import Call, answer
from emulator.providers.ip1.faults import invalid

PARENT, LABEL, ORGANIZATION, TYPE, CURRENCY = "parent", "name", "organization", "type", "currency"
"""What the world says of an account: attributes."""

SWEDISH = "swedish"

CHILD = "ip1 child"
"""The counter of sub-accounts; what it counts is never given to two, whoever is gone."""

BEFORE_FIRST = 10_000

KNOWN = names("ID", "Name")

_KEY = Spelling("0123456789abcdef", 32)


def overview(call: Call) -> Reply:
    account = call.account
    return answer(  # req: ip1/account/overview ip1/http/pascal-case
        {
            "Account": account.login,  # req: ip1/account/id
            "Organization": account.attributes.get(ORGANIZATION, ""),  # req: ip1/account/organization
            "Type": kind(account),  # req: ip1/account/type
            "Balance": balance(account),  # req: ip1/account/balance ip1/account/same-balance
            "Currency": currency(account),
        }
    )


def details(call: Call) -> Reply:
    return answer(document(call.account))  # req: ip1/account/details


def children(call: Call) -> Reply:
    # req: ip1/children/list ip1/children/whole-list
    return answer(
        [document(account) for account in call.gateway.accounts(call.login) if _is_child(call, account)]
    )


def child(call: Call) -> Reply:
    # req: ip1/children/read ip1/children/unknown
    for account in call.gateway.accounts(call.login):
        if account.login == call.place["child"] and _is_child(call, account):
            return answer(document(account))
    raise Refused([Reason.UNKNOWN_ACCOUNT])


def open_child(call: Call) -> Reply:
    # req: ip1/children/create ip1/children/created
    label = _label(call, {})
    return answer(document(call.gateway.open_account(call.login, _maker(call, label))))


def rename_child(call: Call) -> Reply:
    # req: ip1/children/update
    id = call.place["child"]
    label = _label(call, {"ID": id})

    def renamed(parent: Account, account: Account) -> Account:
        if account.attributes.get(PARENT) != parent.login:
            raise Refused([Reason.UNKNOWN_ACCOUNT])
        return replace(account, attributes={**account.attributes, LABEL: label})

    return answer(document(call.gateway.amend(call.login, id, renamed)))


def document(account: Account) -> dict[str, object]:
    """The details of an account."""
    # req: ip1/account/details-document ip1/account/details-more ip1/account/details-balance
    # req: ip1/children/document ip1/children/more ip1/children/name
    return {
        "ID": account.login,
        "Name": account.attributes.get(LABEL, ""),
        "Key": account.key,  # req: ip1/account/key
        "Parent": account.attributes.get(PARENT),  # req: ip1/children/parent ip1/account/no-parent
        "Type": kind(account),
        "Balance": balance(account),
        "Currency": currency(account),
    }


def kind(account: Account) -> str:
    return account.attributes.get(TYPE, SWEDISH)


def currency(account: Account) -> str:
    return account.attributes.get(CURRENCY, "SEK" if kind(account) == SWEDISH else "EUR")


def balance(account: Account) -> float:
    """An amount in the account's currency; an account without bounds shows nothing."""
    return float(account.credit or 0)


def _is_child(call: Call, account: Account) -> bool:
    return account.attributes.get(PARENT) == call.account.login


def _label(call: Call, said: dict[str, str]) -> str:
    """The name that a body gives. Raises Declined, also where the body contradicts what was said."""
    # req: ip1/children/refused
    given = members(call.body, KNOWN, call.quirks)
    errors = {
        name: [f"The {name} must be that of the path."]
        for name, id in said.items()
        if given.get(name, id) != id
    }
    label = given.get("Name")
    if not isinstance(label, str) or not label:
        errors["Name"] = ["A name is needed."]
    if errors:
        raise invalid(errors, "ip1/children/refused")
    return str(label)


def _maker(call: Call, label: str) -> Callable[[Account, Callable[[str], bool]], Account]:
    """What makes the sub-account, with an id and a key that nobody had."""

    def made(parent: Account, taken: Callable[[str], bool]) -> Account:
        number = call.gateway.store.take(CHILD)
        while taken(_id(number)):
            number = call.gateway.store.take(CHILD)
        # req: ip1/children/inherits ip1/children/key-opens
        inherited = {
            name: value for name, value in parent.attributes.items() if name in {ORGANIZATION, TYPE, CURRENCY}
        }
        return Account(
            provider=parent.provider,
            login=_id(number),
            key=key(number, call.ids),
            credit=Decimal(0),
            senders=parent.senders,
            limits=parent.limits,
            attributes={**inherited, LABEL: label, PARENT: parent.login},
        )

    return made


def key(number: int, ids: Ids) -> str:
    return ids.spelled(number, CHILD, _KEY)


def _id(number: int) -> str:
    return f"ip1-{BEFORE_FIRST + number}"
