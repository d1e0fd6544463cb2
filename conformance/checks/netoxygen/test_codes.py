"""The tables of error codes and status codes, each code by a number that means it.

Error codes 5 to 8 are those of refused recipients (test_refusals.py); no answer holds their texts.
"""

import pytest

from conformance.checks.netoxygen.calls import LATER, identifier, refusal, state
from conformance.control import Control
from conformance.drivers.netoxygen import NetOxygenDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

DAYS = 3 * 24 * 3600

TEXTS = [  # an ending, how long after, table, code and text
    (None, 0, "error", 1, "OK"),
    (None, 1, "error", 1, "OK"),
    (None, 60, "error", 1, "OK"),
    ("9003", 60, "error", 2, "Gateway error"),
    ("9006", 60, "error", 3, "Message routing error"),
    ("9001", 60, "error", 4, "Message format error"),
    (None, 3, "status", 1, "Delivered to the recipient device"),
    ("9004", 60, "status", 2, "Delivered to the recipient network"),
    ("9004", 1, "status", 3, "Message submitted"),
    ("9001", 3, "status", 4, "Message error, delivery failed"),
    ("9006", 60, "status", 5, "Routing error, delivery failed"),
    ("9002", DAYS, "status", 6, "Message expired, delivery cancelled"),
    ("9003", 60, "status", 7, "Gateway error"),
    (None, 0, "status", 8, "Message in queue"),
]

MEMBERS = {"error": "sent_status", "status": "last_status"}

PAIRS = {  # by an ending, and how long after: both codes
    "queued": (None, 0, (1, 8)),
    "submitted": (None, 1, (1, 3)),
    "on-network": (None, 2, (1, 2)),
    "delivered": (None, 3, (1, 1)),
    "slow": ("9005", 3600, (1, 1)),
    "failed": ("9001", 3, (4, 4)),
    "unroutable": ("9006", 1, (3, 5)),
    "expired": ("9002", DAYS, (3, 6)),
    "refused": ("9003", 0, (2, 7)),
}


def sent(netoxygen: NetOxygenDriver, numbers: Numbers, ending: str | None) -> str:
    """The identifier of a message to a number with that ending."""
    return identifier(netoxygen.send_message(numbers(ending=ending)[0]))


def later(control: Control, seconds: int) -> None:
    if seconds:
        control.advance(seconds)


@pytest.mark.parametrize(
    ("ending", "seconds", "table", "code", "text"),
    [pytest.param(*row, marks=requirement(f"netoxygen/codes/{row[2]}-{row[3]}")) for row in TEXTS],
)
def test_a_code_is_told_with_its_text(
    netoxygen: NetOxygenDriver,
    control: Control,
    numbers: Numbers,
    ending: str | None,
    seconds: int,
    table: str,
    code: int,
    text: str,
) -> None:
    """As it stands then."""
    id = sent(netoxygen, numbers, ending)
    later(control, seconds)

    known = state(netoxygen, id)
    verify((known[MEMBERS[table]], known[f"{MEMBERS[table]}_text"])).equals((code, text))


@requirement("netoxygen/codes/error-9", "netoxygen/codes/status-9")
def test_a_message_that_waits_has_both_codes_for_it(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """With both texts; it is taken back after."""
    id = identifier(netoxygen.send_message(numbers()[0], "later", "", LATER))
    known = state(netoxygen, id)
    netoxygen.cancel_message(id)

    verify((known["sent_status"], known["sent_status_text"])).equals((9, "Pending"))
    verify((known["last_status"], known["last_status_text"])).equals((9, "Message scheduled"))


@requirement("netoxygen/codes/error-1")
def test_a_message_that_was_just_taken_is_ok(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Wherever it can be sent."""
    verify(state(netoxygen, sent(netoxygen, numbers, None))["sent_status_text"]).equals("OK")


@requirement("netoxygen/codes/status-8")
def test_a_message_that_was_just_taken_is_being_handled(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Or further, where the clock cannot be held."""
    verify(state(netoxygen, sent(netoxygen, numbers, None))["last_status"]).is_one_of(8, 3, 2, 1)


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        pytest.param("route-down", 2, marks=requirement("netoxygen/codes/error-2")),
        pytest.param("no-route", 3, marks=requirement("netoxygen/codes/error-3")),
    ],
)
def test_trouble_can_be_told_at_once(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers, reason: str, code: int
) -> None:
    """While the gateway has it; the next message goes through."""
    control.set_fault("trouble", "refuse", reason=reason, provider="netoxygen", times=1)
    to = numbers(2)

    verify(refusal(netoxygen.send_message(to[0]))).equals(code)
    identifier(netoxygen.send_message(to[1]))


@requirement("netoxygen/codes/pairs")
@pytest.mark.parametrize(("ending", "seconds", "pair"), PAIRS.values(), ids=PAIRS)
def test_codes_go_in_pairs(
    netoxygen: NetOxygenDriver,
    control: Control,
    numbers: Numbers,
    ending: str | None,
    seconds: int,
    pair: tuple[int, int],
) -> None:
    """At every station of a message."""
    id = sent(netoxygen, numbers, ending)
    later(control, seconds)

    known = state(netoxygen, id)
    verify((known["sent_status"], known["last_status"])).equals(pair)


@requirement("netoxygen/codes/pairs")
def test_a_message_that_waits_is_pending_and_scheduled(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """It is taken back after."""
    id = identifier(netoxygen.send_message(numbers()[0], "later", "", LATER))
    known = state(netoxygen, id)
    netoxygen.cancel_message(id)

    verify((known["sent_status"], known["last_status"])).equals((9, 9))
