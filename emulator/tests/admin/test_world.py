"""The space as a whole through the control API: reset, snapshots, export, import."""

from typing import Any

import pytest

from emulator.admin.world import MOST_SNAPSHOTS
from emulator.tests.admin.called import Called
from emulator.tests.samples import FAILS, NUMBER, OTHER


def recipients(control: Called) -> list[str]:
    return [message["to"] for message in control.get("/messages")["messages"]]


def test_reset_leaves_the_world_as_it_started(control: Called) -> None:
    before = control.get("/export")
    control.send()
    control.post("/clock/advance", {"seconds": 60})
    control.put("/accounts/isms/joe")
    control.put("/faults/busy", {"effect": "status"})
    control.put(f"/outcomes/{NUMBER}", {"outcome": "fails"})

    control.post("/reset")

    assert control.get("/export") == before
    assert control.get("/journal")["entries"] == []


def test_reset_gives_the_same_identifiers_again(control: Called) -> None:
    first = control.send()

    control.post("/reset")

    assert control.send() == first


def test_snapshots_outlive_a_reset(control: Called) -> None:
    control.send()
    control.post("/snapshots", {"name": "sent"})

    control.post("/reset")
    control.post("/snapshots/sent/restore")

    assert recipients(control) == [NUMBER]


def test_a_snapshot_is_a_state_and_a_moment(control: Called) -> None:
    control.send(NUMBER)
    assert control.post("/snapshots", {"name": "one"}) == {"id": "one", "at": "2026-03-02T09:00:00Z"}
    control.send(OTHER)
    control.post("/clock/advance", {"seconds": 60})

    control.post("/snapshots/one/restore")

    assert recipients(control) == [NUMBER]
    assert control.get("/clock")["now"] == "2026-03-02T09:00:00Z"
    assert control.post("/clock/advance", {"seconds": 3})["due_total"] == 2


def test_snapshots_without_a_name_are_counted_and_never_overwritten(control: Called) -> None:
    assert [control.post("/snapshots")["id"] for _ in range(2)] == ["snapshot-1", "snapshot-2"]
    control.delete("/snapshots/snapshot-1")

    assert control.post("/snapshots", {})["id"] == "snapshot-1"
    assert control.post("/snapshots", {"name": None})["id"] == "snapshot-3"


def test_a_snapshot_of_the_same_name_is_replaced(control: Called) -> None:
    control.post("/snapshots", {"name": "it"})
    control.send()
    control.post("/snapshots", {"name": "it"})
    control.delete("/messages")

    control.post("/snapshots/it/restore")

    assert recipients(control) == [NUMBER]
    assert len(control.get("/snapshots")["snapshots"]) == 1


def test_there_is_an_end_to_snapshots(control: Called) -> None:
    for _ in range(MOST_SNAPSHOTS):
        control.post("/snapshots")

    assert control.problem("POST", "/snapshots")[0] == 409
    assert control.post("/snapshots", {"name": "snapshot-1"})["id"] == "snapshot-1"


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "-a", "a b", "ä", "a\n", "x" * 65, 5])
def test_names_that_fit_no_path_are_refused(control: Called, name: object) -> None:
    assert control.problem("POST", "/snapshots", {"name": name})[0] == 400


def test_unknown_snapshots_are_not_found(control: Called) -> None:
    assert control.problem("POST", "/snapshots/none/restore") == (404, "no snapshot 'none'")
    assert control.problem("DELETE", "/snapshots/none") == (404, "no snapshot 'none'")


def test_an_export_can_be_imported_elsewhere(control: Called) -> None:
    reference = control.send(FAILS)
    archive = control.call("GET", "/export")
    other = Called(seed=99)

    assert other.call("POST", "/import", archive.get_json()).status_code == 204

    assert other.call("GET", "/export").data == archive.data
    assert other.get("/messages")["messages"][0]["reference"] == reference
    assert other.post("/clock/advance", {"seconds": 3})["due_total"] == 2


def test_a_snapshot_knows_its_identifiers_after_an_import(control: Called) -> None:
    reference = control.send()
    control.post("/snapshots", {"name": "ours"})
    control.call("POST", "/import", Called(seed=99).get("/export"))

    control.post("/snapshots/ours/restore")

    assert control.get("/messages")["messages"][0]["reference"] == reference


def test_an_archive_larger_than_other_bodies_is_taken(control: Called) -> None:
    archive = control.call("GET", "/export").data

    answer = control.call("POST", "/import", data=archive + b" " * 9 * 2**20)

    assert answer.status_code == 204


def changed(archive: dict[str, Any], **changes: object) -> dict[str, Any]:
    return {**archive, **changes}


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"now": "9999-12-31T00:00:00Z"}, "$.now: clocks go from 1970 to 9000"),
        ({"accounts": [{"provider": "acme", "login": "x", "password": "x"}]}, "no provider 'acme'"),
        ({"smslab": 2}, "$.smslab: this is version 2, only 1 can be read"),
        ({"surplus": 1}, "Object contains unknown field `surplus`"),
    ],
)
def test_an_archive_of_another_world_changes_nothing(
    control: Called, changes: dict[str, object], detail: str
) -> None:
    before = control.get("/export")

    assert control.problem("POST", "/import", changed(before, **changes)) == (400, detail)
    assert control.get("/export") == before


def test_an_outcome_that_is_not_in_the_table_is_no_outcome(control: Called) -> None:
    control.send()
    archive = control.get("/export")
    archive["messages"][0]["outcome"] = "vanishes"

    assert control.problem("POST", "/import", archive) == (400, "no outcome 'vanishes'")


def test_an_override_to_an_outcome_that_is_not_in_the_table_is_refused(control: Called) -> None:
    control.put(f"/outcomes/{NUMBER}", {"outcome": "fails"})
    archive = control.get("/export")
    archive["records"]["override"][0][1]["outcome"] = "vanishes"

    assert control.problem("POST", "/import", archive) == (400, "no outcome 'vanishes'")
