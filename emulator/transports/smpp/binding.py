"""Who may bind, and where a bind leads."""

from typing import NamedTuple

from emulator.provider import Told
from emulator.settings import Misconfigured
from emulator.transports.smpp.seat import Centres, Seat
from emulator.wire.smpp.pdus import Pdu
from emulator.wire.smpp.statuses import CommandStatus


class Bound(NamedTuple):
    """The answer to a bind, and the seat that it leads to: with a login if it was granted."""

    told: Told
    seat: Seat
    account: str | None
    """Who it said it is, where there is anybody to ask."""


def bound(centres: Centres, seat: Seat, pdu: Pdu) -> Bound:
    """What comes of a bind of whoever has that seat."""
    system_id, _, name = pdu.fields["system_id"].partition("@")
    try:
        there = Seat.in_space(centres, name)
    except Misconfigured:
        return Bound(Told(CommandStatus.RINVSYSID), seat, None)
    login = there.smsc.login(system_id, pdu.fields["password"])
    told, asking = there.smsc.bound(login, pdu.fields["interface_version"]), there._replace(login=login)
    if not told.status and not admits(centres, asking):
        told = Told(CommandStatus.RBINDFAIL)
    return Bound(told, there if told.status else asking, login.name)


def admits(centres: Centres, asking: Seat) -> bool:
    """Whether the account may have one session more."""
    # req: smpp34/bind/several isms/smpp/binds
    most, place = asking.terms.binds, asking.place
    return most is None or place is None or centres.bound(place) < most
