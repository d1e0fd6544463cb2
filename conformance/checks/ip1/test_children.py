"""Sub-accounts."""

from typing import Any

import pytest

from conformance.checks.ip1.book import NAMES, Book, answered, contact, shown
from conformance.checks.ip1.calls import Document, done, listed, owner, refused
from conformance.drivers.ip1 import BATCHES, CHILDREN, CONTACTS, LANDINGS, OVERVIEW, Ip1Driver
from conformance.requirement import requirement
from conformance.verify import verify

MEMBERS = ["Balance", "Currency", "ID", "Key", "Name", "Parent", "Type"]

NOBODY = "ip1-999999999"

creating = pytest.mark.usefixtures("makes_children")


def child(id: object) -> str:
    return f"{CHILDREN}/{id}"


def made(ip1: Ip1Driver, name: str = "Sales") -> Document:
    """A sub-account that is made, as the answer shows it."""
    return done(ip1.post(CHILDREN, {"Name": name}))


def ids(ip1: Ip1Driver, query: str = "") -> list[object]:
    """Of all sub-accounts."""
    return [one.get("ID") for one in listed(ip1.get(CHILDREN + query))]


@requirement("ip1/children/list")
@creating
def test_sub_accounts_are_listed(ip1: Ip1Driver) -> None:
    """All that the account has, and those as they are alone."""
    before = ids(ip1)
    new = [made(ip1), made(ip1, "Support")]

    verify(listed(ip1.get(CHILDREN))[len(before) :]).equals(new)


@requirement("ip1/children/read")
@creating
def test_a_sub_account_is_read(ip1: Ip1Driver) -> None:
    """One of two."""
    one, other = made(ip1), made(ip1, "Support")

    verify([shown(ip1, child(each["ID"])) for each in (one, other)]).equals([one, other])


@requirement("ip1/children/create")
@creating
def test_a_sub_account_is_made(ip1: Ip1Driver) -> None:
    """It is there afterwards."""
    new = made(ip1)

    verify(ids(ip1).count(new["ID"])).equals(1)


@requirement("ip1/children/created")
@creating
def test_a_new_sub_account_is_answered_as_any_call(ip1: Ip1Driver) -> None:
    """With an id and a key that nobody had."""
    answers = [ip1.post(CHILDREN, {"Name": "Sales"}) for _ in range(2)]
    one, other = (answer.document for answer in answers)

    verify([answer.status for answer in answers]).equals([200, 200])
    verify(one["ID"]).matches("ip1-[0-9]+")
    verify(len({one["ID"], other["ID"], owner(ip1)})).equals(3)
    verify(len({one["Key"], other["Key"], ip1.key})).equals(3)


@requirement("ip1/children/name")
@creating
def test_a_sub_account_has_the_name_that_was_given(ip1: Ip1Driver) -> None:
    """With whatever letters."""
    verify(shown(ip1, child(made(ip1, "Försäljning åt 東京")["ID"]))["Name"]).equals("Försäljning åt 東京")


@requirement("ip1/children/update")
@creating
def test_a_sub_account_gets_another_name(ip1: Ip1Driver) -> None:
    """And no other account does; the answer shows it as it is now."""
    one, other = made(ip1), made(ip1, "Support")
    said = answered(ip1.put(child(one["ID"]), {"ID": one["ID"], "Name": "Marketing"}))

    verify(said).equals({**one, "Name": "Marketing"})
    verify([shown(ip1, child(each["ID"]))["Name"] for each in (one, other)]).equals(["Marketing", "Support"])


@requirement("ip1/children/document")
@creating
def test_a_sub_account_has_the_members_of_the_page(ip1: Ip1Driver) -> None:
    """In all answers alike."""
    new = made(ip1)
    found = [new, shown(ip1, child(new["ID"])), listed(ip1.get(CHILDREN))[-1]]

    for each in found:
        verify([name for name in ("Key", "Parent", "Type", "Balance") if name not in each]).equals([])
        verify((type(each["Key"]), type(each["Balance"]) in (int, float))).equals((str, True))


