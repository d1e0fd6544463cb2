"""What bound sessions ask of their provider: requests of one read are answered together."""

from collections.abc import Sequence

from emulator.core.sabotage import Aim, Effect, Fault
from emulator.provider import Told
from emulator.transports.smpp.diary import SURFACE
from emulator.transports.smpp.seat import Centres, Seat
from emulator.wire.smpp.pdus import Pdu
from emulator.wire.smpp.statuses import CommandStatus

SERVED = frozenset({"submit_sm", "submit_multi", "data_sm", "query_sm", "cancel_sm", "replace_sm"})
"""What the provider answers; the rest is the session's own."""

STRIKES = frozenset({Effect.REFUSE, Effect.EMPTY})

Served = tuple[Pdu, Told | None]
"""A request and its answer; None where a fault on purpose lets nobody answer."""


def served(centres: Centres, seat: Seat, asked: list[Pdu]) -> list[Served]:
    """The answer to each of these; what is beyond the window is refused."""
    # req: smpp34/exchange/window smpp34/exchange/asynchronous smpp34/framing/several-at-once
    window = seat.terms.window
    within, beyond = (asked, []) if window is None else (asked[:window], asked[window:])
    struck = list[Served]()
    if seat.space.sabotaged:
        fates = [(pdu, fate(centres, seat, pdu)) for pdu in within]
        struck = [(pdu, said(seat, faults)) for pdu, faults in fates if faults]
        within = [pdu for pdu, faults in fates if not faults]
    answers = answered(centres, seat, within) if within else ()
    refused = [(pdu, Told(CommandStatus.RTHROTTLED)) for pdu in beyond]
    return [*struck, *zip(within, answers, strict=True), *refused]


def answered(centres: Centres, seat: Seat, asked: Sequence[Pdu]) -> Sequence[Told]:
    """What the provider says; with `early` receipts go out before it is told."""
    assert seat.login is not None  # nobody is asked for any of it before a bind
    answers = seat.smsc.answers(seat.login, asked)
    if seat.terms.early and seat.place is not None:
        centres.catch_up(seat.space)
        centres.board.deal(seat.place)
    return answers


def fate(centres: Centres, seat: Seat, pdu: Pdu) -> list[Fault]:
    """The faults on purpose that strike a request."""
    provider = centres.provider
    aim = Aim(
        provider=provider.name,
        path=f"{SURFACE}/{pdu.command}",
        account=seat.login.name if seat.login else None,
        effects=STRIKES,
        words=provider.faults.keys(),
    )
    return seat.space.struck(aim)


def said(seat: Seat, faults: Sequence[Fault]) -> Told | None:
    """What such faults answer in the provider's stead, if they let anybody answer."""
    if any(fault.effect is Effect.EMPTY for fault in faults):
        return None
    return seat.smsc.refused([fault.reason for fault in faults if fault.reason])
