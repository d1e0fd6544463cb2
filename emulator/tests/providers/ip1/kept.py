"""Contacts as an account keeps them."""

from itertools import count

from emulator.core.kept import Resource
from emulator.providers.ip1.book import CONTACTS
from emulator.providers.ip1.cards import Card, card
from emulator.tests.providers.ip1.called import ACCOUNT
from emulator.tests.samples import NINE

_number = count(1)


def a_card(*labels: str, **properties: str) -> Card:
    return card(properties, labels, all_label=True)


def a_contact(name: str = "606312a5d233ab8484e18404", fields: Card | None = None) -> Resource:
    return Resource(
        provider="ip1",
        account=ACCOUNT,
        collection=CONTACTS,
        name=name,
        number=next(_number),
        created_at=NINE,
        changed_at=NINE,
        fields=a_card() if fields is None else fields,
    )
