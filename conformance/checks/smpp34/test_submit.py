"""submit_sm: what is taken, what is not, and what it is called."""

import pytest

from conformance.checks.smpp34.calls import Smsc, goes_on, reaction, refuses
from conformance.checks.smpp34.messages import arrives, by_query, nothing_left, shelved, shows, state
from conformance.drivers.smpp_pdus import ANSWER, SUBMIT_SM, pdu
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify

LONGEST = 254


@requirement("smpp34/submit/accepted")
def test_a_message_is_taken(smsc: Smsc) -> None:
    """In the answer of its own command, with status 0."""
    answer = smsc.answer(smsc.bound())

    verify((hex(answer.command), answer.status)).equals((hex(SUBMIT_SM | ANSWER), Status.ROK))


@requirement("smpp34/submit/message-id-characters")
def test_a_message_gets_a_name(smsc: Smsc) -> None:
    """Which can be read."""
    verify(smsc.submit(smsc.bound())).holds(
        lambda name: name != "" and name.isascii() and name.isprintable(), "printable ASCII characters"
    )


@requirement("smpp34/submit/message-id")
def test_each_message_has_a_name_of_its_own(smsc: Smsc) -> None:
    """By which it is asked for, even where two are alike."""
    link, number = smsc.bound(), smsc.number()
    first, second = (smsc.submit(link, destination=number) for _ in range(2))

    verify(first).holds(lambda name: name != second, "a message_id that the other one does not have")
    with by_query():
        verify([state(link, name).message_id for name in (first, second)]).equals([first, second])


@requirement("smpp34/submit/arrives")
def test_a_message_arrives_with_its_text(smsc: Smsc) -> None:
    """Short enough for a receipt to repeat the whole of it."""
    link = smsc.bound()
    name = smsc.submit(link, "Here at last", registered=1)

    arrives(smsc, link, name, "Here at last")


@pytest.mark.parametrize(
    "destination",
    [
        pytest.param("", marks=requirement("smpp34/submit/no-destination"), id="none"),
        pytest.param("nobody", marks=requirement("smpp34/submit/bad-destination"), id="letters"),
        pytest.param("3069x0000000", marks=requirement("smpp34/submit/bad-destination"), id="almost"),
    ],
)
def test_a_destination_that_is_no_number_is_refused(smsc: Smsc, destination: str) -> None:
    """And the next message is taken."""
    link = smsc.bound()
    answer = smsc.answer(link, smsc.letter(destination=destination))

    refuses(answer, SUBMIT_SM, Status.RINVDSTADR)
    smsc.submit(link)


@requirement("smpp34/submit/default-source")
def test_a_message_from_nobody_gets_a_sender(smsc: Smsc) -> None:
    """Which the emulator shows; elsewhere it is enough that the message is taken."""
    name = smsc.submit(smsc.bound(), source="", source_ton=0)

    if smsc.place.remote is not None:
        verify(shelved(smsc, name)["from"]).holds(bool, "a sender")


@requirement("smpp34/submit/alphanumeric-source")
def test_a_sender_may_be_a_name(smsc: Smsc) -> None:
    """With type of number 5."""
    name = smsc.submit(smsc.bound(), source="Shop 24", source_ton=5)

    shows(smsc, name, "from", "Shop 24")


@requirement("smpp34/submit/international")
def test_a_destination_may_be_an_international_number(smsc: Smsc) -> None:
    """With type of number 1 and numbering plan 1, in digits alone."""
    number = smsc.number()
    name = smsc.submit(smsc.bound(), destination=number, dest_ton=1, dest_npi=1)

    shows(smsc, name, "to", number)


@requirement("smpp34/submit/empty-message")
def test_a_message_may_be_empty(smsc: Smsc) -> None:
    """sm_length 0, and no message_payload."""
    name = smsc.submit(smsc.bound(), "")

    shows(smsc, name, "text", "")


@requirement("smpp34/submit/longest")
def test_a_message_has_room_for_254_octets(smsc: Smsc) -> None:
    """All of which arrive."""
    link = smsc.bound()
    text = "0123456789abcdefghijklmnopqrstuvwxyz " * 7
    name = smsc.submit(link, text[:LONGEST], registered=1)

    arrives(smsc, link, name, text[:LONGEST])


@requirement("smpp34/submit/length-over")
def test_255_octets_are_too_many(smsc: Smsc) -> None:
    """Though they are there."""
    answer = smsc.answer(smsc.bound(), smsc.letter("x" * 255))

    refuses(answer, SUBMIT_SM, Status.RINVMSGLEN)


@requirement("smpp34/submit/length-lies")
@pytest.mark.parametrize("said", [6, 254])
def test_a_length_that_goes_beyond_its_pdu_is_refused(smsc: Smsc, said: int) -> None:
    """Five octets come; the PDU after it is read as ever, or the session has ended."""
    link = smsc.bound()
    octets = pdu(SUBMIT_SM, smsc.letter("Hello", sm_length=said).body, sequence=71)
    answer = reaction(link, octets, sequence=71)

    if answer is not None:
        refuses(answer, SUBMIT_SM)
        goes_on(link)


@requirement("smpp34/submit/credit")
def test_who_cannot_pay_is_refused(smsc: Smsc) -> None:
    """And nothing is sent."""
    answer = smsc.answer(smsc.bound(role="empty"))

    refuses(answer, SUBMIT_SM)
    nothing_left(smsc)
