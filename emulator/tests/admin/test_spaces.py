"""Spaces: apart from each other, begun, begun afresh, deleted."""

import gc
import weakref

import pytest

from emulator.tests.admin.called import Called
from emulator.tests.samples import NUMBER

BEGINNING = {"seed": 7, "clock": "2026-03-02T09:00:00Z", "rate": 0}


def total(control: Called, prefix: str = "") -> int:
    answer = control.client.get(f"{prefix}/_emulator/messages")
    return int(answer.get_json()["total"])


def test_a_space_begins_as_declared(control: Called) -> None:
    answer = control.call("PUT", "/spaces/mine", BEGINNING)

    assert (answer.status_code, answer.get_json()) == (
        201,
        {
            "name": "mine",
            "seed": 7,
            "clock": {"now": "2026-03-02T09:00:00Z", "rate": 0.0},
            "messages": 0,
        },
    )


def test_spaces_never_see_each_other(control: Called) -> None:
    control.put("/spaces/mine", BEGINNING)

    control.send(prefix="/~mine")

    assert (total(control, "/~mine"), total(control), total(control, "/~yours")) == (1, 0, 0)


def test_the_same_seed_gives_the_same_identifiers(control: Called) -> None:
    control.put("/spaces/one", BEGINNING)
    control.put("/spaces/two", BEGINNING)
    control.put("/spaces/three", {**BEGINNING, "seed": 8})

    one, two, three = (control.send(prefix=f"/~{name}") for name in ("one", "two", "three"))

    assert one == two != three


def test_a_space_put_again_begins_afresh(control: Called) -> None:
    control.put("/spaces/mine", BEGINNING)
    control.send(prefix="/~mine")

    answer = control.call("PUT", "/spaces/mine", BEGINNING)

    assert (answer.status_code, answer.get_json()["messages"]) == (200, 0)
    assert total(control, "/~mine") == 0


def test_a_space_nobody_declared_begins_as_the_default_one_did(control: Called) -> None:
    assert control.client.get("/~new/_emulator/clock").get_json() == control.get("/clock")
    assert [space["name"] for space in control.get("/spaces")["spaces"]] == [None, "new"]


def test_a_space_has_switches_of_its_own(control: Called) -> None:
    control.put("/spaces/strict", {**BEGINNING, "quirks": {"isms": {"error_status": 400}}})
    query = {"username": "nobody"}

    assert control.client.get("/~strict/api/http/credits.php", query_string=query).status_code == 400
    assert control.client.get("/api/http/credits.php", query_string=query).status_code == 200


def test_a_deleted_space_is_gone(control: Called) -> None:
    control.put("/spaces/mine", BEGINNING)
    control.send(prefix="/~mine")

    control.delete("/spaces/mine")

    assert [space["name"] for space in control.get("/spaces")["spaces"]] == [None]
    assert control.problem("DELETE", "/spaces/mine") == (404, "no space 'mine'")
    assert total(control, "/~mine") == 0


def test_nothing_holds_on_to_a_deleted_space(control: Called) -> None:
    """A suite with a space for each test must not fill the memory."""
    control.put("/spaces/mine", {**BEGINNING, "rate": 1})
    control.send(prefix="/~mine")
    space = weakref.ref(control.emulator.spaces["mine"])

    control.delete("/spaces/mine")
    gc.collect()

    assert space() is None


def test_the_default_space_stays(control: Called) -> None:
    assert control.problem("DELETE", "/spaces/")[0] == 404
    assert control.problem("DELETE", "/spaces/default")[0] == 404
    assert control.get("/livez") == {"status": "ok"}


@pytest.mark.parametrize("name", ["-a", ".", "..", "a%20b", "%C3%A9", "a%0A", "x" * 65, "~x"])
def test_other_names_are_refused(control: Called, name: str) -> None:
    assert control.problem("PUT", f"/spaces/{name}", {})[0] in (400, 404)
    answer = control.client.get(f"/~{name}/_emulator/clock")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


@pytest.mark.parametrize(
    "body",
    [
        {"seed": "7"},
        {"seed": 2**54},
        {"clock": "yesterday"},
        {"clock": None},
        {"rate": -1},
        {"quirks": {"acme": {}}},
        {"quirks": {"isms": {"sings": True}}},
        {"quirks": {"isms": {"accept_post": "yes"}}},
        {"world": "default"},
    ],
)
def test_other_beginnings_are_refused_and_begin_nothing(control: Called, body: object) -> None:
    assert control.problem("PUT", "/spaces/mine", body)[0] == 400
    assert [space["name"] for space in control.get("/spaces")["spaces"]] == [None]


def test_metrics_count_each_space(control: Called) -> None:
    control.send(NUMBER, prefix="/~mine")

    text = control.call("GET", "/metrics").text

    assert 'smslab_messages{space="default"} 0.0' in text
    assert 'smslab_messages{space="mine"} 1.0' in text
