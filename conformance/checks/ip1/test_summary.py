"""The summary of all contacts, asked for words of this check: a stranger may have contacts of his own."""

import pytest

from conformance.checks.ip1.book import NAMES, Book, contact, shown
from conformance.checks.ip1.calls import Document, all_objects
from conformance.drivers.ip1 import CONTACTS, Ip1Driver
from conformance.requirement import requirement
from conformance.verify import verify

SUMMARY = f"{CONTACTS}/meta"

COUNTS = {"propertyName", "usageCount", "averageLength", "maxLength", "minLength"}


def entries(ip1: Ip1Driver, kind: str) -> list[Document]:
    """The entries of `labels` or `properties`."""
    found = shown(ip1, SUMMARY).get(kind)
    verify(found).holds(lambda one: isinstance(one, list) and all_objects(one), f"an array of {kind}")
    return list(found or ())


def entry(ip1: Ip1Driver, kind: str, name: str) -> Document | None:
    """The entry of one label or property, which stands there once, if it does."""
    member = {"labels": "labelName", "properties": "propertyName"}[kind]
    found = [one for one in entries(ip1, kind) if one.get(member) == name]
    verify(len(found)).is_one_of(0, 1)
    return found[0] if found else None


@requirement("ip1/summary/address")
def test_contacts_are_summed_up(ip1: Ip1Driver, book: Book) -> None:
    """As no contact of this name."""
    book.one()

    verify(sorted(shown(ip1, SUMMARY))).equals(["labels", "properties", "totalCount"])


@requirement("ip1/summary/total")
def test_the_total_counts_contacts(ip1: Ip1Driver, book: Book) -> None:
    """Three more, then one less."""
    totals = [shown(ip1, SUMMARY)["totalCount"]]
    book.add(NAMES, {}, {})
    totals.append(shown(ip1, SUMMARY)["totalCount"])
    ip1.delete(contact(book.ids[0]))
    totals.append(shown(ip1, SUMMARY)["totalCount"])

    verify([total - totals[0] for total in totals]).equals([0, 3, 2])


@requirement("ip1/summary/labels")
def test_labels_in_use_are_counted(ip1: Ip1Driver, book: Book) -> None:
    """And only as long as they are."""
    book.add(NAMES, NAMES)
    used = entry(ip1, "labels", book.mark)
    for id in book.ids:
        ip1.delete(contact(id))

    verify(used).equals({"labelName": book.mark, "usageCount": 2})
    verify(entry(ip1, "labels", book.mark)).equals(None)


@requirement("ip1/summary/properties")
def test_properties_in_use_are_counted(ip1: Ip1Driver, book: Book) -> None:
    """And only as long as they are."""
    book.add({book.mark: "a"}, {book.mark: "b"}, {})
    used = entry(ip1, "properties", book.mark) or {}
    for id in book.ids:
        ip1.patch(contact(id), {"properties": {book.mark: None}})

    verify((used.get("propertyName"), used.get("usageCount"))).equals((book.mark, 2))
    verify(entry(ip1, "properties", book.mark)).equals(None)


@requirement("ip1/summary/lengths")
def test_a_property_says_how_long_its_values_are(ip1: Ip1Driver, book: Book) -> None:
    """In characters, those beyond ASCII like any others."""
    book.add(*[{book.mark: "å" * n} for n in (2, 4, 9)])
    used = entry(ip1, "properties", book.mark) or {}

    verify(set(used)).equals(COUNTS)
    verify([used["minLength"], used["averageLength"], used["maxLength"]]).equals([2, 5, 9])


@requirement("ip1/summary/average")
@pytest.mark.parametrize(
    ("lengths", "average"),
    [((2, 3), 3), ((3, 4), 4), ((1, 1, 2), 1), ((0, 0, 1), 0), ((1, 2, 2), 2)],
    ids=str,
)
def test_an_average_is_rounded_half_up(
    ip1: Ip1Driver, book: Book, lengths: tuple[int, ...], average: int
) -> None:
    """To a whole number."""
    book.add(*[{book.mark: "x" * n} for n in lengths])

    verify((entry(ip1, "properties", book.mark) or {}).get("averageLength")).equals(average)


@requirement("ip1/summary/order")
def test_the_most_used_label_stands_first(ip1: Ip1Driver, book: Book) -> None:
    """Of two that came in the other order."""
    book.add(NAMES, labels=["seldom"])
    book.add(NAMES, NAMES, labels=["often"])
    uses = [one["usageCount"] for one in entries(ip1, "labels")]

    verify(uses).equals(sorted(uses, reverse=True))
