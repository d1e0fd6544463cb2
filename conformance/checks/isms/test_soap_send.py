"""SOAP send: what an accepted send does."""

import pytest

from conformance.checks.isms import calls
from conformance.checks.isms.calls import SOON
from conformance.checks.isms.soap_calls import identifier, inbox, refused, returned, state, text
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.isms import IsmsDriver
from conformance.drivers.isms_soap import OUT, IsmsSoapDriver
from conformance.drivers.soap import ENCODED, LITERAL, POSITIONAL, REPEATED, STYLES, Style, Value
from conformance.numbers import Numbers
from conformance.receiver import Receiver
from conformance.requirement import requirement
from conformance.verify import verify

EVERY = {
    "arabic": "مرحبا بالعالم",
    "greek": "Καλημέρα κόσμε",
    "chinese": "你好，世界",
    "signs": "<&>\"' ]]> € 😀",
}


@requirement("isms/soap-send/reply")
def test_a_send_returns_an_identifier(soap: IsmsSoapDriver, numbers: Numbers) -> None:
    """Letters and digits; what stands before them is for another check."""
    identifier(soap.send(to=numbers()))


@requirement("isms/soap-send/bare-id")
def test_the_identifier_stands_alone(soap: IsmsSoapDriver, numbers: Numbers) -> None:
    """Without the word that it has over HTTP."""
    verify(returned(soap.send(to=numbers()))).matches("[0-9A-Za-z]+")


@requirement("isms/soap-send/from")
def test_the_message_carries_its_sender(soap: IsmsSoapDriver, control: Control, numbers: Numbers) -> None:
    """A word that is nobody's default."""
    verify(inbox(control, soap.send(to=numbers(), from_="myself"))[0]["from"]).equals("myself")


@requirement("isms/soap-send/to")
def test_every_recipient_gets_the_message(soap: IsmsSoapDriver, control: Control, numbers: Numbers) -> None:
    """Three, in the order of the array, under one identifier."""
    to = numbers(3)
    found = inbox(control, soap.send(to=to, message="to you all"))

    verify([(one["to"], one["text"]) for one in found]).equals([(mobile, "to you all") for mobile in to])


@requirement("isms/soap-send/to")
def test_every_recipient_can_be_asked_about(soap: IsmsSoapDriver, numbers: Numbers) -> None:
    """First and last of three."""
    to = numbers(3)
    sent = identifier(soap.send(to=to))

    for mobile in (to[0], to[-1]):
        verify(state(soap, sent, mobile)).is_one_of("Queued", "Pending", "Delivered", "Failed")


@requirement("isms/soap-send/to-spelling")
@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_recipients_are_an_array_however_it_is_written(
    soap: IsmsSoapDriver, control: Control, numbers: Numbers, style: Style, count: int
) -> None:
    """One and two, in the manner of six kinds of clients."""
    to = numbers(count)

    verify([one["to"] for one in inbox(control, soap.styled(style).send(to=to))]).equals(to)


@requirement("isms/soap-send/to-spelling")
@pytest.mark.parametrize("style", [ENCODED, POSITIONAL, LITERAL], ids=lambda style: style.name)
def test_a_single_recipient_may_be_a_string(
    soap: IsmsSoapDriver, control: Control, numbers: Numbers, style: Style
) -> None:
    """The property, without an array around the number."""
    mobile = numbers()[0]
    answer = soap.styled(style).send(to={"recipients": mobile})

    verify([one["to"] for one in inbox(control, answer)]).equals([mobile])


@requirement("isms/soap-send/to-map")
@pytest.mark.parametrize("style", [ENCODED, POSITIONAL], ids=lambda style: style.name)
def test_recipients_may_come_in_a_map(
    soap: IsmsSoapDriver, control: Control, numbers: Numbers, style: Style
) -> None:
    """An item with a key and a value, as PHP writes an associative array."""
    to = numbers(2)
    answer = soap.styled(style).send(to={"item": {"key": "recipients", "value": to}})

    verify([one["to"] for one in inbox(control, answer)]).equals(to)


@requirement("isms/soap-send/item-names")
@pytest.mark.parametrize("item", ["item", "string", "recipient", "recipients", "key"])
def test_the_names_of_an_arrays_elements_mean_nothing(
    soap: IsmsSoapDriver, control: Control, numbers: Numbers, item: str
) -> None:
    """Those of several clients, and one that means something elsewhere."""
    to = numbers(2)

    verify([one["to"] for one in inbox(control, soap.spelled(item=item).send(to=to))]).equals(to)


@requirement("isms/soap-send/message")
def test_the_text_arrives(soap: IsmsSoapDriver, control: Control, numbers: Numbers) -> None:
    """By name, with blanks that count."""
    verify(text(control, soap.send(to=numbers(), message="  Hello,  world! "))).equals("  Hello,  world! ")


@requirement("isms/soap-send/message")
def test_the_text_stands_behind_the_recipients(
    soap: IsmsSoapDriver, control: Control, numbers: Numbers
) -> None:
    """By position: five arguments."""
    answer = soap.styled(POSITIONAL).send(to=numbers(), message="the fifth")

    verify(text(control, answer)).equals("the fifth")


@requirement("isms/soap-send/coding")
def test_a_coding_is_gsm_or_utf8(soap: IsmsSoapDriver, control: Control, numbers: Numbers) -> None:
    """The same word in both."""
    codings = [inbox(control, soap.send(to=numbers(), coding=name))[0]["coding"] for name in ("GSM", "UTF-8")]

    verify(codings).equals(["gsm7", "ucs2"])


