"""Labels: contacts in the perspective of a label."""

import pytest

from conformance.checks.ip1.book import NAMES, Book, answered, contact, label, own, shown
from conformance.checks.ip1.calls import UNKNOWN, id_of, listed, refused
from conformance.control import Control
from conformance.drivers.ip1 import CONTACTS, Ip1Driver
from conformance.requirement import requirement
from conformance.verify import verify


@pytest.fixture
def name(book: Book) -> str:
    """A label that no contact has yet; one that has to be encoded."""
    return f"{book.mark} Söder & Öst, 50 %?"


@requirement("ip1/labels/add", "ip1/labels/ids")
def test_a_label_is_given_to_many_contacts(ip1: Ip1Driver, book: Book, name: str) -> None:
    """To those that are named, beside the labels that they have."""
    ids = [id_of(one) for one in book.add(NAMES, NAMES, NAMES, labels=["Sales"])]
    answered(ip1.post(label(name, "/contacts"), ids[:2]))

    verify([own(shown(ip1, contact(id)), book.mark) for id in ids]).equals(
        [["Sales", name], ["Sales", name], ["Sales"]]
    )


@requirement("ip1/labels/add")
def test_a_label_is_given_once(ip1: Ip1Driver, book: Book, name: str) -> None:
    """To a contact that is named twice, and that has it already."""
    id = book.one(labels=[name])
    answered(ip1.post(label(name, "/contacts"), [id, id]))

    verify(own(shown(ip1, contact(id)), book.mark)).equals([name])


@requirement("ip1/labels/ids")
@pytest.mark.parametrize(
    "sent",
    [{"ids": [UNKNOWN]}, UNKNOWN, None, [7], [[UNKNOWN]]],
    ids=["object", "text", "null", "number", "deep"],
)
def test_a_label_takes_an_array_of_ids(ip1: Ip1Driver, name: str, sent: object) -> None:
    """And nothing else."""
    refused(ip1.post(label(name, "/contacts"), sent))


@requirement("ip1/labels/summary")
def test_a_label_answers_with_its_summary(ip1: Ip1Driver, book: Book, name: str) -> None:
    """When it is given, and when it is removed."""
    id = book.one()
    given = answered(ip1.post(label(name, "/contacts"), [id]))
    removed = answered(ip1.delete(label(name)))

    verify([given, removed]).equals([{"labelName": name, "usageCount": 1}] * 2)


@requirement("ip1/labels/count")
def test_a_summary_counts_contacts(ip1: Ip1Driver, book: Book, name: str) -> None:
    """Those that have the label now, or had it."""
    book.one(labels=[name])
    ids = [id_of(one) for one in book.add(NAMES, NAMES)]
    given = answered(ip1.post(label(name, "/contacts"), ids))
    removed = answered(ip1.delete(label(name)))

    verify((given["usageCount"], removed["usageCount"])).equals((3, 3))


@requirement("ip1/labels/remove", "ip1/labels/contacts-stay")
def test_a_label_is_taken_from_all_contacts(ip1: Ip1Driver, book: Book, name: str) -> None:
    """Which stay, with their other labels."""
    ids = [id_of(one) for one in book.add(NAMES, NAMES, labels=["Sales", name])]
    answered(ip1.delete(label(name)))

    verify([own(shown(ip1, contact(id)), book.mark) for id in ids]).equals([["Sales"], ["Sales"]])


@requirement("ip1/labels/remove")
def test_labels_of_others_stay(
    ip1: Ip1Driver, empty: Ip1Driver, book: Book, name: str, control: Control
) -> None:
    """A label of the same name on another account's contact."""
    book.one(labels=[name])
    foreign = id_of(listed(empty.post(f"{CONTACTS}?sync", [{"properties": {}, "labels": [name]}]))[0])
    answered(ip1.delete(label(name)))

    verify(own(shown(empty, contact(foreign)))).equals([name])


@requirement("ip1/labels/unknown-contacts")
def test_ids_of_no_contact_are_passed_over(ip1: Ip1Driver, book: Book, name: str) -> None:
    """One that was never given out, and one that is gone."""
    id, gone = book.one(), book.one()
    ip1.delete(contact(gone))

    verify(answered(ip1.post(label(name, "/contacts"), [UNKNOWN, gone, id]))["usageCount"]).equals(1)
    verify(own(shown(ip1, contact(id)), book.mark)).equals([name])


@requirement("ip1/labels/unknown")
def test_a_label_that_no_contact_has_is_not_found(ip1: Ip1Driver, book: Book, name: str) -> None:
    """One that never was, and one that was removed."""
    refused(ip1.delete(label(name)), 404)
    book.one(labels=[name])
    answered(ip1.delete(label(name)))

    refused(ip1.delete(label(name)), 404)


@requirement("ip1/labels/all")
def test_the_label_of_all_contacts_stays(ip1: Ip1Driver, book: Book, control: Control) -> None:
    """With somebody to have it; a stranger that obeyed would take it from everybody."""
    book.one()

    refused(ip1.delete(label("all")))
