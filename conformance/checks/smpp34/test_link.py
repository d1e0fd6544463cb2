"""Enquiries: whether the other side is still there."""

from conformance.checks.smpp34.calls import RX, Smsc, goes_on
from conformance.drivers.smpp_pdus import ANSWER, ENQUIRE_LINK, GENERIC_NACK
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("smpp34/link/enquire-answered")
def test_an_enquiry_is_answered_with_a_header_alone(smsc: Smsc) -> None:
    answer = smsc.bound().ask(ENQUIRE_LINK)

    verify(hex(answer.command)).equals(hex(ENQUIRE_LINK | ANSWER))
    verify(answer.status).equals(Status.ROK)
    verify(answer.body).equals(b"")


@requirement("smpp34/link/enquire-own")
def test_a_silent_session_is_asked_whether_it_is_there(smsc: Smsc) -> None:
    patience = smsc.timed(180, enquire_link=0.2)
    link = smsc.bound(RX)

    enquiry = link.request(ENQUIRE_LINK, patience=patience)

    verify(enquiry.body).equals(b"")
    goes_on(link)


@requirement("smpp34/link/enquire-unanswered")
def test_a_session_that_answers_no_enquiry_is_closed(smsc: Smsc) -> None:
    patience = smsc.timed(300, enquire_link=0.1, response=0.1)
    link = smsc.bound(RX)
    link.lively = False

    verify(link.is_closed(patience)).equals(True)


@requirement("smpp34/link/body-ignored")
def test_an_enquiry_with_a_body_is_answered_or_refused_for_it(smsc: Smsc) -> None:
    answer = smsc.bound().ask(ENQUIRE_LINK, b"\0\0\0\0")

    verify(hex(answer.command)).is_one_of(hex(ENQUIRE_LINK | ANSWER), hex(GENERIC_NACK))
    verify(answer.status).is_one_of(
        Status.ROK, Status.RINVCMDLEN, Status.RINVOPTPARSTREAM, Status.ROPTPARNOTALLWD
    )
