"""The verbs of the service: what customers and handsets ask for. What time does is the agenda's."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice

from emulator.core import contacts, hlr, overrides, sending
from emulator.core.agenda import Agenda
from emulator.core.clock import VirtualClock
from emulator.core.credits import Tariff, debited, refunded
from emulator.core.events import Feed, Kind
from emulator.core.logins import admitted, opened, owns
from emulator.core.model import (
    Account,
    Contact,
    Draft,
    Enquiry,
    Inbound,
    Login,
    Lookup,
    Message,
    Order,
    Status,
)
from emulator.core.outcomes import Outcome, Outcomes
from emulator.core.ports import Reports, Store, Task, TaskKind
from emulator.core.refusals import Reason, Refused, refuse_for
from emulator.core.resources import Resources
from emulator.core.timetable import cancelled, moments, status_at

FREE = Tariff(sms=Decimal(0), lookup=Decimal(0))

PAGE = 10_000
"""Messages that are looked at in one turn of the store: everybody else waits for the end of it."""


class Gateway:
    """One space's service. Thread-safe: each verb is one turn of the store, none holds it during I/O."""

    def __init__(
        self,
        *,
        clock: VirtualClock,
        store: Store,
        feed: Feed,
        outcomes: Outcomes,
        tariffs: Mapping[str, Tariff],
        reports: Mapping[str, Reports],
        poke: Callable[[datetime], None] = lambda _: None,
    ) -> None:
        self.clock, self.store, self.feed, self.outcomes = clock, store, feed, outcomes
        self.resources = Resources(store, clock, feed)
        self.agenda = Agenda(
            store=store, feed=feed, outcomes=outcomes, reports=reports, resources=self.resources, poke=poke
        )
        self._tariffs = tariffs

    # What customers ask for

    def send(self, login: Login, draft: Draft) -> Order:
        """Accept an order and debit it, all or nothing. Raises Refused with every objection."""
        with self.store.turn():
            now = self.clock.now()
            outcomes = [self.outcome(number) for number in draft.recipients]
            plan = sending.plan(draft, opened(self.store, login), self._tariff(login.provider), outcomes)
            self._decide(login, sending.objections(plan), draft.recipients, outcomes)
            assert plan.account is not None  # without one there was an objection
            order, messages = sending.accepted(
                plan,
                plan.account,
                now=now,
                id=self.store.take("order"),
                first=self.store.take("message", len(draft.recipients)),
            )
            self.store.put_account(debited(plan.account, plan.cost))
            self.store.add(order, messages)
            overrides.use_up(self.store, draft.recipients)
            steps = Task(TaskKind.STEP, order.id)
            for moment in moments(messages):
                self.agenda.plan(moment, steps)
            self.feed.tell(now, Kind.ACCEPTED, messages)
            if order.callback is not None:
                for message in messages:
                    self.agenda.tell(message, message.timetable[0].status, now)
        return order

    def cancel(self, login: Login, enquiry: Enquiry, *, refund: bool = True) -> Message:
        """Call back a message that still waits; with `refund` it costs nothing any more. Raises Refused."""
        with self.store.turn():
            now = self.clock.now()
            account = opened(self.store, login)
            found = self._addressed(login, account, enquiry)
            objections = [*_enquiry_objections(enquiry, found, Reason.UNKNOWN_MESSAGE)]
            if found is not None and status_at(found, now) is not Status.SCHEDULED:
                objections.append(Reason.NOT_SCHEDULED)
            account = admitted(login, account, objections)
            assert found is not None  # without one there was an objection
            message = cancelled(found, now, refund=refund)
            self.store.put_account(refunded(account, found.price - message.price))
            self.store.replace(message)
            self.feed.tell(now, Kind.STEP, [(message, Status.CANCELLED)])
            self.agenda.tell(message, Status.CANCELLED, now)
            return message

    def who(self, login: Login) -> Account | None:
        """The account that the login opens, whatever else speaks against the request."""
        with self.store.turn():
            return opened(self.store, login)

    def account(self, login: Login) -> Account:
        """The account that asks. Raises Refused."""
        return admitted(login, self.who(login))

    def credit(self, login: Login) -> Decimal | None:
        """What the account has left; None is unlimited. Raises Refused."""
        return self.account(login).credit

    def status(self, login: Login, enquiry: Enquiry) -> tuple[Message, Status]:
        """A message of this account and the state it is in. Raises Refused."""
        with self.store.turn():
            now = self.clock.now()
            account = opened(self.store, login)
            message = self._addressed(login, account, enquiry)
            admitted(login, account, _enquiry_objections(enquiry, message, Reason.UNKNOWN_MESSAGE))
            assert message is not None  # without one there was an objection
            return message, status_at(message, now)

    def ordered(self, login: Login, id: int | None) -> tuple[tuple[Message, Status], ...]:
        """The messages of one of this account's orders, with the states they are in. Raises Refused."""
        with self.store.turn():
            now = self.clock.now()
            account = opened(self.store, login)
            found = self.store.ordered(id or 0)
            known = bool(found) and owns(login, account, found[0].order)
            admitted(login, account, () if known else (Reason.UNKNOWN_MESSAGE,))
            return tuple((message, status_at(message, now)) for message in found)

    def owned(self, login: Login) -> list[tuple[Message, Status]]:
        """Every message of this account with its state, oldest first. Raises Refused."""
        now, account = self.clock.now(), self.account(login)
        owner = account.provider, account.login
        return [
            (message, status_at(message, now))
            for message in self.messages()
            if (message.order.provider, message.order.account) == owner
        ]

    def messages(self, after: int = 0) -> Iterator[Message]:
        """Every message with a later id, oldest first; between two pages others have their turn."""
        while page := self._page(after):
            yield from page
            after = page[-1].id

    def look_up(self, login: Login, question: hlr.Question) -> int:
        """Ask the home register about numbers; the id they share. Raises Refused."""
        with self.store.turn():
            now = self.clock.now()
            account = opened(self.store, login)
            price = self._tariff(login.provider).lookup
            cost = price * len(question.numbers)
            outcomes = [self.outcome(number) for number in question.numbers]
            objections = hlr.objections(question, account, cost, outcomes)
            self._decide(login, objections, question.numbers, outcomes)
            assert account is not None  # without one there was an objection
            id = self.store.take("lookup")
            self.store.put_account(debited(account, cost))
            for number, outcome in zip(question.numbers, outcomes, strict=True):
                lookup = hlr.lookup(number, outcome, account, id=id, price=price, now=now)
                self.store.put(hlr.KIND, (id, number), lookup)
                self.feed.tell(now, Kind.LOOKUP, [lookup])
            overrides.use_up(self.store, question.numbers)
            return id

    def looked_up(self, login: Login, enquiry: Enquiry) -> tuple[Lookup, hlr.Progress]:
        """A look-up of this account and how far it has come. Raises Refused."""
        with self.store.turn():
            now = self.clock.now()
            account = opened(self.store, login)
            found = self.store.get(hlr.KIND, (enquiry.id or 0, enquiry.number or ""))
            lookup = found if isinstance(found, Lookup) and owns(login, account, found) else None
            admitted(login, account, _enquiry_objections(enquiry, lookup, Reason.UNKNOWN_LOOKUP))
            assert lookup is not None  # without one there was an objection
            return lookup, hlr.progress_at(lookup, now)

    def save_contact(self, login: Login, entry: contacts.Entry) -> Contact:
        """Put an entry into the address book, over an older one with its number. Raises Refused."""
        with self.store.turn():
            now = self.clock.now()
            account = admitted(login, opened(self.store, login), entry.flaws)
            contact = contacts.contact(entry, account.provider, account.login)
            self.store.put(contacts.KIND, (account.provider, account.login, entry.number), contact)
            self.feed.tell(now, Kind.CONTACT, [contact])
            return contact

    def delete_contact(self, login: Login, entry: contacts.Entry, *, missing_ok: bool = False) -> None:
        """Take an entry out of the address book. Raises Refused, unless allowed also where there is none."""
        with self.store.turn():
            account = admitted(login, opened(self.store, login), entry.flaws)
            found = self.store.drop(contacts.KIND, (account.provider, account.login, entry.number))
            if not (found or missing_ok):
                raise Refused([Reason.STORAGE_FAILED])

    # What handsets do

    def receive(self, provider: str, account: str, sender: str, recipient: str, text: str) -> Inbound:
        """A handset writes to an account. Raises Refused where there is no such account."""
        with self.store.turn():
            owner = self.store.account(provider, account)
            if owner is None:
                raise Refused([Reason.BAD_CREDENTIALS])
            return self.agenda.receive(owner, sender, recipient, text, self.clock.now())

    # What tests decide

    def outcome(self, recipient: str) -> Outcome:
        """What a number or address means now: its override, else the table."""
        return overrides.outcome(self.store, self.outcomes, recipient)

    # How it is done

    def _tariff(self, provider: str) -> Tariff:
        return self._tariffs.get(provider, FREE)

    def _addressed(self, login: Login, account: Account | None, enquiry: Enquiry) -> Message | None:
        id, number = enquiry.id or 0, enquiry.number
        if number is None:
            message = next(iter(self.store.ordered(id)), None)
        else:
            message = self.store.addressed(id, number)
        return message if message is not None and owns(login, account, message.order) else None

    def _page(self, after: int) -> list[Message]:
        with self.store.turn():
            return list(islice(self.store.messages(after), PAGE))

    def _decide(
        self, login: Login, objections: Iterable[Reason], numbers: Sequence[str], outcomes: Sequence[Outcome]
    ) -> None:
        """Raise Refused for any objection; an override that refuses payment is used up by that."""
        reasons = frozenset((*login.flaws, *objections))
        if reasons == {Reason.NO_CREDIT}:
            fates = zip(numbers, outcomes, strict=True)
            overrides.use_up(self.store, [number for number, outcome in fates if not outcome.pays])
        refuse_for(reasons)


def _enquiry_objections(enquiry: Enquiry, found: object | None, unknown: Reason) -> Iterator[Reason]:
    yield from enquiry.flaws
    if found is None:
        yield unknown
