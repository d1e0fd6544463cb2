"""send_message: the fifth parameter."""

import pytest

from conformance.checks.netoxygen.calls import identifier, inbox, refusal, state
from conformance.control import Control
from conformance.drivers.netoxygen import NetOxygenDriver
from conformance.drivers.xmlrpc import Value
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

TEXTOBOX = "textobox.ch"

NO_SENDER = {"left-out": (), "empty": ("",), "empty-of-seven": ("", "", "text")}

without_a_sender = pytest.mark.parametrize("rest", NO_SENDER.values(), ids=NO_SENDER)


@requirement("netoxygen/send/sender")
def test_the_recipient_sees_the_sender(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers
) -> None:
    """A name of letters."""
    answer = netoxygen.send_message(numbers()[0], "hello", "Myself")

    verify(inbox(control, answer)["from"]).equals("Myself")


@requirement("netoxygen/send/sender-default")
@without_a_sender
def test_the_users_default_is_the_sender(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers, rest: tuple[Value, ...]
) -> None:
    """An account that has a default."""
    control.patch_account("netoxygen", netoxygen.username, attributes={"sender": "Acme"})
    answer = netoxygen.send_message(numbers()[0], "hello", *rest)

    verify(inbox(control, answer)["from"]).equals("Acme")


@requirement("netoxygen/send/sender-textobox")
@without_a_sender
def test_the_gateway_is_the_sender_where_there_is_no_default(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers, rest: tuple[Value, ...]
) -> None:
    """An account that has none."""
    control.patch_account("netoxygen", netoxygen.username, attributes={})
    answer = netoxygen.send_message(numbers()[0], "hello", *rest)

    verify(inbox(control, answer)["from"]).equals(TEXTOBOX)


@requirement("netoxygen/send/sender-not-allowed")
def test_a_sender_that_is_not_allowed_is_passed_over(free: NetOxygenDriver, numbers: Numbers) -> None:
    """No error, and not that sender."""
    id = identifier(free.send_message(numbers()[0], "hello", "Myself"))

    verify(state(free, id)["from"]).holds(lambda sender: sender != "Myself", "another sender than Myself")


@requirement("netoxygen/send/sender-not-allowed")
@pytest.mark.parametrize("attributes", [{}, {"sender": "Acme"}], ids=["no-default", "default"])
def test_the_default_takes_its_place(
    free: NetOxygenDriver, control: Control, numbers: Numbers, attributes: dict[str, str]
) -> None:
    """The user's own, or the gateway's."""
    control.patch_account("netoxygen", free.username, attributes={"status": "free"} | attributes)
    answer = free.send_message(numbers()[0], "hello", "Myself")

    verify(inbox(control, answer)["from"]).equals(attributes.get("sender", TEXTOBOX))


@requirement("netoxygen/send/sender-not-allowed")
def test_a_sender_that_is_not_among_those_allowed_is_passed_over(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers
) -> None:
    """An account with a list of them."""
    control.patch_account("netoxygen", netoxygen.username, senders=["Acme"])
    to = numbers(2)

    verify(inbox(control, netoxygen.send_message(to[0], "hello", "Acme"))["from"]).equals("Acme")
    verify(inbox(control, netoxygen.send_message(to[1], "hello", "Myself"))["from"]).equals(TEXTOBOX)


@requirement("netoxygen/send/sender-form")
@pytest.mark.parametrize("sender", ["A", "Elevenchars", "A1", "1", "123456789012345"])
def test_names_and_numbers_are_senders(netoxygen: NetOxygenDriver, numbers: Numbers, sender: str) -> None:
    """The shortest and the longest."""
    identifier(netoxygen.send_message(numbers()[0], "hello", sender))


@requirement("netoxygen/send/sender-form")
@pytest.mark.parametrize(
    "sender", ["Twelve chars", "TwelveLetter", "1234567890123456", "a-b", "two words", "Zoë", " "]
)
def test_other_texts_are_not(netoxygen: NetOxygenDriver, numbers: Numbers, sender: str) -> None:
    """Too long, or with other signs."""
    verify(refusal(netoxygen.send_message(numbers()[0], "hello", sender))).equals(6)


@requirement("netoxygen/send/sender-malformed-choice")
def test_who_may_not_choose_is_not_told_how_to(free: NetOxygenDriver, numbers: Numbers) -> None:
    """A sender that nobody could have."""
    identifier(free.send_message(numbers()[0], "hello", "no sender at all!"))
