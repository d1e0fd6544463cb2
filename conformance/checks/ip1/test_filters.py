"""Filters: which contacts a list shows, and which a mass deletion takes away."""

import pytest

from conformance.checks.ip1.book import NAMES, Book, contact, shown
from conformance.checks.ip1.calls import all_objects, id_of, listed, refused
from conformance.checks.ip1.conftest import Put
from conformance.control import Control
from conformance.drivers.ip1 import CONTACTS, Ip1Driver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("ip1/filters/labels")
def test_contacts_are_filtered_by_label(book: Book) -> None:
    """Those that have it."""
    sales, _ = book.one(labels=["Sales"]), book.one(labels=["Coworker"])

    verify(book.found("labels=Sales")).equals([sales])


@requirement("ip1/filters/properties")
@pytest.mark.parametrize("brackets", [("[", "]"), ("%5B", "%5D")], ids=["bare", "encoded"])
def test_contacts_are_filtered_by_property(book: Book, brackets: tuple[str, str]) -> None:
    """However the brackets are written."""
    icarus, _ = book.one(), book.one({"firstName": "Phaëthon"})
    opening, closing = brackets

    verify(book.found(f"properties{opening}firstName{closing}=Icarus")).equals([icarus])


@requirement("ip1/filters/metadata")
def test_contacts_are_filtered_by_metadata(book: Book, block: Put, numbers: Numbers) -> None:
    """By whether they are blocked."""
    free, blocked = numbers(2)
    ids = [book.one({"phoneNumber": f"+{number}"}) for number in (free, blocked)]
    block(blocked)

    found = [book.found(f"metadata[phoneNumber.isBlocked]={word}") for word in ("false", "true")]
    verify(found).equals([[ids[0]], [ids[1]]])


@requirement("ip1/filters/labels-repeatable")
def test_labels_may_be_given_more_than_once(book: Book) -> None:
    """The mark of this check and two besides."""
    both, _ = book.one(labels=["Sales", "Coworker"]), book.one(labels=["Cretan"])

    verify(book.found("labels=Sales&labels=Coworker")).equals([both])


@requirement("ip1/filters/exact")
@pytest.mark.parametrize(
    "query",
    [
        "labels=sales",
        "labels=Sale",
        "properties[firstName]=Icar",
        "properties[firstName]=icarus",
        "properties[firstName]=",
        "properties[firstname]=Icarus",
        "properties[email]=",
        "metadata[firstName.isBlocked]=",
        "metadata[phoneNumber.isBlocked]=false",
    ],
)
def test_what_is_like_a_value_is_not_found(book: Book, query: str) -> None:
    """Parts of it, other letter case, and nothing at all."""
    book.one(labels=["Sales"])

    verify(book.found(query)).equals([])


@requirement("ip1/filters/together")
@pytest.mark.parametrize(
    "query",
    [
        "labels=Sales&labels=Coworker",
        "labels=Sales&properties[lastName]=Sol",
        "properties[firstName]=Icarus&properties[lastName]=Sol",
    ],
    ids=["labels", "both", "properties"],
)
def test_all_filters_have_to_hold(book: Book, query: str) -> None:
    """Each contact but one lacks something."""
    whole = book.one(labels=["Sales", "Coworker"])
    book.one({"firstName": "Icarus", "lastName": "Moon"}, labels=["Sales"])
    book.one({"firstName": "Phaëthon", "lastName": "Sol"}, labels=["Coworker"])

    verify(book.found(query)).equals([whole])


@requirement("ip1/filters/plus")
@pytest.mark.parametrize("sign", ["+", "%20", "%2B"], ids=["bare", "blank", "encoded"])
def test_a_plus_sign_need_not_be_encoded(book: Book, numbers: Numbers, sign: str) -> None:
    """At the beginning of a number."""
    number = numbers()[0]
    id = book.one({"phoneNumber": f"+{number}"})

    verify(book.found(f"properties[phoneNumber]={sign}{number}")).equals([id])


# Mass deletions: nothing brings back what another account's filters take away, so each needs an emulator.


@requirement("ip1/mass/delete")
def test_what_filters_find_is_deleted(ip1: Ip1Driver, book: Book, control: Control) -> None:
    """All of it."""
    gone = [book.one(labels=["Sales"]) for _ in range(3)]
    ip1.delete(CONTACTS, {"labels": "Sales"})

    for id in gone:
        refused(ip1.get(contact(id)), 404)


@requirement("ip1/mass/same-filters")
@pytest.mark.parametrize(
    "query",
    ["labels=Sales", "properties[firstName]=Icarus", "metadata[phoneNumber.isBlocked]=true"],
    ids=["label", "property", "metadata"],
)
def test_a_mass_deletion_spares_what_filters_do_not_find(
    ip1: Ip1Driver, book: Book, block: Put, numbers: Numbers, control: Control, query: str
) -> None:
    """Another label, another name, a number that is not blocked."""
    blocked, free = numbers(2)
    block(blocked)
    gone = book.one({"firstName": "Icarus", "phoneNumber": f"+{blocked}"}, labels=["Sales"])
    kept = book.one({"firstName": "Phaëthon", "phoneNumber": f"+{free}"}, labels=["Coworker"])
    ip1.delete(f"{CONTACTS}?{query}")

    verify(book.found()).equals([kept])
    refused(ip1.get(contact(gone)), 404)


@requirement("ip1/mass/everything")
def test_without_a_filter_every_contact_goes(
    ip1: Ip1Driver, empty: Ip1Driver, book: Book, control: Control
) -> None:
    """But none of another account."""
    foreign = id_of(listed(empty.post(f"{CONTACTS}?sync", [{"properties": NAMES}]))[0])
    book.add(NAMES, {}, NAMES)
    ip1.delete(CONTACTS)

    verify(listed(ip1.get(CONTACTS))).equals([])
    verify(shown(empty, contact(foreign))["id"]).equals(foreign)


@requirement("ip1/mass/answer")
def test_a_mass_deletion_shows_what_is_gone(ip1: Ip1Driver, book: Book, control: Control) -> None:
    """As it was; at the second time there is nothing left."""
    made = book.add(NAMES, {"firstName": "Phaëthon"})
    first, second = (ip1.delete(CONTACTS, {"labels": book.mark}) for _ in range(2))

    verify((first.status, second.status)).equals((200, 200))
    verify(first.entries).holds(all_objects, "an array of contacts")
    verify(sorted(first.entries, key=id_of)).equals(sorted(made, key=id_of))
    verify(second.entries).equals([])


@requirement("ip1/mass/unpaged")
def test_a_mass_deletion_is_of_all_that_are_found(ip1: Ip1Driver, book: Book, control: Control) -> None:
    """More than a page would hold, whatever is said of pages."""
    book.add(*[NAMES] * 60)
    answer = ip1.delete(CONTACTS, {"labels": book.mark, "start": 10, "limit": 1, "order": "sideways"})

    verify(len(listed(answer))).equals(60)
    verify(book.found()).equals([])
