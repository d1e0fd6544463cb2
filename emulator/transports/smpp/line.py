"""One connection: octets in, answers and notices out, timers, and what happens when it ends."""

import asyncio
import logging
from datetime import timedelta
from typing import Protocol

from emulator.core.model import Login
from emulator.core.pushes import Waiting
from emulator.core.sabotage import Aim, Effect
from emulator.provider import Provider, Smsc, Terms, Told
from emulator.settings import Misconfigured
from emulator.space import Space
from emulator.transports.smpp.board import Board, Place
from emulator.transports.smpp.diary import SURFACE, Diary
from emulator.transports.smpp.hand import Hand
from emulator.wire.smpp import pdus
from emulator.wire.smpp.pdus import GENERIC_NACK, Pdu
from emulator.wire.smpp.session import (
    BINDS,
    BOUND,
    RECEIVING,
    Answered,
    Asked,
    Heard,
    Session,
    Side,
    State,
    Wrong,
)
from emulator.wire.smpp.statuses import CommandStatus
from emulator.wire.smpp.stream import Desynchronised

SERVED = frozenset({"submit_sm", "submit_multi", "data_sm", "query_sm", "cancel_sm", "replace_sm"})
"""What the provider answers; the rest is the session's own."""

LATER = frozenset({CommandStatus.RX_T_APPN, CommandStatus.RMSGQFUL, CommandStatus.RTHROTTLED})
"""Answers to a notice that mean: not now."""

MOST_UNSENT = 256 * 1024
"""Octets that a peer may leave unread before it is not listened to any more."""

OPTIONS_SINCE = 0x34
"""The first interface_version that knows optional parameters (section 3.4)."""

STRIKES = frozenset({Effect.REFUSE, Effect.EMPTY})

log = logging.getLogger("smslab")


class Centres(Protocol):
    """What all connections share."""

    board: Board
    provider: Provider

    def entered(self, name: str) -> tuple[Space, Smsc]:
        """The space of that name and its SMSC. Raises Misconfigured."""
        ...

    def catch_up(self, space: Space) -> None: ...
    def bound(self, place: Place) -> int:
        """How many sessions an account has."""
        ...

    def came(self, line: "Line") -> None: ...
    def went(self, line: "Line") -> None: ...


