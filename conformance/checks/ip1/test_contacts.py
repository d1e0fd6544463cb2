"""Contacts: how they are made and shown."""

import pytest

from conformance.checks.ip1.book import NAMES, Book, answered, contact, labels, own, shown
from conformance.checks.ip1.calls import ID, id_of, listed, owner, refused
from conformance.checks.ip1.conftest import Put
from conformance.control import Control
from conformance.drivers.ip1 import BLACKLIST, CONTACTS, Ip1Driver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

FOUND_OUT = {"isPossiblePhoneNumber", "isValidPhoneNumber", "phoneNumberType", "parsedMSISDN", "isBlocked"}
TYPES = (  # the words of libphonenumber
    *("FIXED_LINE", "MOBILE", "FIXED_LINE_OR_MOBILE", "TOLL_FREE", "PREMIUM_RATE", "SHARED_COST", "VOIP"),
    *("PERSONAL_NUMBER", "PAGER", "UAN", "VOICEMAIL", "UNKNOWN"),
)


every_flag = pytest.mark.parametrize(
    "value", ["", "=", "=false", "=0"], ids=["bare", "empty", "no", "nought"]
)


def found_out(ip1: Ip1Driver, id: str) -> dict[str, object]:
    """What metadata says about the telephone number of a contact."""
    metadata = shown(ip1, f"{contact(id)}?meta").get("metadata")
    verify(metadata).holds(
        lambda one: isinstance(one, dict) and isinstance(one.get("phoneNumber"), dict),
        "metadata of phoneNumber",
    )
    return dict(metadata["phoneNumber"]) if metadata else {}


@requirement("ip1/contacts/list")
def test_contacts_are_listed_and_read(ip1: Ip1Driver, book: Book) -> None:
    """The same document in both places."""
    id = book.one()
    entries = listed(ip1.get(CONTACTS, {"order": "DESC"}))

    verify([one for one in entries if one.get("id") == id]).equals([shown(ip1, contact(id))])


@requirement("ip1/contacts/document")
def test_a_contact_has_the_members_of_the_page(ip1: Ip1Driver, book: Book) -> None:
    """With free names of properties."""
    properties = {**NAMES, "Ümlaut name": "", "e-mail": "icarus@example.com"}
    found = shown(ip1, contact(book.one(properties)))

    verify(sorted(found)).equals(["id", "labels", "ownerId", "properties"])
    verify(found["id"]).matches(ID)
    verify(found["ownerId"]).equals(owner(ip1))
    verify(found["properties"]).equals(properties)


@requirement("ip1/contacts/meta")
def test_metadata_is_shown_on_demand(ip1: Ip1Driver, book: Book) -> None:
    """In lists and alone."""
    id = book.one()
    path = f"{CONTACTS}?labels={book.mark}"
    shows = [
        "metadata" in shown(ip1, contact(id)),
        "metadata" in shown(ip1, f"{contact(id)}?meta"),
        "metadata" in listed(ip1.get(path))[0],
        "metadata" in listed(ip1.get(f"{path}&meta"))[0],
    ]

    verify(shows).equals([False, True, False, True])


@requirement("ip1/contacts/flag")
@every_flag
def test_meta_counts_where_it_stands(ip1: Ip1Driver, book: Book, value: str) -> None:
    """Even if it says no."""
    found = shown(ip1, f"{contact(book.one())}?meta{value}")

    verify(sorted(found)).equals(["id", "labels", "metadata", "ownerId", "properties"])


@requirement("ip1/contacts/flag")
@every_flag
def test_sync_counts_where_it_stands(ip1: Ip1Driver, book: Book, value: str) -> None:
    """Even if it says no."""
    answer = ip1.post(f"{CONTACTS}?sync{value}", [{"properties": NAMES, "labels": [book.mark]}])
    book.ids += book.found()

    verify(answer.status).equals(200)


@requirement("ip1/contacts/metadata")
def test_a_telephone_number_is_looked_at(ip1: Ip1Driver, book: Book, numbers: Numbers) -> None:
    """All that is found out is text."""
    number = numbers()[0]
    found = found_out(ip1, book.one({"phoneNumber": f"+{number}"}))

    verify(found.keys() >= FOUND_OUT).equals(True)
    verify({name: type(found[name]).__name__ for name in FOUND_OUT}).equals(dict.fromkeys(FOUND_OUT, "str"))
    verify(found["parsedMSISDN"]).equals(number)
    verify(found["isPossiblePhoneNumber"]).equals("true")


@requirement("ip1/contacts/blocked")
def test_metadata_follows_the_blacklist(ip1: Ip1Driver, book: Book, block: Put, numbers: Numbers) -> None:
    """Before, while and after a number is on it."""
    number = numbers()[0]
    id = book.one({"phoneNumber": f"+{number}"})
    states = [found_out(ip1, id).get("isBlocked")]
    for call in (block, lambda number: ip1.delete(f"{BLACKLIST}/{number}")):
        call(number)
        states.append(found_out(ip1, id).get("isBlocked"))

    verify(states).equals(["false", "true", "false"])


