"""Contacts: how they are changed and taken away."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from conformance.bench import Place
from conformance.checks.ip1.book import NAMES, Book, answered, contact, own, shown
from conformance.checks.ip1.calls import refused
from conformance.drivers.ip1 import SURFACE, Ip1Driver
from conformance.requirement import requirement
from conformance.verify import verify

ROUNDS = 10


@requirement("ip1/contacts/put")
def test_put_replaces_everything(ip1: Ip1Driver, book: Book) -> None:
    """What it does not name is gone."""
    id = book.one(labels=["Sales"])
    answered(ip1.put(contact(id), {"properties": {"email": "icarus@example.com"}, "labels": ["Coworker"]}))
    found = shown(ip1, contact(id))
    answered(ip1.put(contact(id), {"properties": {}}))
    bare = shown(ip1, contact(id))

    verify((found["properties"], own(found))).equals(({"email": "icarus@example.com"}, ["Coworker"]))
    verify((bare["properties"], own(bare))).equals(({}, []))


@requirement("ip1/contacts/put-id")
def test_put_may_name_the_contact(ip1: Ip1Driver, book: Book) -> None:
    """That of the path, and no other."""
    id, other = book.one(), book.one()

    answered(ip1.put(contact(id), {"id": id, "properties": {}}))
    refused(ip1.put(contact(id), {"id": other, "properties": NAMES}))
    verify([shown(ip1, contact(one))["properties"] for one in (id, other)]).equals([{}, NAMES])


@requirement("ip1/contacts/patch")
def test_patch_changes_what_it_names(ip1: Ip1Driver, book: Book) -> None:
    """And takes away what it calls null."""
    id = book.one({**NAMES, "email": "icarus@example.com"}, labels=["Sales"])
    answered(ip1.patch(contact(id), {"properties": {"lastName": "Moon", "email": None, "city": "Knossos"}}))
    found = shown(ip1, contact(id))

    verify(found["properties"]).equals({"firstName": "Icarus", "lastName": "Moon", "city": "Knossos"})
    verify(own(found, book.mark)).equals(["Sales"])


@requirement("ip1/contacts/patch")
def test_patch_of_nothing_changes_nothing(ip1: Ip1Driver, book: Book) -> None:
    """And null of what is not there is nothing."""
    id = book.one()
    before = shown(ip1, contact(id))
    answered(ip1.patch(contact(id), {}))
    answered(ip1.patch(contact(id), {"properties": {"email": None}}))

    verify(shown(ip1, contact(id))).equals(before)


@requirement("ip1/contacts/patch-labels")
def test_patch_replaces_labels(ip1: Ip1Driver, book: Book) -> None:
    """All of those that were asked for."""
    id = book.one(labels=["Sales"])
    answered(ip1.patch(contact(id), {"labels": ["Coworker", "Cretan"]}))
    found = shown(ip1, contact(id))

    verify(own(found)).equals(["Coworker", "Cretan"])
    verify(found["properties"]).equals(NAMES)


@requirement("ip1/contacts/changed")
@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_a_change_is_answered_with_the_contact(ip1: Ip1Driver, book: Book, method: str) -> None:
    """As it is now."""
    id = book.one()
    said = answered(ip1.call(method, contact(id), {"properties": {"firstName": "Dædalus"}}))

    verify(said).equals(shown(ip1, contact(id)))
    verify(said["properties"].get("firstName")).equals("Dædalus")


@requirement("ip1/contacts/changed")
def test_a_deletion_is_answered_with_the_contact(ip1: Ip1Driver, book: Book) -> None:
    """As it was."""
    id = book.one()
    before = shown(ip1, contact(id))

    verify(answered(ip1.delete(contact(id)))).equals(before)


@requirement("ip1/contacts/delete")
def test_a_contact_is_taken_away(ip1: Ip1Driver, book: Book) -> None:
    """And no other."""
    id, other = book.one(), book.one()
    ip1.delete(contact(id))

    refused(ip1.get(contact(id)), 404)
    refused(ip1.delete(contact(id)), 404)
    verify(book.found()).equals([other])


@requirement("ip1/contacts/whole-writes")
def test_changes_at_the_same_time_all_hold(ip1: Ip1Driver, book: Book, place: Place) -> None:
    """Each of four connections changes a property of its own, again and again."""
    id = book.one()

    def change(name: str) -> None:
        with place.connection("ip1", SURFACE) as client:
            own = Ip1Driver(client, ip1.key)
            for n in range(ROUNDS):
                own.patch(contact(id), {"properties": {name: str(n)}})

    with ThreadPoolExecutor() as pool:
        list(pool.map(change, "abcd"))

    verify(shown(ip1, contact(id))["properties"]).equals({**NAMES, **dict.fromkeys("abcd", str(ROUNDS - 1))})