@requirement("ip1/children/more")
@creating
def test_a_sub_account_has_more_members(ip1: Ip1Driver) -> None:
    """Those of the portal."""
    verify(sorted(made(ip1))).equals(MEMBERS)


@requirement("ip1/children/parent")
@creating
def test_a_sub_account_knows_the_account_above(ip1: Ip1Driver) -> None:
    """By its id."""
    verify(made(ip1)["Parent"]).equals(owner(ip1))


@requirement("ip1/children/name-case")
@creating
def test_members_are_known_in_any_letter_case(ip1: Ip1Driver) -> None:
    """As the provider's own client writes them."""
    new = done(ip1.post(CHILDREN, {"name": "Sales"}))
    changed = answered(ip1.put(child(new["ID"]), {"id": new["ID"], "NAME": "Marketing"}))

    verify((new["Name"], changed["Name"])).equals(("Sales", "Marketing"))


@requirement("ip1/children/whole-list")
@creating
def test_the_list_is_whole(ip1: Ip1Driver) -> None:
    """Whatever is said of pages."""
    for name in ("Sales", "Support", "Marketing"):
        made(ip1, name)

    verify(ids(ip1, "?start=1&limit=1&order=sideways")).equals(ids(ip1))


@requirement("ip1/children/inherits")
@creating
def test_a_new_sub_account_is_like_the_account_above(ip1: Ip1Driver) -> None:
    """But for what it has."""
    above, new = shown(ip1, OVERVIEW), made(ip1)

    verify((new["Type"], new["Currency"])).equals((above["Type"], above["Currency"]))
    verify(new["Balance"]).equals(0)


@requirement("ip1/children/key-opens")
@creating
def test_the_key_of_a_sub_account_opens_it(ip1: Ip1Driver, book: Book) -> None:
    """And nothing of the account above."""
    id = book.one(NAMES)
    new = made(ip1)
    below = ip1.as_key(str(new["Key"]))

    verify(shown(below, OVERVIEW)["Account"]).equals(new["ID"])
    verify([listed(below.get(path)) for path in (CONTACTS, LANDINGS, BATCHES)]).equals([[], [], []])
    refused(below.get(contact(id)), 404)
    verify(ids(below)).equals([])


@requirement("ip1/children/refused")
@creating
@pytest.mark.parametrize(
    "sent", [{}, {"Name": ""}, {"Name": None}, {"Name": 7}], ids=["missing", "empty", "null", "number"]
)
def test_a_sub_account_needs_a_name(ip1: Ip1Driver, sent: dict[str, Any]) -> None:
    """When it is made, and when it is changed."""
    new = made(ip1)

    refused(ip1.post(CHILDREN, sent))
    refused(ip1.put(child(new["ID"]), {"ID": new["ID"], **sent}))
    verify(listed(ip1.get(CHILDREN))[-1]).equals(new)


@requirement("ip1/children/refused")
@creating
def test_the_id_in_the_body_is_that_of_the_path(ip1: Ip1Driver) -> None:
    """If it is there at all."""
    one, other = made(ip1), made(ip1, "Support")

    refused(ip1.put(child(one["ID"]), {"ID": other["ID"], "Name": "Marketing"}))
    verify(answered(ip1.put(child(one["ID"]), {"Name": "Marketing"}))["Name"]).equals("Marketing")
    verify(shown(ip1, child(other["ID"]))).equals(other)


@requirement("ip1/children/unknown")
def test_a_sub_account_that_is_not_there_is_not_found(ip1: Ip1Driver) -> None:
    """Nor is the account itself, which is none."""
    for id in (NOBODY, owner(ip1)):
        refused(ip1.get(child(id)), 404)
        refused(ip1.put(child(id), {"Name": "Marketing"}), 404)


@requirement("ip1/children/unknown")
@creating
def test_a_sub_account_of_another_account_is_not_found(ip1: Ip1Driver, empty: Ip1Driver) -> None:
    """Neither to be read nor to be changed."""
    foreign = made(empty)

    refused(ip1.get(child(foreign["ID"])), 404)
    refused(ip1.put(child(foreign["ID"]), {"Name": "Marketing"}), 404)
    verify(shown(empty, child(foreign["ID"]))).equals(foreign)