@requirement("ip1/contacts/blocked")
def test_the_kind_of_a_number_is_a_known_word(ip1: Ip1Driver, book: Book, numbers: Numbers) -> None:
    """One of libphonenumber's twelve."""
    found = found_out(ip1, book.one({"phoneNumber": f"+{numbers()[0]}"}))

    verify(found.get("phoneNumberType")).is_one_of(*TYPES)


@requirement("ip1/contacts/all-label")
@pytest.mark.parametrize("given", [[], ["all"], ["Coworker"]], ids=["none", "all", "another"])
def test_every_contact_is_labelled_all(book: Book, given: list[str]) -> None:
    """Once, whether it was asked for or not."""
    made = book.add(NAMES, labels=given)[0]

    verify(labels(made).count("all")).equals(1)


@requirement("ip1/contacts/create")
def test_an_array_makes_contacts(ip1: Ip1Driver, book: Book) -> None:
    """Each with its own properties."""
    given = [{"firstName": name} for name in ("Icarus", "Dædalus", "Phaëthon")]
    ids = [id_of(one) for one in book.add(*given)]

    verify([shown(ip1, contact(id))["properties"] for id in ids]).equals(given)


@requirement("ip1/contacts/async")
def test_contacts_are_made_in_the_background(ip1: Ip1Driver, book: Book) -> None:
    """If nothing else is asked for."""
    answer = ip1.post(CONTACTS, [{"properties": NAMES, "labels": [book.mark]}])
    book.ids += book.found()

    verify(answer.status).equals(202)


@requirement("ip1/contacts/async-soon")
def test_contacts_are_there_after_an_empty_answer(ip1: Ip1Driver, book: Book) -> None:
    """At once."""
    answer = ip1.post(CONTACTS, [{"properties": NAMES, "labels": [book.mark]}] * 2)
    book.ids += book.found()

    verify(answer.reply.body).equals(b"")
    verify(len(book.ids)).equals(2)


@requirement("ip1/contacts/sync")
def test_a_thousand_contacts_are_answered_in_their_order(book: Book) -> None:
    """The most that sync takes."""
    given = [{"number": str(n)} for n in range(1000)]

    verify([one["properties"] for one in book.add(*given)]).equals(given)


@requirement("ip1/contacts/sync-over")
def test_a_thousand_and_one_contacts_are_too_many_for_sync(ip1: Ip1Driver, book: Book) -> None:
    """None of them is made."""
    refused(ip1.post(f"{CONTACTS}?sync", [{"properties": {}, "labels": [book.mark]}] * 1001))

    verify(book.found()).equals([])


@requirement("ip1/contacts/properties-required")
@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"labels": []},
        {"properties": None},
        {"properties": "Icarus"},
        {"properties": ["Icarus"]},
        {"properties": {"firstName": 7}},
        {"properties": {"firstName": None}},
        {"properties": {"firstName": {"text": "Icarus"}}},
    ],
    ids=["empty", "labels", "null", "text", "array", "number", "null-value", "object"],
)
@pytest.mark.parametrize("query", ["", "?sync"], ids=["async", "sync"])
def test_properties_are_an_object_of_texts(ip1: Ip1Driver, sent: dict[str, object], query: str) -> None:
    """A contact that is right beside one that is not."""
    refused(ip1.post(f"{CONTACTS}{query}", [{"properties": NAMES}, sent]))


@requirement("ip1/contacts/labels")
def test_labels_may_be_left_out(book: Book) -> None:
    """Then there are none but such as nobody asked for."""
    verify(own(book.made([{"properties": NAMES}])[0])).equals([])


@requirement("ip1/contacts/labels")
def test_a_label_that_stands_twice_is_kept_once(book: Book) -> None:
    """In the order in which labels came."""
    made = book.add(NAMES, labels=["Sales", "Coworker", "Sales"])[0]

    verify(own(made, book.mark)).equals(["Sales", "Coworker"])


@requirement("ip1/contacts/metadata-ignored")
@pytest.mark.parametrize(
    "metadata", [{"phoneNumber": {"isBlocked": "perhaps"}}, None, 7], ids=["object", "null", "number"]
)
def test_metadata_that_is_sent_is_not_looked_at(
    ip1: Ip1Driver, book: Book, numbers: Numbers, metadata: object
) -> None:
    """By POST and by PUT, whatever it is."""
    sent = {"properties": {"phoneNumber": f"+{numbers()[0]}"}, "metadata": metadata}
    id = id_of(book.made([sent])[0])
    first = found_out(ip1, id)
    answered(ip1.put(contact(id), sent))

    verify(first.get("isBlocked")).equals("false")
    verify(found_out(ip1, id)).equals(first)


@requirement("ip1/contacts/document")
def test_contacts_of_others_say_whose_they_are(empty: Ip1Driver, control: Control) -> None:
    """Another account's."""
    made = listed(empty.post(f"{CONTACTS}?sync", [{"properties": NAMES}]))[0]

    verify(made.get("ownerId")).equals(owner(empty))
