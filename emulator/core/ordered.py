"""What customers ask of what they sent: its state, their orders, taking messages back."""

from collections.abc import Iterable, Iterator, Set
from datetime import datetime
from decimal import Decimal
from itertools import islice

from emulator.core.books import Direction, LetterBook, OrderBook, WaitingBook, written
from emulator.core.credits import FREE, affords, debited, refunded
from emulator.core.desk import Desk
from emulator.core.events import Kind
from emulator.core.indexes import FORGOTTEN, Forgotten, forgotten
from emulator.core.logins import admitted, opened, owns
from emulator.core.model import Account, Enquiry, Inbound, Login, Message, Order, Status
from emulator.core.pages import Page, Window
from emulator.core.ports import Task, TaskKind
from emulator.core.refusals import Reason, Refused
from emulator.core.rewriting import Change, rewritten
from emulator.core.timetable import cancelled, moments, status_at

PAGE = 10_000
"""Messages that are looked at in one turn of the store: everybody else waits for the end of it."""

PLANNED = frozenset({Status.SCHEDULED})

WAITING = frozenset({Status.SCHEDULED, Status.QUEUED})
"""What can be called off: the network does not have it yet."""


class Orders(Desk):
    """The verbs about accepted orders and their messages."""

    def status(self, login: Login, enquiry: Enquiry) -> tuple[Message, Status]:
        """A message of this account and the state it is in. Raises Refused."""
        with self.store.turn():
            now = self.clock.now()
            account = opened(self.store, login)
            message = self._addressed(login, account, enquiry)
            admitted(login, account, enquiry_objections(enquiry, message, Reason.UNKNOWN_MESSAGE))
            assert message is not None  # without one there was an objection
            return message, status_at(message, now)

    def order(self, login: Login, id: int | None) -> Order:
        """One of this account's orders. Raises Refused."""
        with self.store.turn():
            return self._own(login, id)

    def ordered(self, login: Login, id: int | None) -> tuple[tuple[Message, Status], ...]:
        """The messages of one of this account's orders, with the states they are in. Raises Refused."""
        with self.store.turn():
            order = self._own(login, id)
            return self._stated(self.store.ordered(order.id))

    def orders(self, login: Login, window: Window) -> Page[Order]:
        """This account's orders, by the order of acceptance. Raises Refused."""
        with self.store.turn():
            ids, total = window.of(self.indexed(OrderBook).of(self._admitted(login)))
            found = [self.store.message(id) for id in ids]
            return Page([one.order for one in found if one is not None], total)

    def correspondence(
        self, login: Login, participant: str, direction: Direction | None, window: Window
    ) -> Page[Message | Inbound]:
        """What went to a participant and came from it, in the order of arrival. Raises Refused."""
        with self.store.turn():
            account, book = self._admitted(login), self.indexed(LetterBook)
            book.hear(self.store)
            lines, total = window.of(book.of(account, participant, direction))
            return Page([written(self.store, line) for line in lines], total)

    def owned(self, login: Login) -> list[tuple[Message, Status]]:
        """Every message of this account with its state, oldest first. Raises Refused."""
        with self.store.turn():
            now, account = self.clock.now(), self._admitted(login)
        owner = account.provider, account.login
        return [
            (message, status_at(message, now))
            for message in self.messages()
            if (message.order.provider, message.order.account) == owner
            and not forgotten(self.store, message.order.id)
        ]

    def messages(self, after: int = 0) -> Iterator[Message]:
        """Every message with a later id, oldest first; between two pages others have their turn."""
        while page := self._page(after):
            yield from page
            after = page[-1].id

    def cancel(
        self, login: Login, enquiry: Enquiry, *, refund: bool = True, waiting: Set[Status] = PLANNED
    ) -> Message:
        """Call back a message that still waits; with `refund` it costs nothing any more. Raises Refused."""
        with self.store.turn():
            now = self.clock.now()
            account = opened(self.store, login)
            found = self._addressed(login, account, enquiry)
            objections = [*enquiry_objections(enquiry, found, Reason.UNKNOWN_MESSAGE)]
            if found is not None and status_at(found, now) not in waiting:
                objections.append(Reason.NOT_SCHEDULED)
            account = admitted(login, account, objections)
            assert found is not None  # without one there was an objection
            return self._called_back(account, found, now, refund=refund)

    def waiting(self, login: Login, recipient: str) -> list[Message]:
        """The account's messages to a recipient that the network does not have yet, oldest first.

        Raises Refused.
        """
        with self.store.turn():
            now, account = self.clock.now(), self._admitted(login)
            found = self.indexed(WaitingBook).of(account, recipient, lambda id: self._waits(id, now))
            return [one for id in found if (one := self.store.message(id)) is not None]

    def rewrite(self, login: Login, enquiry: Enquiry, change: Change) -> Message:
        """Put another text, moment or validity in the place of those of a message that still waits.

        Its account pays the difference. Raises Refused, with NOT_SCHEDULED where it is too late.
        """
        with self.store.turn():
            now = self.clock.now()
            account = opened(self.store, login)
            found = self._addressed(login, account, enquiry)
            objections = [*enquiry_objections(enquiry, found, Reason.UNKNOWN_MESSAGE), *change.flaws]
            if found is not None and status_at(found, now) not in WAITING:
                objections.append(Reason.NOT_SCHEDULED)
            account = admitted(login, account, objections)
            assert found is not None  # without one there was an objection
            return self._rewritten(account, found, change, now)

    def call_off(self, login: Login, id: int | None) -> tuple[tuple[Message, Status], ...]:
        """Call back what the network does not have yet of one of this account's orders, and refund it.

        The messages that were, with their state. Raises Refused.
        """
        with self.store.turn():
            now, order = self.clock.now(), self._own(login, id)
            waiting = [one for one in self.store.ordered(order.id) if status_at(one, now) in WAITING]
            # the account has more credit after each
            return self._stated([self._called_back(self._admitted(login), one, now) for one in waiting])

    def forget(self, login: Login, id: int | None) -> None:
        """Let one of this account's orders be unknown to it, from now on. Raises Refused."""
        with self.store.turn():
            order = self._own(login, id)
            self._indexes.forget(order)
            self.store.put(FORGOTTEN, (order.id,), Forgotten(id=order.id))

    def _called_back(
        self, account: Account, found: Message, now: datetime, *, refund: bool = True
    ) -> Message:
        message = cancelled(found, now, refund=refund)
        if not found.order.on_delivery:
            self.store.put_account(refunded(account, found.price - message.price))
        self.store.replace(message)
        self.feed.tell(now, Kind.STEP, [(message, Status.CANCELLED)])
        self.agenda.tell(message, Status.CANCELLED, now)
        return message

    def _waits(self, id: int, now: datetime) -> bool:
        message = self.store.message(id)
        return message is not None and status_at(message, now) in WAITING

    def _rewritten(self, account: Account, found: Message, change: Change, now: datetime) -> Message:
        tariff = self._tariffs.get(account.provider, FREE)
        message = rewritten(found, change, self.outcomes.named[found.outcome], tariff, now)
        due = Decimal(0) if found.order.on_delivery else message.price - found.price
        if not affords(account, due):
            raise Refused([Reason.NO_CREDIT])
        self.store.put_account(debited(account, due))
        self.store.replace(message)
        known = set(moments([found]))
        for moment in moments([message]):
            if moment >= now and moment not in known:
                self.agenda.plan(moment, Task(TaskKind.STEP, message.order.id))
        return message

    def _stated(self, messages: Iterable[Message]) -> tuple[tuple[Message, Status], ...]:
        now = self.clock.now()
        return tuple((message, status_at(message, now)) for message in messages)

    def _own(self, login: Login, id: int | None) -> Order:
        """An order of whoever asks. Raises Refused."""
        account, found = opened(self.store, login), self.store.order(id or 0)
        known = found is not None and owns(login, account, found) and not forgotten(self.store, found.id)
        admitted(login, account, () if known else (Reason.UNKNOWN_MESSAGE,))
        assert found is not None  # without one there was an objection
        return found

    def _addressed(self, login: Login, account: Account | None, enquiry: Enquiry) -> Message | None:
        id, number = enquiry.id or 0, enquiry.number
        if number is None:
            message = next(iter(self.store.ordered(id)), None)
        else:
            message = self.store.addressed(id, number)
        known = message is not None and owns(login, account, message.order)
        return message if known and not forgotten(self.store, id) else None

    def _page(self, after: int) -> list[Message]:
        with self.store.turn():
            return list(islice(self.store.messages(after), PAGE))


def enquiry_objections(enquiry: Enquiry, found: object | None, unknown: Reason) -> Iterator[Reason]:
    yield from enquiry.flaws
    if found is None:
        yield unknown
