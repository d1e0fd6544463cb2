"""Contacts, one by one and many at once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from emulator.tests.providers.ip1.called import ACCOUNT, NOTHING, NUMBER, OTHER_KEY, UNKNOWN, Called

CONTACTS = "/v2/contacts"
ADA = {"firstName": "Ada", "phoneNumber": f"+{NUMBER}"}


@pytest.fixture
def called() -> Called:
    return Called()


def made(called: Called, *properties: dict[str, str], labels: Any = (), key: str = "demo-ip1") -> Any:
    """Contacts, as the answer shows them."""
    sent = [{"properties": one, "labels": list(labels)} for one in properties]
    answer = called.ask("POST", f"{CONTACTS}?sync", sent, key=key)
    assert answer.status_code == 200, answer.text
    return answer.json


def first_names(contacts: Any) -> list[str]:
    return [one["properties"]["firstName"] for one in contacts]


def test_contacts_made_at_once_are_shown_in_their_order(called: Called) -> None:
    ada, bo = made(called, ADA, {"firstName": "Bo"}, labels=["Coworker"])

    assert ada == {"id": ada["id"], "ownerId": ACCOUNT, "properties": ADA, "labels": ["Coworker", "all"]}
    assert called.get(CONTACTS) == [ada, bo]
    assert called.get(f"{CONTACTS}/{bo['id']}") == bo


def test_contacts_made_in_the_background_are_not_shown_but_there(called: Called) -> None:
    answer = called.ask("POST", CONTACTS, [{"properties": ADA}])

    assert (answer.status_code, answer.data) == (202, b"")
    assert first_names(called.get(CONTACTS)) == ["Ada"]


def test_the_background_can_take_its_time() -> None:
    called = Called(contact_delay_seconds=2)
    called.ask("POST", CONTACTS, [{"properties": ADA}])
    made(called, {"firstName": "Bo"})
    called.advance(1.5)

    before = first_names(called.get(CONTACTS))
    called.advance(0.5)

    assert before == ["Bo"]
    assert first_names(called.get(CONTACTS)) == ["Ada", "Bo"]


def test_a_contact_that_is_still_being_made_is_nowhere() -> None:
    called = Called(contact_delay_seconds=2)
    called.ask("POST", CONTACTS, [{"properties": ADA, "labels": ["x"]}])
    called.advance(2)
    (ada,) = called.get(CONTACTS)
    called.space.clock.set(now=called.space.clock.now().replace(second=1))
    path = f"{CONTACTS}/{ada['id']}"

    calls: list[Any] = [
        ("GET", path), ("PUT", path, {"properties": {}}), ("PATCH", path, {}), ("DELETE", path),
        ("DELETE", "/v2/labels/x"),
    ]  # fmt: skip

    assert [called.ask(*call).status_code for call in calls] == [404] * 5
    assert called.get(f"{CONTACTS}/meta")["totalCount"] == 0
    assert called.ask("DELETE", CONTACTS).json == []
    assert called.ask("POST", "/v2/labels/y/contacts", [ada["id"]]).json == {
        "labelName": "y",
        "usageCount": 0,
    }
    called.advance(1)
    assert called.get(CONTACTS) == [ada]


def test_with_sync_a_thousand_are_taken_and_not_one_more(called: Called) -> None:
    one = {"properties": {"firstName": "Ada"}}

    errors = called.errors("POST", f"{CONTACTS}?sync=no", [one] * 1001)

    assert list(errors) == ["$"]
    assert called.get(CONTACTS) == []
    assert len(called.ask("POST", f"{CONTACTS}?sync", [one] * 1000).json or ()) == 1000
    assert called.ask("POST", CONTACTS, [one] * 1001).status_code == 202


def test_one_contact_at_fault_spoils_all(called: Called) -> None:
    errors = called.errors("POST", CONTACTS, [{"properties": ADA}, {"properties": {"firstName": 7}}])

    assert list(errors) == ["[1].Properties.FirstName"]
    assert called.get(CONTACTS) == []


def test_metadata_are_shown_on_demand_and_follow_the_blacklist(called: Called) -> None:
    (ada,) = made(called, ADA)

    states = [called.get(f"{CONTACTS}/{ada['id']}", meta="no")["metadata"]["phoneNumber"]["isBlocked"]]
    called.ask("PUT", f"/v2/blacklist/{NUMBER}")
    states += [one["metadata"]["phoneNumber"]["isBlocked"] for one in called.get(CONTACTS, meta="")]

    assert states == ["false", "true"]
    assert "metadata" not in called.get(f"{CONTACTS}/{ada['id']}")


def test_put_replaces_a_contact_whole(called: Called) -> None:
    (ada,) = made(called, ADA, labels=["Coworker"])

    answer = called.ask(
        "PUT", f"{CONTACTS}/{ada['id']}", {"properties": {"firstName": "Bo"}, "labels": ["x"]}
    )

    assert answer.json == {**ada, "properties": {"firstName": "Bo"}, "labels": ["x", "all"]}
    assert called.get(CONTACTS) == [answer.json]


def test_patch_changes_what_it_names(called: Called) -> None:
    (ada,) = made(called, ADA, labels=["Coworker"])

    answer = called.ask(
        "PATCH", f"{CONTACTS}/{ada['id']}", {"properties": {"phoneNumber": None, "city": "Lund"}}
    )

    assert answer.json == {**ada, "properties": {"firstName": "Ada", "city": "Lund"}}
    assert called.get(f"{CONTACTS}/{ada['id']}", meta="")["metadata"] == {}


def test_a_refused_change_changes_nothing(called: Called) -> None:
    (ada,) = made(called, ADA)
    path = f"{CONTACTS}/{ada['id']}"

    called.errors("PUT", path, {"id": UNKNOWN, "properties": {}})
    called.errors("PATCH", path, {"properties": {"firstName": "Bo", "lastName": 7}})

    assert called.get(CONTACTS) == [ada]


def test_of_changes_at_the_same_time_none_is_lost(called: Called) -> None:
    (ada,) = made(called, ADA)
    path = f"{CONTACTS}/{ada['id']}"

    def change(name: str) -> None:
        client = Called.__new__(Called)
        client.client = type(called.client)(called.emulator, called.client._path)
        for count in range(5):
            client.ask("PATCH", path, {"properties": {name: str(count)}})

    with ThreadPoolExecutor() as pool:
        list(pool.map(change, "abcd"))

    assert called.get(path)["properties"] == {**ADA, **dict.fromkeys("abcd", "4")}


def test_a_deleted_contact_is_shown_a_last_time(called: Called) -> None:
    ada, bo = made(called, ADA, {"firstName": "Bo"})
    path = f"{CONTACTS}/{ada['id']}"

    assert called.ask("DELETE", path).json == ada
    assert called.ask("DELETE", path).status_code == 404
    assert called.get(CONTACTS) == [bo]


def test_contacts_of_others_are_not_there(called: Called) -> None:
    (ada,) = made(called, ADA, labels=["x"])
    path = f"{CONTACTS}/{ada['id']}"

    calls: list[Any] = [
        ("GET", path, NOTHING), ("PUT", path, {"properties": {}}), ("PATCH", path, {}),
        ("DELETE", path, NOTHING),
        ("DELETE", "/v2/labels/x", NOTHING),
    ]  # fmt: skip

    assert [called.ask(method, path, body, OTHER_KEY).status_code for method, path, body in calls] == [
        404
    ] * 5
    assert called.ask("DELETE", CONTACTS, key=OTHER_KEY).json == []
    assert called.ask("POST", "/v2/labels/y/contacts", [ada["id"]], key=OTHER_KEY).json == {
        "labelName": "y", "usageCount": 0,
    }  # fmt: skip
    assert called.get(CONTACTS) == [ada]


def test_a_list_shows_what_its_filters_find_in_pages(called: Called) -> None:
    made(called, *({"firstName": name, "phoneNumber": f"+{NUMBER}"} for name in "abcde"), labels=["x"])
    made(called, {"firstName": "f"}, labels=["x"])

    answer = called.ask(
        "GET", f"{CONTACTS}?labels=x&properties%5BphoneNumber%5D=+{NUMBER}&start=1&limit=3&order=DESC"
    )

    assert first_names(answer.json) == ["d", "c", "b"]
    assert 'start=4&limit=3&order=DESC>; rel="next"' in answer.headers["Link"]
    assert "properties%5BphoneNumber%5D=" in answer.headers["Link"]


def test_a_blank_in_a_filter_can_be_left_alone() -> None:
    called = Called(filter_plus="keep")
    made(called, ADA)

    assert called.get(f"{CONTACTS}", **{"properties[phoneNumber]": f" {NUMBER}"}) == []
    assert len(called.get(f"{CONTACTS}", **{"properties[phoneNumber]": f"+{NUMBER}"})) == 1


def test_a_mass_deletion_spares_what_its_filters_do_not_find(called: Called) -> None:
    gone = made(called, ADA, {"firstName": "Bo"}, labels=["x"])
    (cy,) = made(called, {"firstName": "Cy"})

    answer = called.ask("DELETE", f"{CONTACTS}?labels=x&start=1&limit=1&order=sideways")

    assert (answer.status_code, answer.json) == (200, gone)
    assert called.get(CONTACTS) == [cy]


def test_without_filters_every_contact_goes(called: Called) -> None:
    gone = made(called, ADA, {"firstName": "Bo"})

    assert called.ask("DELETE", CONTACTS).json == gone
    assert called.get(CONTACTS) == []


def test_the_label_all_is_nothing_special_where_the_switch_says_so() -> None:
    called = Called(all_label=False)
    (ada,) = made(called, ADA, labels=["all"])

    answer = called.ask("DELETE", "/v2/labels/all")

    assert answer.json == {"labelName": "all", "usageCount": 1}
    assert called.get(CONTACTS) == [{**ada, "labels": []}]


def test_contacts_survive_an_archive(called: Called) -> None:
    made(called, ADA, labels=["Coworker"])
    called.ask("POST", CONTACTS, [{"properties": {"firstName": "Bo"}}])
    before = called.get(CONTACTS, meta="")

    archive = called.client.get("/_emulator/export").data
    called.ask("DELETE", CONTACTS)
    assert called.client.post("/_emulator/import", data=archive).status_code == 204

    assert called.get(CONTACTS, meta="") == before
    assert called.get(CONTACTS, labels="Coworker") == called.get(CONTACTS)[:1]
