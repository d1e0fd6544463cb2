"""The address book of an account."""

import pytest

from emulator.core.contacts import KIND, Entry
from emulator.core.gateway import Gateway
from emulator.core.model import Contact
from emulator.core.refusals import Reason, Refused
from emulator.tests.samples import DEMO, GUEST, NUMBER, OTHER, a_gateway

ANNA = Entry(number=NUMBER, surname="Papa", name="Anna", comments="of the sea")


def book(gateway: Gateway) -> list[object]:
    return gateway.store.values(KIND)


def test_a_contact_is_kept_with_all_its_fields() -> None:
    gateway = a_gateway()

    gateway.save_contact(DEMO, ANNA)

    assert book(gateway) == [
        Contact(
            provider="isms",
            account="demo",
            number=NUMBER,
            surname="Papa",
            name="Anna",
            comments="of the sea",
        )
    ]


def test_saving_a_number_again_replaces_its_contact() -> None:
    """What the second request leaves out is empty, not kept from the first."""
    gateway = a_gateway()
    gateway.save_contact(DEMO, ANNA)

    saved = gateway.save_contact(DEMO, Entry(number=NUMBER, surname="Mama"))

    assert book(gateway) == [saved]
    assert (saved.surname, saved.name, saved.comments) == ("Mama", "", "")


def test_a_deleted_contact_is_gone_and_the_others_stay() -> None:
    gateway = a_gateway()
    gateway.save_contact(DEMO, ANNA)
    kept = gateway.save_contact(DEMO, Entry(number=OTHER))

    gateway.delete_contact(DEMO, Entry(number=NUMBER))

    assert book(gateway) == [kept]


def test_a_contact_that_is_not_there_cannot_be_deleted() -> None:
    gateway = a_gateway()

    with pytest.raises(Refused) as refusal:
        gateway.delete_contact(DEMO, ANNA)

    assert refusal.value.reasons == {Reason.STORAGE_FAILED}


def test_a_provider_may_forgive_that() -> None:
    a_gateway().delete_contact(DEMO, ANNA, missing_ok=True)


def test_contacts_belong_to_their_account() -> None:
    gateway = a_gateway()
    gateway.save_contact(DEMO, ANNA)

    with pytest.raises(Refused):
        gateway.delete_contact(GUEST, ANNA)

    gateway.save_contact(GUEST, ANNA)
    assert len(book(gateway)) == 2


def test_a_flawed_entry_changes_nothing() -> None:
    gateway = a_gateway()
    flawed = Entry(number="", flaws=(Reason.NO_CONTACT_NUMBER,))

    with pytest.raises(Refused) as refusal:
        gateway.save_contact(DEMO, flawed)

    assert refusal.value.reasons == {Reason.NO_CONTACT_NUMBER}
    assert book(gateway) == []
