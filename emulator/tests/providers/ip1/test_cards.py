"""A contact as it is kept and as it is shown."""

from datetime import timedelta

from emulator.providers.ip1.cards import card, is_there, shown
from emulator.tests.providers.ip1.called import ACCOUNT
from emulator.tests.providers.ip1.kept import a_card, a_contact
from emulator.tests.samples import NINE

PHONE = "+46701234567"


def test_every_contact_has_the_label_all() -> None:
    assert card({}, ["Coworker"], all_label=True)["labels"] == ["Coworker", "all"]
    assert card({}, ["all", "Coworker"], all_label=True)["labels"] == ["all", "Coworker"]


def test_the_label_all_can_be_left_to_the_client() -> None:
    assert card({}, ["Coworker"], all_label=False)["labels"] == ["Coworker"]


def test_a_label_that_stands_twice_is_kept_once() -> None:
    assert card({}, ["b", "a", "b"], all_label=False)["labels"] == ["b", "a"]


def test_a_contact_shows_no_metadata_unasked() -> None:
    assert shown(a_contact("606312a5d233ab8484e18404", a_card(phoneNumber=PHONE))) == {
        "id": "606312a5d233ab8484e18404",
        "ownerId": ACCOUNT,
        "properties": {"phoneNumber": PHONE},
        "labels": ["all"],
    }


def test_metadata_are_texts() -> None:
    document = shown(a_contact(fields=a_card(phoneNumber=PHONE)), blocked={"46701234567"})

    assert document["metadata"] == {
        "phoneNumber": {
            "isPossiblePhoneNumber": "true",
            "isValidPhoneNumber": "true",
            "phoneNumberType": "MOBILE",
            "parsedMSISDN": "46701234567",
            "isBlocked": "true",
        }
    }


def test_what_is_no_number_is_said_to_be_none() -> None:
    document = shown(a_contact(fields=a_card(phoneNumber="Ada")), blocked=())

    assert document["metadata"] == {
        "phoneNumber": {
            "isPossiblePhoneNumber": "false",
            "isValidPhoneNumber": "false",
            "phoneNumberType": "UNKNOWN",
            "parsedMSISDN": "",
            "isBlocked": "false",
        }
    }


def test_without_a_telephone_number_there_is_nothing_to_find_out() -> None:
    document = shown(a_contact(fields=a_card(email="ada@example.com")), blocked=())

    assert document["metadata"] == {}


def test_a_contact_that_is_being_made_is_there_when_its_moment_comes() -> None:
    late = a_contact(fields={**a_card(), "since": NINE.timestamp()})

    assert not is_there(late, NINE - timedelta(microseconds=1))
    assert is_there(late, NINE)
