"""The inbox: messages as they are found, waited for and forgotten, and what handsets write."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import Response
from msgspec import UNSET

from emulator.admin import views
from emulator.admin.answers import Absent, nothing, present, shown
from emulator.admin.bodies import InboundBody
from emulator.admin.call import Here
from emulator.admin.queries import MessagesQuery, WaitQuery
from emulator.admin.waiting import waited
from emulator.core.holds import release_all
from emulator.core.model import INBOUND, Inbound, Message, Status
from emulator.core.numbers import msisdn
from emulator.core.outcomes import spelled
from emulator.core.refusals import Refused
from emulator.core.timetable import status_at
from emulator.settings import moment
from emulator.space import Space

DIGITS = re.compile(r"[0-9]{1,16}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Conditions that a message must meet, all of them; None asks nothing. `after` is an id."""

    provider: str | None = None
    account: str | None = None
    to: str | None = None
    status: Status | None = None
    text: str | None = None
    since: datetime | None = None
    after: int = 0

    def meets(self, message: Message, now: datetime) -> bool:
        order = message.order
        return (
            message.id > self.after
            and self.provider in (None, order.provider)
            and self.account in (None, order.account)
            and (self.to is None or self.to == spelled(message.recipient))
            and (self.text is None or self.text in message.text)
            and (self.since is None or order.accepted_at > self.since)
            and (self.status is None or status_at(message, now) is self.status)
        )


def index(here: Here, query: MessagesQuery) -> Response:
    found = list(matching(here.space, wanted(here, query)))
    return shown(_listed(here, found, query.limit))


def show(here: Here, id: int) -> Response:
    return shown(here.views.message(present(here.space.store.message(id), f"no message {id}")))


def wait(here: Here, query: WaitQuery) -> Response:
    filter = wanted(here, query)
    leave = here.turnstile.enter()
    try:
        found = waited(
            here.space.feed,
            find=lambda: matching(here.space, filter),
            meets=lambda message: filter.meets(message, here.space.clock.now()),
            count=query.count,
            timeout=query.timeout,
            alone=not here.space.store.me,
        )
    finally:
        leave()
    return shown(_listed(here, found, query.limit), 200 if len(found) >= query.count else 408)


def forget(here: Here) -> Response:
    with here.space.store.turn():
        here.space.store.forget_messages()
        release_all(here.space.store)
    return nothing()


def inbound(here: Here) -> Response:
    known = [one for one in here.space.store.values(INBOUND) if isinstance(one, Inbound)]
    return shown({"inbound": [views.inbound(one) for one in known]})


def receive(here: Here, body: InboundBody) -> Response:
    """A handset writes."""
    receive = here.space.gateway.receive
    try:
        received = receive(body.provider, body.account, body.sender, body.recipient, body.text)
    except Refused:
        raise Absent(f"no account {body.account!r} of {body.provider!r}") from None
    return shown(views.inbound(received), 201)


def wanted(here: Here, query: MessagesQuery) -> Filter:
    """What the parameters ask for. Raises Unreadable, Misconfigured."""
    since = query.since or ""
    counted = DIGITS.fullmatch(since) is not None
    return Filter(
        provider=here.known(query.provider),
        account=query.account,
        to=query.to and (msisdn(query.to) or spelled(query.to)),
        status=None if query.status is UNSET else query.status,
        text=query.text,
        since=None if counted or not since else moment(since.replace(" ", "+")),  # an unescaped plus
        after=int(since) if counted else 0,
    )


def matching(space: Space, filter: Filter) -> Iterator[Message]:
    """The messages that meet the filter, oldest first."""
    now = space.clock.now()
    return (message for message in space.gateway.messages(filter.after) if filter.meets(message, now))


def _listed(here: Here, found: list[Message], limit: int) -> views.Shown:
    render = here.views.message
    return {"messages": [render(one) for one in found[:limit]], "total": len(found)}
