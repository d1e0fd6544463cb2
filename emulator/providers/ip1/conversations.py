"""What was written to somebody, and what somebody wrote."""

from collections.abc import Callable, Sequence
from typing import Literal

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

Direction = Literal["mt", "mo"]


def listed(direction: Direction | None = None) -> Callable[[Call], Reply]:
    """What lists the messages of one direction, or of both."""

    def list_(call: Call) -> Reply:
        # req: ip1/conversations/read ip1/conversations/mt ip1/conversations/mo ip1/incoming/conversation
        _must_be_known(call)
        now, money, who = call.now, currency(call.account), call.place[PARTICIPANT]
        return paged(
            call,
            lambda window: call.gateway.correspondence(call.login, who, direction, window),
            lambda one: documents.listed(one, money, now, call.ids, call.quirks),
        )

    return list_


def summary(call: Call) -> Reply:
    # req: ip1/conversations/summary ip1/conversations/summary-document ip1/conversations/summary-totals
    _must_be_known(call)
    who = call.place[PARTICIPANT]
    found = call.gateway.correspondence(call.login, who, None, EVERYTHING).items
    sent = tallies.alike(one for one in found if isinstance(one, Message))
    received = _received([one for one in found if isinstance(one, Inbound)])
    counted = tallies.counted(sent, call.now, call.quirks)
    every = [*counted.values(), *received.values()]
    return answer(
        {
            PARTICIPANT: who,
            "totalMessageCount": sum(tally.messages for tally in every),
            "totalSmsCount": sum(tally.parts for tally in every),
            "mobileTerminatedMessages": tallies.document(counted),
            "mobileOriginatedMessages": tallies.document(received),
        }
    )


def _received(found: Sequence[Inbound]) -> Tallies:
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
