"""The account that calls, as its older interface shows it."""

from emulator.core.model import Account
from emulator.provider import Reply
from emulator.providers.ip1.calls import Call, answer

PARENT, LABEL, ORGANIZATION, TYPE, CURRENCY = "parent", "name", "organization", "type", "currency"
"""Attributes of an account."""

SWEDISH = "swedish"


def overview(call: Call) -> Reply:
    account = call.account
    return answer(  # req: ip1/account/overview ip1/http/pascal-case
        {
            "Account": account.login,  # req: ip1/account/id
            "Organization": account.attributes.get(ORGANIZATION, ""),  # req: ip1/account/organization
            "Type": kind(account),
            "Balance": balance(account),  # req: ip1/account/balance ip1/account/same-balance
            "Currency": currency(account),
        }
    )


def details(call: Call) -> Reply:
    return answer(document(call.account))  # req: ip1/account/details


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
    """`swedish`, or `international`; what it makes dearer is in the world's tariffs."""
    # req: ip1/account/type ip1/account/abroad
    return account.attributes.get(TYPE, SWEDISH)


def currency(account: Account) -> str:
    return account.attributes.get(CURRENCY, "SEK" if kind(account) == SWEDISH else "EUR")


def balance(account: Account) -> float:
    """An amount in the account's currency; 0 where it may spend without end."""
    return float(account.credit or 0)
