"""What was written to somebody, and what somebody wrote."""

from collections.abc import Sequence

from emulator.core.books import Direction
from emulator.core.model import Inbound, Message
from emulator.core.pages import Window
from emulator.provider import Reply
from emulator.providers.ip1 import documents, tallies
from emulator.providers.ip1.accounts import currency
from emulator.providers.ip1.calls import Call, answer, paged
from emulator.providers.ip1.faults import missing
from emulator.providers.ip1.statuses import DELIVERED
from emulator.providers.ip1.tallies import Tallies, Tally

PARTICIPANT = "participant"

EVERYTHING = Window(0, 2**31)


def listed(call: Call) -> Reply:
    # req: ip1/conversations/read ip1/incoming/conversation
    return _listed(call, None)


def sent(call: Call) -> Reply:
    # req: ip1/conversations/mt
    return _listed(call, "mt")


def received(call: Call) -> Reply:
    # req: ip1/conversations/mo
    return _listed(call, "mo")


def summary(call: Call) -> Reply:
    # req: ip1/conversations/summary ip1/conversations/summary-document ip1/conversations/summary-totals
    _must_be_known(call)
    who = call.place[PARTICIPANT]
    found = call.gateway.correspondence(call.login, who, None, EVERYTHING).items
    terminated = _terminated(call, [one for one in found if isinstance(one, Message)])
    originated = _originated([one for one in found if isinstance(one, Inbound)])
    every = [*terminated.values(), *originated.values()]
    return answer(
        {
            PARTICIPANT: who,
            "totalMessageCount": sum(tally.messages for tally in every),
            "totalSmsCount": sum(tally.parts for tally in every),
            "mobileTerminatedMessages": tallies.document(terminated),
            "mobileOriginatedMessages": tallies.document(originated),
        }
    )


def _listed(call: Call, direction: Direction | None) -> Reply:
    _must_be_known(call)
    now, money, who = call.now, currency(call.account), call.place[PARTICIPANT]
    return paged(
        call,
        lambda window: call.gateway.correspondence(call.login, who, direction, window),
        lambda one: documents.listed(one, money, now, call.ids, call.quirks),
    )


def _terminated(call: Call, found: Sequence[Message]) -> Tallies:
    return tallies.counted(tallies.alike(found), call.now, call.quirks)


def _originated(found: Sequence[Inbound]) -> Tallies:
    if not found:
        return {}
    return {DELIVERED: Tally(len(found), sum(documents.segments(one) for one in found))}


def _must_be_known(call: Call) -> None:
    """Raises Declined where strangers are not to be shown an empty conversation."""
    # req: ip1/conversations/unknown
    if call.quirks.unknown_participant == "missing":
        who = call.place[PARTICIPANT]
        if not call.gateway.correspondence(call.login, who, None, Window(0, 1)).total:
            raise missing("participant", "ip1/conversations/unknown")
