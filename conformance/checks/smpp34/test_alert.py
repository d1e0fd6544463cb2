"""alert_notification: a handset can be reached again."""

from conformance.checks.smpp34.calls import Smsc
from conformance.drivers.smpp_frames import Frame, Reader
from conformance.drivers.smpp_pdus import ALERT_NOTIFICATION, SET_DPF, parameter
from conformance.requirement import requirement
from conformance.verify import verify

TWO_HOURS = 7200


def alerted(frame: Frame) -> tuple[str, str]:
    """Who can be reached, and who is told of it (4.12.1)."""
    read = Reader(frame.body)
    read.numbers(2)
    source = read.string(65)
    read.numbers(2)
    esme = read.string(65)
    read.parameters()
    return source, esme


@requirement("smpp34/alert/sent")
def test_who_asked_is_told_that_a_handset_can_be_reached(smsc: Smsc) -> None:
    """Of somebody who was away for an hour; nothing is said to it, and the session goes on."""
    link, destination = smsc.bound(), smsc.fated("slow")
    smsc.submit(link, destination=destination, parameters=parameter(SET_DPF, b"\1"))
    smsc.arrive(TWO_HOURS)

    alerts = [frame for frame in link.said() if frame.command == ALERT_NOTIFICATION]
    verify([alerted(frame) for frame in alerts]).equals([(destination, "smslab")])
    smsc.submit(link)
