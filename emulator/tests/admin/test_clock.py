"""Time through the control API: read, set, jump."""

import pytest

from emulator.tests.admin.called import NOON, Called
from emulator.tests.samples import NUMBER, SLOW

THE_END = "9000-01-01T00:00:00Z"


def statuses(control: Called) -> list[str]:
    return [message["status"] for message in control.get("/messages")["messages"]]


def test_the_clock_starts_where_it_was_told_to(control: Called) -> None:
    assert control.get("/clock") == {"now": "2026-03-02T09:00:00Z", "rate": 0.0}


def test_a_moment_may_have_any_zone(control: Called) -> None:
    assert control.put("/clock", {"now": "2026-03-02T14:00:00+02:00"})["now"] == NOON


def test_a_moment_without_zone_is_taken_for_utc(control: Called) -> None:
    assert control.put("/clock", {"now": "2026-03-02T12:00:00"})["now"] == NOON


def test_what_is_left_out_or_null_goes_on_as_it_was(control: Called) -> None:
    control.put("/clock", {"now": NOON})

    assert (
        control.put("/clock") == control.put("/clock", {"now": None, "rate": None}) == control.get("/clock")
    )
    assert control.get("/clock") == {"now": NOON, "rate": 0.0}


def test_the_rate_alone_can_be_changed(control: Called) -> None:
    assert control.put("/clock", {"rate": 60})["rate"] == 60


def test_advancing_tells_what_fell_due(control: Called) -> None:
    reference = control.send()

    moved = control.post("/clock/advance", {"seconds": 3})

    assert (moved["now"], moved["rate"], moved["due_total"]) == ("2026-03-02T09:00:03Z", 0.0, 2)
    assert [(due["at"], due["kind"], due["detail"]["status"]) for due in moved["due"]] == [
        ("2026-03-02T09:00:01Z", "step", "submitted"),
        ("2026-03-02T09:00:03Z", "step", "delivered"),
    ]
    assert {due["detail"]["reference"] for due in moved["due"]} == {reference}


def test_what_fell_due_is_counted_beyond_what_is_told(control: Called) -> None:
    """More than are told by name, more than the feed remembers."""
    recipients = ",".join(f"3069{number:08d}" for number in range(100, 6100) if number % 10000 < 9000)
    control.patch("/accounts/isms/demo", {"credit": None})
    control.client.post(
        "/api/http/send.php",
        data={"username": "demo", "password": "demo", "from": "x", "to": recipients, "message": "m"},
    )

    moved = control.post("/clock/advance", {"seconds": 60})

    assert (len(moved["due"]), moved["due_total"]) == (1000, 2 * len(recipients.split(",")))


def test_running_until_idle_ends_with_the_last_thing_planned(control: Called) -> None:
    control.send(SLOW)

    assert control.post("/clock/run-until-idle")["now"] == "2026-03-02T10:00:00Z"
    assert statuses(control) == ["delivered"]


def test_an_idle_space_stays_where_it_is(control: Called) -> None:
    moved = control.post("/clock/run-until-idle")

    assert (moved["now"], moved["due"], moved["due_total"]) == ("2026-03-02T09:00:00Z", [], 0)


def test_setting_the_clock_forward_is_a_jump(control: Called) -> None:
    control.send()

    control.put("/clock", {"now": NOON})

    assert statuses(control) == ["delivered"]
    assert control.post("/clock/advance", {"seconds": 60})["due_total"] == 0


def test_a_clock_set_back_shows_what_was_and_repeats_nothing(control: Called) -> None:
    control.send()
    control.post("/clock/advance", {"seconds": 60})

    control.put("/clock", {"now": "2026-03-02T09:00:02Z"})

    assert statuses(control) == ["submitted"]
    assert control.post("/clock/advance", {"seconds": 60})["due_total"] == 0
    assert statuses(control) == ["delivered"]


def test_sending_goes_on_after_the_clock_was_set_back(control: Called) -> None:
    control.post("/clock/advance", {"seconds": 86400})
    control.put("/clock", {"now": "1970-01-01T00:00:00Z"})

    control.send(NUMBER)

    assert control.post("/clock/advance", {"seconds": 3})["due_total"] == 2


def test_no_clock_goes_beyond_its_end(control: Called) -> None:
    control.put("/clock", {"now": THE_END})

    assert control.problem("POST", "/clock/advance", {"seconds": 1}) == (
        400,
        "no clock goes beyond 9000-01-01T00:00:00Z",
    )
    assert control.post("/clock/advance", {"seconds": 0})["now"] == THE_END


def test_at_the_end_of_all_clocks_messages_are_still_accepted(control: Called) -> None:
    control.put("/clock", {"now": THE_END})

    control.send()

    assert control.post("/clock/run-until-idle")["due_total"] == 0
    assert statuses(control) == ["queued"]


def test_a_fast_clock_stops_at_its_end(control: Called) -> None:
    control.put("/clock", {"now": THE_END, "rate": 1_000_000})

    assert control.get("/clock") == {"now": THE_END, "rate": 1_000_000.0}


@pytest.mark.parametrize("now", ["yesterday", "", "9000-01-01T00:00:01Z", "1969-12-31T23:59:59Z", "24:00"])
def test_other_moments_are_refused(control: Called, now: str) -> None:
    assert control.problem("PUT", "/clock", {"now": now})[0] == 400


@pytest.mark.parametrize("seconds", [-1, 3_155_760_001, 1e300, "60", None, True])
def test_other_lengths_are_refused(control: Called, seconds: object) -> None:
    assert control.problem("POST", "/clock/advance", {"seconds": seconds})[0] == 400


@pytest.mark.parametrize("rate", [-1, 1_000_001, "1", [1]])
def test_other_rates_are_refused(control: Called, rate: object) -> None:
    assert control.problem("PUT", "/clock", {"rate": rate})[0] == 400
