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

ERRORS = {  # by an ending, and how long after: error code and text
    "queued": (None, 0, 1, "OK"),
    "submitted": (None, 1, 1, "OK"),
    "delivered": (None, 60, 1, "OK"),
    "refused": ("9003", 60, 2, "Gateway error"),
    "unroutable": ("9006", 60, 3, "Message routing error"),
    "failed": ("9001", 60, 4, "Message format error"),
}

STATUSES = {  # by an ending, and how long after: status code and text
    "delivered": (None, 3, 1, "Delivered to the recipient device"),
    "on-network": ("9004", 60, 2, "Delivered to the recipient network"),
    "submitted": ("9004", 1, 3, "Message submitted"),
    "failed": ("9001", 3, 4, "Message error, delivery failed"),
    "unroutable": ("9006", 60, 5, "Routing error, delivery failed"),
    "expired": ("9002", DAYS, 6, "Message expired, delivery cancelled"),
    "refused": ("9003", 60, 7, "Gateway error"),
    "queued": (None, 0, 8, "Message in queue"),
}

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
    ("ending", "seconds", "code", "text"),
    [
        pytest.param(*row, id=name, marks=requirement(f"netoxygen/codes/error-{row[2]}"))
        for name, row in ERRORS.items()
    ],
)
def test_an_error_code_is_told_with_its_text(
    netoxygen: NetOxygenDriver,
    control: Control,
    numbers: Numbers,
    ending: str | None,
    seconds: int,
    code: int,
    text: str,
) -> None:
    """As it stands then."""
    id = sent(netoxygen, numbers, ending)
    later(control, seconds)

    known = state(netoxygen, id)
    verify((known["sent_status"], known["sent_status_text"])).equals((code, text))


@pytest.mark.parametrize(
    ("ending", "seconds", "code", "text"),
    [
        pytest.param(*row, id=name, marks=requirement(f"netoxygen/codes/status-{row[2]}"))
        for name, row in STATUSES.items()
    ],
)
def test_a_status_code_is_told_with_its_text(
    netoxygen: NetOxygenDriver,
    control: Control,
    numbers: Numbers,
    ending: str | None,
    seconds: int,
    code: int,
    text: str,
) -> None:
    """As it stands then."""
    id = sent(netoxygen, numbers, ending)
    later(control, seconds)

    known = state(netoxygen, id)
    verify((known["last_status"], known["last_status_text"])).equals((code, text))


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
