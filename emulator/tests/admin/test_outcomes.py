"""Outcomes and faults through the control API."""

import pytest

from emulator.core.refusals import Reason
from emulator.providers.isms import ISMS
from emulator.tests.admin.called import Called
from emulator.tests.samples import FAILS, NUMBER, OTHER


def final(control: Called, to: str) -> str:
    """What becomes of a message to that number."""
    control.send(to)
    control.post("/clock/run-until-idle")
    return str(control.get("/messages")["messages"][-1]["status"])


def test_the_table_is_served_in_its_order(control: Called) -> None:
    outcomes = control.get("/outcomes")["outcomes"]

    assert [(one["name"], one["ends"]) for one in outcomes[:3]] == [
        ("delivered", None),
        ("fails", "9001"),
        ("expires", "9002"),
    ]
    assert len(outcomes) == 14


@pytest.mark.parametrize("number", [NUMBER, f"+{NUMBER}", f"00{NUMBER}"])
def test_an_override_wins_over_the_table(control: Called, number: str) -> None:
    assert control.put(f"/outcomes/{number}", {"outcome": "fails"}) == {"outcome": "fails", "left": None}

    assert final(control, NUMBER) == "undeliverable"
    assert final(control, OTHER) == "delivered"
    assert control.get("/outcomes")["overrides"] == {NUMBER: {"outcome": "fails", "left": None}}


def test_an_override_is_used_up(control: Called) -> None:
    control.put(f"/outcomes/{NUMBER}", {"outcome": "fails", "times": 2})

    assert [final(control, NUMBER) for _ in range(3)] == ["undeliverable", "undeliverable", "delivered"]
    assert control.get("/outcomes")["overrides"] == {}


def test_an_override_taken_away_lets_the_table_decide(control: Called) -> None:
    control.put(f"/outcomes/{FAILS}", {"outcome": "delivered"})
    control.delete(f"/outcomes/+{FAILS}")

    assert final(control, FAILS) == "undeliverable"
    assert control.problem("DELETE", f"/outcomes/{FAILS}") == (404, f"no outcome was put for '{FAILS}'")


def test_an_override_may_be_for_a_mail_address(control: Called) -> None:
    control.put("/outcomes/Anna@Example.org", {"outcome": "fails"})

    assert list(control.get("/outcomes")["overrides"]) == ["anna@example.org"]
    assert control.space.gateway.outcome("anna@example.org").name == "fails"
    control.delete("/outcomes/anna@example.org")
    assert control.get("/outcomes")["overrides"] == {}


def test_the_table_tells_which_mailbox_means_an_outcome(control: Called) -> None:
    outcomes = control.get("/outcomes")["outcomes"]

    assert [(one["name"], one["mailbox"]) for one in outcomes[:3]] == [
        ("delivered", None),
        ("fails", "fail"),
        ("expires", "expire"),
    ]


@pytest.mark.parametrize(
    "number",
    ["@", "a@", "@b", "a@b@c", "a b@c", "abc", "0", "1234567890123456", "3069-1", "٣٠٦", "%00", "-1"],
)
def test_other_numbers_are_refused(control: Called, number: str) -> None:
    assert control.problem("PUT", f"/outcomes/{number}", {"outcome": "fails"})[0] == 400
    assert control.problem("DELETE", f"/outcomes/{number}")[0] == 400


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"outcome": "vanishes"},
        {"outcome": None},
        {"outcome": "fails", "times": 0},
        {"outcome": "fails", "times": 1.5},
    ],
)
def test_other_outcomes_are_refused(control: Called, body: object) -> None:
    assert control.problem("PUT", f"/outcomes/{NUMBER}", body)[0] == 400


def test_an_integer_may_be_written_with_a_point(control: Called) -> None:
    answer = control.call("PUT", f"/outcomes/{NUMBER}", data='{"outcome": "fails", "times": 2.0}')

    assert answer.get_json() == {"outcome": "fails", "left": 2}


SEND = "/api/http/send.php?username=demo&password=demo&from=x&to=306912345678&message=m"


def test_a_fault_strikes_as_often_as_it_says(control: Called) -> None:
    answer = control.call("PUT", "/faults/busy", {"effect": "status", "status": 502, "times": 2})

    assert (answer.status_code, answer.get_json()) == (
        201,
        {
            "id": "busy",
            "effect": "status",
            "provider": None,
            "path": None,
            "account": None,
            "status": 502,
            "seconds": 1.0,
            "reason": None,
            "times": 2,
            "share": 1.0,
            "met": 0,
        },
    )
    assert [control.client.get(SEND).status_code for _ in range(3)] == [502, 502, 200]


def test_a_fault_put_again_is_replaced(control: Called) -> None:
    control.put("/faults/busy", {"effect": "status"})

    assert control.call("PUT", "/faults/busy", {"effect": "empty"}).status_code == 200
    assert [fault["effect"] for fault in control.get("/faults")["faults"]] == ["empty"]


def test_a_fault_taken_away_strikes_no_more(control: Called) -> None:
    control.put("/faults/busy", {"effect": "status"})
    control.delete("/faults/busy")

    assert control.client.get(SEND).status_code == 200
    assert control.problem("DELETE", "/faults/busy") == (404, "no fault 'busy'")


@pytest.mark.parametrize("reason", ISMS.faults)
def test_a_refusal_has_the_providers_own_words(control: Called, reason: Reason) -> None:
    control.put("/faults/no", {"effect": "refuse", "reason": reason, "account": "demo"})

    assert control.client.get(SEND).text.startswith(("Error:", "FAILED"))


def test_a_refusal_that_the_provider_has_no_words_for_is_refused(control: Called) -> None:
    status, detail = control.problem(
        "PUT", "/faults/no", {"effect": "refuse", "reason": "no-route", "provider": "isms"}
    )

    assert status == 422
    assert detail.startswith("isms has no words for no-route; it has for: bad-credentials, no-recipients,")
    assert control.get("/faults")["faults"] == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"effect": "explode"}, "`$.effect`; there are status, delay, truncate, empty, refuse"),
        ({"effect": "refuse", "reason": "mood"}, "`$.reason`; there are bad-credentials, no-recipients, "),
    ],
)
def test_who_asks_for_an_unknown_fault_is_told_the_known_ones(
    control: Called, body: dict[str, str], says: str
) -> None:
    status, detail = control.problem("PUT", "/faults/no", body)

    assert status == 400
    assert says in detail


def test_a_refusal_for_all_strikes_only_those_who_have_words_for_it(control: Called) -> None:
    control.put("/faults/no", {"effect": "refuse", "reason": "no-route"})

    assert control.client.get(SEND).text.startswith("ID:")
    assert control.get("/faults")["faults"][0]["met"] == 0


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"effect": "explode"},
        {"effect": "refuse"},
        {"effect": "refuse", "reason": "mood"},
        {"effect": "status", "reason": "no-credit"},
        {"effect": "status", "account": "demo"},
        {"effect": "status", "status": 200},
        {"effect": "status", "status": 600},
        {"effect": "delay", "seconds": 61},
        {"effect": "delay", "status": 503},
        {"effect": "status", "share": 1.1},
        {"effect": "status", "times": 0},
        {"effect": "status", "provider": "acme"},
        {"effect": "status", "path": ""},
    ],
)
def test_other_faults_are_refused(control: Called, body: object) -> None:
    assert control.problem("PUT", "/faults/busy", body)[0] == 400
    assert control.get("/faults") == {"faults": []}


def test_the_name_of_a_fault_has_an_end(control: Called) -> None:
    assert control.problem("PUT", f"/faults/{'x' * 201}", {"effect": "empty"})[0] == 400
