"""Inställningar."""

import pytest

from conformance.checks.ip1.calls import CALLBACK, done, listed, refused, setting_of
from conformance.drivers.ip1 import SETTINGS, Answer, Ip1Driver
from conformance.requirement import requirement
from conformance.verify import verify

ONE = "http://one.example/mo"
OTHER = "https://other.example:8443/mo?key=a%26b"
PATH = f"{SETTINGS}/{CALLBACK}"

BAD_VALUES: list[object] = [
    "/mo",
    "nonsense",
    "ftp://one.example/",
    "http://",
    7,
    {},
    [ONE],
    {"value": "nonsense"},
]


@pytest.fixture(autouse=True)
def unset(ip1: Ip1Driver, setting: str) -> None:
    """The setting is what holds for all, to begin with."""
    ip1.delete(setting)


def value(answer: Answer) -> object:
    """The value of a setting, which has to be shown."""
    verify(answer.status).equals(200)
    return setting_of(answer)


@requirement("ip1/settings/address")
def test_settings_have_their_address(ip1: Ip1Driver) -> None:
    """Below /v2."""
    verify(ip1.get(SETTINGS).status).equals(200)
    verify(ip1.get(PATH).status).equals(200)


@requirement("ip1/settings/bare-address")
def test_settings_can_be_read_where_the_page_prints_them(ip1: Ip1Driver) -> None:
    """Without what stands before."""
    done(ip1.put(PATH, ONE))

    verify(value(ip1.get(f"/me/sms/settings/{CALLBACK}"))).equals(ONE)


@requirement("ip1/settings/list")
def test_settings_are_listed(ip1: Ip1Driver) -> None:
    """With what they are set to."""
    ip1.put(PATH, ONE)
    answer = ip1.get(SETTINGS)

    verify(answer.status).equals(200)
    verify(answer.reply.text).holds(lambda text: ONE in text.replace("\\/", "/"), f"a list with {ONE}")


@requirement("ip1/settings/read")
def test_one_setting_can_be_read(ip1: Ip1Driver) -> None:
    """Its value."""
    ip1.put(PATH, ONE)

    verify(value(ip1.get(PATH))).equals(ONE)


@requirement("ip1/settings/set")
def test_a_setting_is_made_and_replaced(ip1: Ip1Driver) -> None:
    """By the same call."""
    seen = []
    for address in (ONE, OTHER):
        verify(ip1.put(PATH, address).status).holds(lambda status: 200 <= status < 300, "success")
        seen.append(value(ip1.get(PATH)))

    verify(seen).equals([ONE, OTHER])


@requirement("ip1/settings/delete", "ip1/settings/callback")
def test_a_setting_that_is_deleted_goes_back(ip1: Ip1Driver) -> None:
    """To what it was before it was set: null."""
    before = value(ip1.get(PATH))
    ip1.put(PATH, ONE)
    verify(ip1.delete(PATH).status).holds(lambda status: 200 <= status < 300, "success")

    verify((before, value(ip1.get(PATH)))).equals((None, None))


@requirement("ip1/settings/callback")
def test_the_address_for_incoming_messages_is_absolute(ip1: Ip1Driver) -> None:
    """With or without a port and a query."""
    for address in (ONE, OTHER):
        ip1.put(PATH, address)
        verify(value(ip1.get(PATH))).equals(address)


@requirement("ip1/settings/put-body")
def test_a_value_stands_alone_or_in_an_object(ip1: Ip1Driver) -> None:
    """In either case it is kept."""
    for body, kept in ((ONE, ONE), ({"value": OTHER}, OTHER)):
        verify(value(ip1.put(PATH, body))).equals(kept)
        verify(value(ip1.get(PATH))).equals(kept)


@requirement("ip1/settings/document")
def test_a_setting_is_an_object(ip1: Ip1Driver) -> None:
    """Set, read, listed and deleted."""
    made = {"setting": CALLBACK, "value": ONE}

    verify(ip1.put(PATH, ONE).value).equals(made)
    verify(ip1.get(PATH).value).equals(made)
    verify([one for one in listed(ip1.get(SETTINGS)) if one.get("setting") == CALLBACK]).equals([made])
    verify(ip1.delete(PATH).value).equals({**made, "value": None})


@requirement("ip1/settings/unset")
def test_a_setting_that_is_not_set_shows_its_default(ip1: Ip1Driver) -> None:
    """Read, and deleted twice."""
    ip1.put(PATH, ONE)

    verify([value(ip1.delete(PATH)), value(ip1.delete(PATH)), value(ip1.get(PATH))]).equals([None] * 3)


@requirement("ip1/settings/unknown")
def test_names_of_settings_are_known_in_any_letter_case(ip1: Ip1Driver) -> None:
    """And are one setting."""
    ip1.put(f"{SETTINGS}/incomingcallbackurl", ONE)

    verify(value(ip1.get(f"{SETTINGS}/INCOMINGCALLBACKURL"))).equals(ONE)
    verify(value(ip1.get(PATH))).equals(ONE)


@requirement("ip1/settings/unknown")
def test_a_setting_that_nobody_knows_is_not_found(ip1: Ip1Driver) -> None:
    """To read, to set, to delete."""
    path = f"{SETTINGS}/Colour"

    refused(ip1.get(path), 404)
    refused(ip1.put(path, ONE), 404)
    refused(ip1.delete(path), 404)


@requirement("ip1/settings/bad-value")
def test_what_is_no_address_is_refused(ip1: Ip1Driver) -> None:
    """And not kept."""
    for bad in BAD_VALUES:
        refused(ip1.put(PATH, bad))

    verify(value(ip1.get(PATH))).equals(None)
