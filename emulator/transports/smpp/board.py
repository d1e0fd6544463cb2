"""Who is bound for which account: what waits for an account goes to its receivers in turn."""

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from emulator.core.ports import StoreError
from emulator.core.pushes import Waiting
from emulator.space import Space

SHARE = 64
"""Notices that a receiver is handed before it is the next one's turn, where many wait."""

log = logging.getLogger("smslab")


class Place(NamedTuple):
    """An account of a space."""

    space: Space
    provider: str
    account: str


class Receiver(Protocol):
    """A session that can be told something."""

    @property
    def room(self) -> int:
        """How many notices it can be handed now."""
        ...

    def tell(self, notices: list[Waiting]) -> None: ...


class Board:
    """All bound receivers. `ring` may be called by any thread, all else belongs to the loop's."""

    def __init__(self, alone: Callable[[Place], None] = lambda place: None) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._receivers: dict[Place, list[Receiver]] = {}
        self._rung = set[Place]()
        self._lock = threading.Lock()
        self.address: str | None = None
        """Where sessions can be had, as HOST:PORT; None while nobody listens."""
        self.alone = alone
        """Told of an account for which something waits while nobody is bound."""

    def open(self, loop: asyncio.AbstractEventLoop, address: str) -> None:
        self._loop, self.address = loop, address

    def close(self) -> None:
        self._loop = self.address = None

    def ring(self, space: Space, provider: str, account: str) -> None:
        """Something waits for an account."""
        loop, place = self._loop, Place(space, provider, account)
        if loop is None or place in self._rung:
            return
        with self._lock:
            first = not self._rung
            self._rung.add(place)
        if first:
            loop.call_soon_threadsafe(self._answer)

    def join(self, place: Place, receiver: Receiver) -> None:
        self._receivers.setdefault(place, []).append(receiver)
        self.deal(place)

    def leave(self, place: Place, receiver: Receiver) -> None:
        receivers = self._receivers.get(place, [])
        if receiver in receivers:
            receivers.remove(receiver)
        if not receivers:
            self._receivers.pop(place, None)

    def deal(self, place: Place) -> None:
        """Hand out what waits for an account, as far as its receivers have room."""
        # req: smpp34/receipts/any-receiver smpp34/deliver/turns smpp34/receipts/kept smpp34/deliver/kept
        receivers = self._receivers.get(place)
        if not receivers:
            self.alone(place)
            return
        waiting = place.space.gateway.notices
        while rooms := [(receiver, room) for receiver in receivers if (room := receiver.room) > 0]:
            most = sum(min(room, SHARE) for _, room in rooms)
            notices = waiting.handed(place.provider, place.account, most)
            for receiver, share in shared(notices, rooms):
                receiver.tell(share)
            if len(notices) < most:
                receivers += [receivers.pop(0) for _ in range(len(notices) % len(receivers))]
                return

    def _answer(self) -> None:
        with self._lock:
            rung, self._rung = self._rung, set()
        for place in rung:
            try:
                self.deal(place)
            except StoreError:  # which told of itself
                continue
            except Exception as defect:  # of one account; the others are still told
                log.error("space %r account %r: defect", place.space.name, place.account, exc_info=defect)


def shared(
    notices: Sequence[Waiting], rooms: Sequence[tuple[Receiver, int]]
) -> list[tuple[Receiver, list[Waiting]]]:
    """The notices dealt out one by one to those that have room for them."""
    if len(rooms) == 1:
        return [(rooms[0][0], list(notices))] if notices else []
    left = [min(room, SHARE) for _, room in rooms]
    hands: list[list[Waiting]] = [[] for _ in rooms]
    turn = 0
    for notice in notices:
        while not left[turn]:
            turn = (turn + 1) % len(rooms)
        hands[turn].append(notice)
        left[turn] -= 1
        turn = (turn + 1) % len(rooms)
    return [(receiver, hand) for (receiver, _), hand in zip(rooms, hands, strict=True) if hand]
