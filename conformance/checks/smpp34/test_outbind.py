"""Outbind: an SMSC that has something to say calls an ESME that is not there."""

from collections.abc import Iterator

import pytest

from conformance.checks.smpp34.calls import RX, Smsc
from conformance.drivers.smpp import Link, Listener
from conformance.drivers.smpp_frames import Reader
from conformance.drivers.smpp_pdus import OUTBIND
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify


@pytest.fixture
def call(smsc: Smsc) -> Iterator[Link]:
    """The connection that the SMSC opens to an account for which something waits; Blocked elsewhere."""
    place = smsc.place
    with Listener(tape=place.tape, patience=place.target.answer) as listener:
        attributes = {"smpp_outbind": "{}:{}".format(*listener.address)}
        place.control.patch_account("isms", place.login("smpp34").username, attributes=attributes)
        smsc.inbound()
        with listener.call() as link:
            yield link


@requirement("smpp34/bind/outbind")
def test_outbind_asks_for_a_session_and_says_who_asks(smsc: Smsc, call: Link) -> None:
    outbind = call.request()

    read = Reader(outbind.body)
    verify(outbind.command).equals(OUTBIND)
    verify((read.string(16), read.string(9))).holds(lambda both: bool(both[0]), "a system_id, and a password")


@requirement("smpp34/bind/outbind-then-bind")
def test_who_was_asked_binds_in_the_same_connection(smsc: Smsc, call: Link) -> None:
    call.request(OUTBIND)

    answer = smsc.bind(call, RX)

    verify(answer.status).equals(Status.ROK)
    verify(call.deliver().message).equals(b"Hello back")