@requirement("isms/soap-send/flash")
def test_a_send_may_flash(soap: IsmsSoapDriver, control: Control, numbers: Numbers) -> None:
    """True and false, as booleans."""
    found = [inbox(control, soap.send(to=numbers(), flash=flash))[0]["flash"] for flash in (True, False)]

    verify(found).equals([True, False])


@requirement("isms/soap-send/flash-spelling")
@pytest.mark.parametrize(("spelling", "flash"), [("true", True), ("1", True), ("false", False), ("0", False)])
@pytest.mark.parametrize("style", [ENCODED, LITERAL], ids=lambda style: style.name)
def test_a_boolean_has_four_spellings(
    soap: IsmsSoapDriver, control: Control, numbers: Numbers, spelling: str, flash: bool, style: Style
) -> None:
    """As strings and without a type."""
    answer = soap.styled(style).send(to=numbers(), flash=spelling)

    verify(inbox(control, answer)[0]["flash"]).equals(flash)


@requirement("isms/soap-send/defaults")
def test_message_coding_and_flash_may_be_left_out(
    soap: IsmsSoapDriver, control: Control, numbers: Numbers
) -> None:
    """All three."""
    found = inbox(control, soap.send(to=numbers(), message=OUT))[0]

    verify([found[key] for key in ("text", "coding", "flash")]).equals(["", "gsm7", False])


@requirement("isms/soap-send/every-language")
@pytest.mark.parametrize("script", EVERY)
def test_every_script_arrives_as_it_is(
    soap: IsmsSoapDriver, control: Control, numbers: Numbers, script: str
) -> None:
    """With coding UTF-8; signs that XML escapes among them."""
    answer = soap.send(to=numbers(), message=EVERY[script], coding="UTF-8")

    verify(text(control, answer)).equals(EVERY[script])


@requirement("isms/soap-send/concatenated")
def test_a_long_text_is_one_message_in_parts(
    soap: IsmsSoapDriver, control: Control, numbers: Numbers
) -> None:
    """Three parts in the GSM alphabet, two in UCS-2."""
    long = inbox(control, soap.send(to=numbers(), message="a" * 459))[0]
    wide = inbox(control, soap.send(to=numbers(), message="ω" * 71, coding="UTF-8"))[0]

    verify((long["text"], long["parts"])).equals(("a" * 459, 3))
    verify((wide["text"], wide["parts"])).equals(("ω" * 71, 2))


@requirement("isms/soap-send/bulk")
@pytest.mark.parametrize("style", [ENCODED, REPEATED], ids=lambda style: style.name)
def test_a_hundred_recipients_are_served_like_one(
    soap: IsmsSoapDriver, numbers: Numbers, style: Style
) -> None:
    """First and last are asked for."""
    to = numbers(100)
    sent = identifier(soap.styled(style).send(to=to))

    for mobile in (to[0], to[-1]):
        verify(state(soap, sent, mobile)).is_one_of("Queued", "Pending", "Delivered", "Failed")


@requirement("isms/soap-send/same-rules")
def test_numbers_are_forgiven_as_over_http(soap: IsmsSoapDriver, control: Control, numbers: Numbers) -> None:
    """A plus sign, zeros, blanks, a word, a fragment and a repetition."""
    first, second, third = numbers(3)
    answer = soap.send(to=[f"+{first}", f"00{second}", f" {third} ", "nobody", "12", first])

    verify([one["to"] for one in inbox(control, answer)]).equals([first, second, third])


@requirement("isms/soap-send/same-rules")
def test_a_send_costs_what_it_does_over_http(
    isms: IsmsDriver, soap: IsmsSoapDriver, numbers: Numbers
) -> None:
    """Two recipients, two parts."""
    to = numbers(2)
    price = calls.cost(isms, lambda: isms.send(to=to, message="a" * 161))
    before = calls.balance(isms)
    identifier(soap.send(to=to, message="a" * 161))

    verify(before - calls.balance(isms)).equals(price)


@requirement("isms/soap-send/schedule")
@pytest.mark.parametrize("style", [ENCODED, POSITIONAL], ids=lambda style: style.name)
def test_a_message_may_be_put_off(soap: IsmsSoapDriver, clock: Clock, numbers: Numbers, style: Style) -> None:
    """For an hour, by name and as the eighth argument."""
    mobile = numbers()[0]
    sent = identifier(soap.styled(style).send(to=[mobile], schedule="+1 hour"))
    clock.advance(SOON)

    verify(state(soap, sent, mobile)).equals("Queued")


@requirement("isms/soap-send/schedule")
def test_a_date_that_is_none_is_refused(soap: IsmsSoapDriver, numbers: Numbers) -> None:
    """In the words it has over HTTP, without their `Error: `."""
    answer = soap.send(to=numbers(), schedule="the day after never")

    verify(refused(answer)).equals("Invalid scheduling date.")


@requirement("isms/soap-send/dlr-url")
@pytest.mark.parametrize("style", [ENCODED, POSITIONAL], ids=lambda style: style.name)
def test_a_report_may_be_asked_for(
    soap: IsmsSoapDriver, clock: Clock, numbers: Numbers, receiver: Receiver, style: Style
) -> None:
    """By name and as the ninth argument, with a query of its own."""
    mobile = numbers()
    sent: Value = identifier(soap.styled(style).send(to=mobile, dlr_url=receiver.url("/dlr?job=7&a=b")))
    clock.advance(SOON)
    reports = receiver.wait(1)

    verify([(one.target, one.fields.get("mid")) for one in reports]).equals([("/dlr?job=7&a=b", str(sent))])