class Line(asyncio.BufferedProtocol):
    """A connection. All of it belongs to the loop's thread."""

    def __init__(self, centres: Centres, buffer: bytearray, outbind: tuple[str, str] | None = None) -> None:
        self._centres, self._buffer, self._outbind = centres, buffer, outbind
        self._view = memoryview(buffer)
        self._session = Session(Side.SMSC)
        self._space, self._smsc = centres.entered("")
        self._terms: Terms = self._smsc.terms
        self._diary = Diary(self._space)
        self._place: Place | None = None
        self._login: Login | None = None
        self._hand = Hand(self._session)
        self._out: list[bytes] = []
        self._full = False
        self._enquired: int | None = None
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport
        self._since = self._last = self._loop.time()

    # What asyncio tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.set_write_buffer_limits(MOST_UNSENT)
        self._centres.came(self)
        if self._outbind is not None:  # req: smpp34/bind/outbind
            system_id, password = self._outbind
            self._say(self._session.ask("outbind", {"system_id": system_id, "password": password}))
            self._flush()

    def get_buffer(self, sizehint: int) -> bytearray:
        return self._buffer

    def buffer_updated(self, count: int) -> None:
        self._last = self._loop.time()
        try:
            self._hear(bytes(self._view[:count]))
        except Exception as defect:  # of one session; the others go on
            log.error("defect in an SMPP session of %r", self._diary.account, exc_info=defect)
            self._transport.abort()

    def pause_writing(self) -> None:
        """The peer does not read: it is not listened to either, until it does."""
        # req: smpp34/limits/others-unharmed
        self._full = True
        self._transport.pause_reading()

    def resume_writing(self) -> None:
        self._full = False
        self._transport.resume_reading()
        self._last = self._loop.time()
        if self._place is not None:
            self._centres.board.deal(self._place)

    def connection_lost(self, error: Exception | None) -> None:
        self._centres.went(self)
        self._part()
        self._session.state = State.UNBOUND
        self._diary.keep()

    # What sessions are told

    @property
    def room(self) -> int:
        """How many notices it can be handed now."""
        # req: smpp34/exchange/window-smsc
        if self._full or self._session.state not in RECEIVING:
            return 0
        return self._terms.deliver_window - len(self._hand)

    def tell(self, notices: list[Waiting]) -> None:
        """Send notices; they are this session's until it answers."""
        # req: smpp34/alert/sent
        unanswered = list[Waiting]()
        for handed in self._hand.take(notices, self._loop.time()):
            self._out.append(handed.octets)
            if not handed.is_answered:
                self._diary.note(handed.command, handed.octets, b"", 0)
                unanswered.append(handed.notice)
        if unanswered:
            self._space.gateway.notices.taken(unanswered)
        self._flush()

    @property
    def place(self) -> Place | None:
        return self._place

    def close(self) -> None:
        """End it from our side, once what was said is on its way."""
        self._flush()
        self._transport.close()

    # What the peer says

    def _hear(self, octets: bytes) -> None:
        if self._space.feed.closed:  # another has taken the place of the space
            self._transport.abort()
            return
        if not self._space.clock.rate:
            self._centres.catch_up(self._space)
        asked, taken = list[Pdu](), list[Waiting]()
        try:
            for heard in self._session.heard(octets):
                if isinstance(heard, Asked) and heard.pdu.command in SERVED:
                    asked.append(heard.pdu)
                    continue
                if asked:
                    self._serve(asked)
                    asked = []
                self._obey(heard, taken)
                if self._session.state is State.UNBOUND:
                    break
        except Desynchronised as error:
            # req: smpp34/framing/too-short smpp34/framing/too-long
            if asked:
                self._serve(asked)
            nack = Pdu(command=GENERIC_NACK, sequence=error.sequence, status=CommandStatus.RINVCMDLEN)
            self._say(nack)
            self._diary.note(GENERIC_NACK, b"", pdus.written(nack), nack.status)
            self._session.state = State.UNBOUND
        else:
            if asked:
                self._serve(asked)
        if taken:
            self._space.gateway.notices.taken(taken)
        self._flush()
        if self._session.state is State.UNBOUND:
            self.close()
        elif taken and self._place is not None:
            self._centres.board.deal(self._place)

    def _obey(self, heard: Heard, taken: list[Waiting]) -> None:
        if isinstance(heard, Answered):
            self._answered(heard, taken)
        elif isinstance(heard, Wrong):
            self._wrong(heard)
        elif heard.pdu.command in BINDS:
            self._bind(heard.pdu)
        else:  # req: smpp34/link/enquire-answered smpp34/unbind/answered smpp34/states/bound-enquire
            self._reply(heard.pdu, Told())

    def _wrong(self, wrong: Wrong) -> None:
        answer = b""
        if wrong.answer is not None:
            answer = pdus.written(wrong.answer)
            self._out.append(answer)
        name = wrong.header.command or f"{wrong.header.id:#010x}"
        self._diary.note(name, wrong.octets, answer, wrong.status)

    def _answered(self, heard: Answered, taken: list[Waiting]) -> None:
        """What became of a request of ours; what nobody asked for is passed over."""
        # req: smpp34/exchange/any-order smpp34/receipts/answered-once smpp34/framing/unasked-answer
        sequence, status = heard.pdu.sequence, heard.pdu.status
        if heard.to is None:
            return
        if sequence == self._enquired:
            self._enquired = None
        handed = self._hand.answered(sequence)
        if handed is None:
            return
        self._diary.note(handed.command, handed.octets, heard.pdu.octets, status)
        if status in LATER:  # req: smpp34/receipts/temporary-refusal
            until = self._space.clock.now() + timedelta(seconds=self._terms.retry)
            self._space.gateway.agenda.put_off(handed.notice, until)
        else:
            taken.append(handed.notice)

    def _bind(self, pdu: Pdu) -> None:
        system_id, _, name = pdu.fields["system_id"].partition("@")
        try:
            self._space, self._smsc = self._centres.entered(name)
        except Misconfigured:
            self._reply(pdu, Told(CommandStatus.RINVSYSID))
            return
        self._terms, self._diary = self._smsc.terms, self._moved(self._space)
        login = self._smsc.login(system_id, pdu.fields["password"])
        place = Place(self._space, login.provider, login.name)
        told = self._smsc.bound(login, pdu.fields["interface_version"])
        if not told.status and not self._admits(place):
            told = Told(CommandStatus.RBINDFAIL)
        self._diary.account = login.name
        self._reply(pdu, told)
        if not told.status:
            self._login, self._place = login, place
            self._hand.bare = pdu.fields["interface_version"] < OPTIONS_SINCE
            self._flush()
            if self._session.state in RECEIVING:
                self._centres.board.join(place, self)

    def _moved(self, space: Space) -> Diary:
        """The diary of the space that the session belongs to from now on."""
        self._diary.keep()
        return Diary(space)

    def _admits(self, place: Place) -> bool:
        return self._terms.binds is None or self._centres.bound(place) < self._terms.binds

    def _serve(self, asked: list[Pdu]) -> None:
        """Answer these together; what is beyond the window is refused."""
        # req: smpp34/exchange/window smpp34/exchange/asynchronous smpp34/framing/several-at-once
        assert self._login is not None  # nobody is asked for any of it before a bind
        window = self._terms.window
        within, beyond = (asked, []) if window is None else (asked[:window], asked[window:])
        if self._space.sabotaged:
            within = [pdu for pdu in within if not self._struck(pdu)]
        answers = self._smsc.answers(self._login, within) if within else ()
        if self._terms.early:
            self._centres.catch_up(self._space)
            assert self._place is not None
            self._centres.board.deal(self._place)
        for pdu, told in zip(within, answers, strict=True):
            self._reply(pdu, told)
        for pdu in beyond:
            self._reply(pdu, Told(CommandStatus.RTHROTTLED))

    def _struck(self, pdu: Pdu) -> bool:
        """Whether a fault on purpose answers in the provider's stead, or lets nobody answer."""
        provider = self._centres.provider
        aim = Aim(
            provider=provider.name,
            path=f"{SURFACE}/{pdu.command}",
            account=self._diary.account,
            effects=STRIKES,
            words=provider.faults.keys(),
        )
        faults = self._space.struck(aim)
        if any(fault.effect is Effect.EMPTY for fault in faults):
            self._diary.note(pdu.command, pdu.octets, b"", 0)
        elif faults:
            self._reply(pdu, self._smsc.refused([fault.reason for fault in faults if fault.reason]))
        return bool(faults)

    # What time does

    def look(self, now: float) -> None:
        """See whether anything has been waited for too long; `now` is of the loop's clock."""
        terms, silent = self._terms, now - self._last
        if self._space.feed.closed:
            self._transport.abort()
        elif self._session.state not in BOUND:  # req: smpp34/bind/session-init
            if now - self._since > terms.session_init:
                self._transport.abort()
        elif self._full or self._enquired is not None:  # req: smpp34/link/enquire-unanswered
            if silent > terms.enquire_link + terms.response:
                self._transport.abort()
        elif silent > terms.enquire_link:  # req: smpp34/link/enquire-own
            self._ask_for_life()
        self._give_up(now - terms.response)

    def _ask_for_life(self) -> None:
        enquiry = self._session.ask("enquire_link")
        self._enquired = enquiry.sequence
        self._say(enquiry)
        self._flush()

    def _give_up(self, before: float) -> None:
        """Let others have what was handed to this session before then, and never answered."""
        # req: smpp34/exchange/response-timer
        if late := self._hand.late(before):
            self._space.gateway.notices.returned(late)

    def _part(self) -> None:
        """Leave to others what was handed to this session."""
        # req: smpp34/exchange/lost-with-session smpp34/unbind/closed-without
        if self._place is not None:
            self._centres.board.leave(self._place, self)
        if handed := self._hand.emptied():
            self._space.gateway.notices.returned(handed)

    # What is said

    def _reply(self, pdu: Pdu, told: Told) -> None:
        # req: smpp34/framing/same-sequence smpp34/framing/answer-id smpp34/framing/refused-without-body
        answer = pdus.written(self._session.answer(pdu, told.status, told.fields, told.options))
        self._out.append(answer)
        self._diary.note(pdu.command, pdu.octets, answer, told.status)

    def _say(self, pdu: Pdu) -> None:
        self._out.append(pdus.written(pdu))

    def _flush(self) -> None:
        self._diary.keep()  # first: who has an answer finds it in the journal
        if self._out:
            octets, self._out = b"".join(self._out), []
            self._transport.write(octets)
