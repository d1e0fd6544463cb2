"""get_contact and get_contact_group: the phone book."""

import pytest

from conformance.checks.voipe.calls import NOBODYS, every_format, ids, succeeded
from conformance.checks.voipe.conftest import User
from conformance.drivers.voipe import Answer, VoipeDriver
from conformance.requirement import requirement
from conformance.verify import verify

CONTACTS = {
    "contact.5": "Dana L; 0521234567; dana@example.com; vip friend; VIP",
    "contact.6": "Moshe; 0531234567; ; plumber; VIP",
    "contact.7": "Avi; 0541112222",
}
GROUPS = {"group.1": "VIP customers; VIP", "group.2": "Nobody; EMPTY"}


@pytest.fixture
def owner(user: User) -> VoipeDriver:
    """A user with three contacts and two groups."""
    return user("owner", **CONTACTS, **GROUPS)


def nothing(answer: Answer) -> None:
    """The search succeeded, and found nothing, which XML cannot tell from an empty text."""
    verify(succeeded(answer).get("data", 0)).equals("" if answer.format == "xml" else None)


@requirement("voipe/contact/operation")
@pytest.mark.parametrize(
    ("kwd", "names"),
    [
        ("dana l", ["Dana L"]),
        ("0531", ["Moshe"]),
        ("EXAMPLE.com", ["Dana L"]),
        ("plumb", ["Moshe"]),
        ("054111", ["Avi"]),
        ("5", ["Dana L", "Moshe", "Avi"]),
    ],
)
def test_contacts_are_found_by_a_part(owner: VoipeDriver, kwd: str, names: list[str]) -> None:
    """Of a name, a number, an address, a tag."""
    verify(sorted(ids(owner.call("get_contact", kwd=kwd), "p_desc"))).equals(sorted(names))


@requirement("voipe/contact/keys")
@every_format
def test_a_contact_has_its_keys(owner: VoipeDriver, format: str) -> None:
    """In their order, all of them texts."""
    answer = owner.call("get_contact", kwd="dana", format=format)

    verify([list(one.items())[1:] for one in answer.entries]).equals(
        [
            [
                ("p_desc", "Dana L"),
                ("p_num", "0521234567"),
                ("email", "dana@example.com"),
                ("tags", "vip friend"),
            ]
        ]
    )
    verify(next(iter(answer.entries[0]))).equals("pid")
    verify(list(succeeded(answer))[:3]).equals(["status", "error", "data"])


@requirement("voipe/contact/all")
def test_all_contacts_are_found(owner: VoipeDriver) -> None:
    """By a sign for anything."""
    verify(len(owner.call("get_contact", kwd="%").entries)).equals(3)


@requirement("voipe/contact/c")
def test_some_contacts_are_told(owner: VoipeDriver) -> None:
    """Two of three."""
    verify(len(owner.call("get_contact", kwd="%", c=2).entries)).equals(2)


@requirement("voipe/contact/none")
@pytest.mark.parametrize("kwd", [NOBODYS, "", None])
@every_format
def test_no_contacts_are_null(voipe: VoipeDriver, kwd: str | None, format: str) -> None:
    """Rather than an empty list."""
    nothing(voipe.call("get_contact", kwd=kwd, format=format))


@requirement("voipe/contact/own")
def test_contacts_of_others_are_not_found(owner: VoipeDriver, user: User) -> None:
    """Who share nothing."""
    nothing(user("other").call("get_contact", kwd="%"))


@requirement("voipe/contact-group/operation")
@pytest.mark.parametrize(
    ("kwd", "codes"), [("vip", ["VIP"]), ("custom", ["VIP"]), ("empt", ["EMPTY"]), ("o", ["VIP", "EMPTY"])]
)
def test_groups_are_found_by_a_part(owner: VoipeDriver, kwd: str, codes: list[str]) -> None:
    """Of a name or a code."""
    verify(sorted(ids(owner.call("get_contact_group", kwd=kwd), "code"))).equals(sorted(codes))


@requirement("voipe/contact-group/keys")
@every_format
def test_a_group_has_its_keys(owner: VoipeDriver, format: str) -> None:
    """In their order, all of them texts."""
    rows = owner.call("get_contact_group", kwd="VIP", format=format).entries

    verify([list(row) for row in rows]).equals([["gpid", "group_name", "code", "flag_sender"]])
    verify([list(row.values())[1:] for row in rows]).equals([["VIP customers", "VIP", "0"]])


@requirement("voipe/contact-group/none")
@pytest.mark.parametrize("kwd", [NOBODYS, "", None, "%"])
def test_no_groups_are_null(owner: VoipeDriver, kwd: str | None) -> None:
    """Nor is there a sign for all."""
    nothing(owner.call("get_contact_group", kwd=kwd))
