"""What is said on one line: requests are answered, notices told, answers taken, as its session allows."""

from emulator.core.pushes import Waiting
from emulator.provider import Terms, Told
from emulator.transports.smpp.binding import bound
from emulator.transports.smpp.board import Place
from emulator.transports.smpp.counter import SERVED, served
from emulator.transports.smpp.diary import Diary
from emulator.transports.smpp.hand import Hand
from emulator.transports.smpp.seat import Centres, Seat
from emulator.transports.smpp.voice import Voice, Wire
from emulator.wire.smpp.pdus import Pdu
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
from emulator.wire.smpp.stream import Desynchronised

OPTIONS_SINCE = 0x34
"""The first interface_version that knows optional parameters (section 3.4)."""


class Talk:
    """One session with all that belongs to it. It is nobody's until somebody is bound."""

    def __init__(self, centres: Centres, wire: Wire) -> None:
        self._centres, self._wire = centres, wire
        self._session = Session(Side.SMSC)
        self._hand = Hand(self._session)
        self._seat = Seat.in_space(centres, "")
        self._voice = Voice(self._session, Diary(self._seat.space), wire)
        self._enquired: int | None = None

    def __str__(self) -> str:
        return f"space {self._seat.space.name!r} account {self._voice.diary.account!r}"

    @property
    def terms(self) -> Terms:
        return self._seat.terms

    @property
    def place(self) -> Place | None:
        """On whose behalf it is, while it is bound."""
        return self._seat.place if self.is_bound else None

    @property
    def is_bound(self) -> bool:
        return self._session.state in BOUND

    @property
    def is_enquiring(self) -> bool:
        """Whether the peer was asked if it lives, and has not answered."""
        return self._enquired is not None

    @property
    def is_waiting(self) -> bool:
        """Whether it was handed anything that it has not answered."""
        return len(self._hand) > 0

    @property
    def is_homeless(self) -> bool:
        """Whether its space is gone."""
        return self._seat.space.feed.closed

    # What is told

    @property
    def room(self) -> int:
        """How many notices it can be handed now."""
        # req: smpp34/exchange/window-smsc
        if self._wire.is_full or self._session.state not in RECEIVING:
            return 0
        return self.terms.deliver_window - len(self._hand)

    def tell(self, notices: list[Waiting]) -> None:
        """Send notices; they are this session's until it answers."""
        # req: smpp34/alert/sent
        for handed in self._hand.take(notices, self._wire.now):
            self._voice.tell(handed)
        self._send()

    def deal(self) -> None:
        """Have its account's receivers handed what they have room for."""
        if (place := self.place) is not None:
            self._centres.board.deal(place)

    def outbind(self, system_id: str, password: str) -> None:
        """Ask the peer to bind."""
        # req: smpp34/bind/outbind
        self._voice.ask("outbind", system_id=system_id, password=password)
        self._send()

    def enquire(self) -> None:
        """Ask the peer whether it lives."""
        # req: smpp34/link/enquire-own
        self._enquired = self._voice.ask("enquire_link")
        self._send()

    def unbind(self) -> None:
        """Ask the peer to end the session, if there is one."""
        if self.is_bound:
            self._leave()
            self._voice.ask("unbind")
            self._send()
        else:
            self._wire.close()

    def give_up(self, before: float) -> None:
        """Let others have what was handed to this session before then, and never answered."""
        # req: smpp34/exchange/response-timer
        if late := self._hand.late(before):
            self._seat.space.gateway.notices.returned(late)

    def end(self) -> None:
        """Leave to others what was handed to this session: nothing more is said in it."""
        # req: smpp34/exchange/lost-with-session smpp34/unbind/closed-without
        self._leave()
        self._session.state = State.UNBOUND
        self._note()
        if handed := self._hand.emptied():
            self._seat.space.gateway.notices.returned(handed)

    # What is heard

    def hear(self, octets: bytes) -> None:
        """Do what the peer asks, note what it answers, and say what there is to say."""
        if self.is_homeless:
            self._wire.abort()
            return
        if not self._seat.space.clock.rate:
            self._centres.catch_up(self._seat.space)
        self._listen(octets)
        has_more_room = self._send()
        if self._session.state is State.UNBOUND:  # req: smpp34/unbind/closed
            self.end()
            self._wire.close()
        elif has_more_room:
            self.deal()

    def _listen(self, octets: bytes) -> None:
        asked, lost = list[Pdu](), None
        try:
            for heard in self._session.heard(octets):
                if isinstance(heard, Asked) and heard.pdu.command in SERVED:
                    asked.append(heard.pdu)
                    continue
                if asked:
                    self._serve(asked)
                    asked = []
                self._obey(heard)
                if self._session.state is State.UNBOUND:  # req: smpp34/unbind/nothing-after
                    break
        except Desynchronised as error:
            lost = error.sequence
        if asked:
            self._serve(asked)
        if lost is not None:
            self._voice.object_to_length(lost)
            self._session.state = State.UNBOUND

    def _serve(self, asked: list[Pdu]) -> None:
        for pdu, told in served(self._centres, self._seat, asked):
            self._voice.reply(pdu, told)

    def _obey(self, heard: Heard) -> None:
        if isinstance(heard, Answered):
            self._answered(heard)
        elif isinstance(heard, Wrong):
            self._voice.object(heard)
        elif heard.pdu.command in BINDS:
            self._bind(heard.pdu)
        else:  # req: smpp34/link/enquire-answered smpp34/unbind/answered smpp34/states/bound-enquire
            self._voice.reply(heard.pdu, Told())

    def _answered(self, heard: Answered) -> None:
        """What became of a request of ours; what nobody asked for is passed over."""
        # req: smpp34/exchange/any-order smpp34/receipts/answered-once smpp34/framing/unasked-answer
        if heard.to is None:
            return
        if heard.pdu.sequence == self._enquired:
            self._enquired = None
        handed = self._hand.answered(heard.pdu.sequence)
        if handed is None:
            return
        self._voice.diary.note(handed.command, handed.octets, heard.pdu.octets, heard.pdu.status)
        self._hand.settle(handed.notice, heard.pdu.status, self._seat.space, self.terms.retry)

    # Who it is

    def _bind(self, pdu: Pdu) -> None:
        told, seat, account = bound(self._centres, self._seat, pdu)
        self._voice.diary.keep()
        self._voice.diary = Diary(seat.space, account)
        self._voice.reply(pdu, told)
        self._seat = seat
        if not told.status:
            self._hand.bare = pdu.fields["interface_version"] < OPTIONS_SINCE
            self._join()

    def _join(self) -> None:
        """Be handed what waits for the account."""
        self._wire.trust()
        self._send()
        if self._session.state in RECEIVING and self._seat.place is not None:
            self._centres.board.join(self._seat.place, self)

    def _leave(self) -> None:
        """Be handed nothing more."""
        if self._seat.place is not None:
            self._centres.board.leave(self._seat.place, self)

    # How it goes out

    def _send(self) -> bool:
        """Let out what was said; whether there is room for more notices since the last time."""
        has_room = self._note()
        self._voice.send()
        return has_room

    def _note(self) -> bool:
        """Have forgotten what reached the peer; whether anything did."""
        taken = self._hand.taken()
        if taken:
            self._seat.space.gateway.notices.taken(taken)
        return bool(taken)
