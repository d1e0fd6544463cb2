"""Numbers that get nothing."""

import pytest

from emulator.tests.providers.ip1.called import ACCOUNT, NUMBER, OTHER_KEY, SECOND, Called

PATH = "/v2/blacklist"
ENTRY = {"msisdn": NUMBER, "created": "2026-03-02T09:00:00.000"}


def test_a_number_is_blocked_by_either_call() -> None:
    called = Called()

    made = called.ask("POST", PATH, {"msisdn": f"+{NUMBER}"})
    put = called.ask("PUT", f"{PATH}/{SECOND}")

    assert (made.status_code, made.json) == (201, ENTRY)
    assert put.status_code == 200
    assert [entry["msisdn"] for entry in called.get(PATH)] == [NUMBER, SECOND]
    assert called.get(PATH, key=OTHER_KEY) == []


def test_blocking_again_shows_the_entry_as_it_was() -> None:
    called = Called()
    called.ask("POST", PATH, {"msisdn": NUMBER})
    called.advance(60)

    again, put = called.ask("POST", PATH, {"msisdn": NUMBER}), called.ask("PUT", f"{PATH}/{NUMBER}")

    assert (again.status_code, again.json, put.json) == (200, ENTRY, ENTRY)


def test_a_number_may_have_messages_again() -> None:
    called = Called()
    called.ask("PUT", f"{PATH}/{NUMBER}")

    gone = called.ask("DELETE", f"{PATH}/+{NUMBER}")

    assert (gone.status_code, gone.json) == (200, ENTRY)
    assert [called.ask(method, f"{PATH}/{NUMBER}").status_code for method in ("GET", "DELETE")] == [404, 404]


@pytest.mark.parametrize("number", ["x", "1" * 16, "46 70", "++46"])
def test_what_is_no_number_is_refused(number: str) -> None:
    called = Called()

    assert "Msisdn" in called.errors("PUT", f"{PATH}/{number}")
    assert "Msisdn" in called.errors("POST", PATH, {"msisdn": number})


@pytest.mark.parametrize(
    ("text", "numbers"), [("STOP", [NUMBER]), (" stop\n", [NUMBER]), ("STOP it", []), ("", [])]
)
def test_who_answers_stop_is_blocked(text: str, numbers: list[str]) -> None:
    called = Called()

    called.space.gateway.receive("ip1", ACCOUNT, NUMBER, "46700000000", text)

    assert [entry["msisdn"] for entry in called.get(PATH)] == numbers
