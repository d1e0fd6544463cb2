"""Unbind: how a session ends, and what it leaves."""

from conformance.checks.smpp34.calls import Smsc, every_bind, reaction, refuses
from conformance.drivers.smpp_pdus import ANSWER, SUBMIT_SM, UNBIND, pdu
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("smpp34/unbind/answered")
@every_bind
def test_unbind_is_answered(smsc: Smsc, command: int) -> None:
    answer = smsc.bound(command).ask(UNBIND)

    verify(hex(answer.command)).equals(hex(UNBIND | ANSWER))
    verify(answer.status).equals(Status.ROK)
    verify(answer.body).equals(b"")


@requirement("smpp34/unbind/nothing-after")
def test_after_unbind_nothing_is_taken(smsc: Smsc) -> None:
    link = smsc.bound()
    smsc.place.spend(1, 0)

    late = reaction(
        link, pdu(UNBIND, sequence=21) + pdu(SUBMIT_SM, smsc.letter().body, sequence=22), sequence=22
    )

    if late is not None:
        refuses(late, SUBMIT_SM, Status.RINVBNDSTS)


@requirement("smpp34/unbind/closed")
def test_after_unbind_the_connection_is_closed(smsc: Smsc) -> None:
    link = smsc.bound()

    link.say(UNBIND)

    verify(link.is_closed()).equals(True)


@requirement("smpp34/unbind/closed-without")
def test_after_a_session_was_cut_another_bind_is_granted(smsc: Smsc) -> None:
    smsc.bound().close()

    smsc.submit(smsc.bound())
