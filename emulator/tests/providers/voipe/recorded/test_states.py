"""The states of a recording in steps."""

import pytest

from emulator.tests.providers.voipe.recorded.phrases import Step
from emulator.tests.providers.voipe.recorded.states import state


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("dana has 52.5.", [Step("balance", ("dana", "52.5"))]),
        ("dana overdrawn to -85.", [Step("balance", ("dana", "-85"))]),
        ("After three deductions of 10 from 50.", [Step("balance", ("", "20"))]),
        ("barred is banned.", [Step("banned", ("barred",), setting=True)]),
        (
            "Numbers starting with 052 cost 0.155, with 44 cost 2.5.",
            [Step("price", ("052", "0.155"), setting=True), Step("price", ("44", "2.5"), setting=True)],
        ),
        (
            "notoken: no token and webservices off.",
            [
                Step("no_token", ("notoken",), setting=True),
                Step("webservices", ("off", "notoken"), setting=True),
            ],
        ),
        ("Queue processed.", [Step("queue_worker", repeated=True), Step("report_reader", repeated=True)]),
    ],
)
def test_a_state_is_read_as_steps(text: str, steps: list[Step]) -> None:
    found = state(text)

    assert list(found.steps) == steps
    assert found.unknown == ()


def test_steps_come_in_the_order_of_the_words() -> None:
    found = state("All workers have run. dana has 5.")

    assert [step.verb for step in found.steps] == ["workers", "balance"]


def test_rows_put_in_by_hand_are_read_queue_by_queue() -> None:
    found = state(
        "dana has three rows put into the database by hand, smslog_id 7 to 9, two to a queue: "
        "7 0521234567 from VipCo at 2026-03-08 10:40:00 status 3; "
        "8 0541112222 from (empty) at 2026-04-01 12:00:00 status 0; "
        "9 12 from Demo at 2026-04-02 12:00:00 status 2."
    )

    first = ("7", "0521234567", "VipCo", "2026-03-08 10:40:00", "3")
    second = ("8", "0541112222", "", "2026-04-01 12:00:00", "0")
    third = ("9", "12", "Demo", "2026-04-02 12:00:00", "2")
    assert found.steps == (
        Step("sent_rows", ("dana", *first, *second)),
        Step("sent_rows", ("dana", *third)),
    )


def test_words_that_nobody_understands_are_told() -> None:
    found = state("The queue worker is on strike. dana has 5.")

    assert found.unknown == ("The queue worker is on strike",)
    assert found.steps == (Step("balance", ("dana", "5")),)
