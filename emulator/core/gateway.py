"""The verbs of the service: what customers and handsets ask for. What time does is the agenda's."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from hmac import compare_digest

from emulator.core import contacts, hlr, sending
from emulator.core.agenda import Agenda
from emulator.core.clock import VirtualClock
from emulator.core.credits import Tariff, debited
from emulator.core.events import Feed, Kind
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
from emulator.core.outcomes import Outcome, Outcomes, Override
from emulator.core.ports import Reports, Store, Task, TaskKind
from emulator.core.refusals import Reason, Refused, refuse_for
from emulator.core.timetable import moments, status_at

OVERRIDE = "override"

FREE = Tariff(sms=Decimal(0), lookup=Decimal(0))


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
        self.agenda = Agenda(store=store, feed=feed, outcomes=outcomes, reports=reports, poke=poke)
        self._tariffs = tariffs

    # What customers ask for

    def send(self, login: Login, draft: Draft) -> Order:
        """Accept an order and debit it, all or nothing. Raises Refused with every objection."""
        with self.store.turn():
            now = self.clock.now()
            outcomes = [self.outcome(number) for number in draft.recipients]
            plan = sending.plan(draft, self._known(login), self._tariff(login.provider), outcomes)
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
            self._use_up(draft.recipients)
            steps = Task(TaskKind.STEP, order.id)
            for moment in moments(messages):
                self.agenda.plan(moment, steps)
            self.feed.tell(now, Kind.ACCEPTED, messages)
        return order

    def credit(self, login: Login) -> Decimal | None:
        """What the account has left; None is unlimited."""
        with self.store.turn():
            account = self._known(login)
            _refuse_for(login, () if account else (Reason.BAD_CREDENTIALS,))
            assert account is not None  # without one there was an objection
            return account.credit

    def status(self, login: Login, enquiry: Enquiry) -> tuple[Message, Status]:
        """A message of this account and the state it is in. Raises Refused."""
        with self.store.turn():
            now = self.clock.now()
            account = self._known(login)
            message = self._addressed(login, enquiry)
            _refuse_for(login, _enquiry_objections(enquiry, account, message, Reason.UNKNOWN_MESSAGE))
            assert message is not None  # without one there was an objection
            return message, status_at(message, now)

    def look_up(self, login: Login, question: hlr.Question) -> int:
        """Ask the home register about numbers; the id they share. Raises Refused."""
        with self.store.turn():
            now = self.clock.now()
            account = self._known(login)
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
            self._use_up(question.numbers)
            return id

    def looked_up(self, login: Login, enquiry: Enquiry) -> tuple[Lookup, hlr.Progress]:
        """A look-up of this account and how far it has come. Raises Refused."""
        with self.store.turn():
            now = self.clock.now()
            account = self._known(login)
            found = self.store.get(hlr.KIND, (enquiry.id or 0, enquiry.number))
            lookup = found if isinstance(found, Lookup) and _owns(login, found) else None
            _refuse_for(login, _enquiry_objections(enquiry, account, lookup, Reason.UNKNOWN_LOOKUP))
            assert lookup is not None  # without one there was an objection
            return lookup, hlr.progress_at(lookup, now)

    def save_contact(self, login: Login, entry: contacts.Entry) -> Contact:
        """Put an entry into the address book, over an older one with its number. Raises Refused."""
        with self.store.turn():
            now = self.clock.now()
            _refuse_for(login, self._entry_objections(login, entry))
            contact = contacts.contact(entry, login.provider, login.name)
            self.store.put(contacts.KIND, (login.provider, login.name, entry.number), contact)
            self.feed.tell(now, Kind.CONTACT, [contact])
            return contact

    def delete_contact(self, login: Login, entry: contacts.Entry, *, missing_ok: bool = False) -> None:
        """Take an entry out of the address book. Raises Refused, unless allowed also where there is none."""
        with self.store.turn():
            _refuse_for(login, self._entry_objections(login, entry))
            found = self.store.drop(contacts.KIND, (login.provider, login.name, entry.number))
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

    def outcome(self, number: str) -> Outcome:
        """What a number means now: its override, else the table."""
        override = self.store.get(OVERRIDE, (number,)) if self.store.any(OVERRIDE) else None
        if isinstance(override, Override):
            return self.outcomes.named[override.outcome]
        return self.outcomes.of(number)

    # How it is done

    def _known(self, login: Login) -> Account | None:
        account = self.store.account(login.provider, login.name)
        if account is None or not compare_digest(account.password.encode(), login.password.encode()):
            return None
        return account

    def _tariff(self, provider: str) -> Tariff:
        return self._tariffs.get(provider, FREE)

    def _addressed(self, login: Login, enquiry: Enquiry) -> Message | None:
        message = self.store.addressed(enquiry.id or 0, enquiry.number)
        return message if message is not None and _owns(login, message.order) else None

    def _entry_objections(self, login: Login, entry: contacts.Entry) -> Iterator[Reason]:
        yield from entry.flaws
        if self._known(login) is None:
            yield Reason.BAD_CREDENTIALS

    def _decide(
        self, login: Login, objections: Iterable[Reason], numbers: Sequence[str], outcomes: Sequence[Outcome]
    ) -> None:
        """Raise Refused for any objection; an override that refuses payment is used up by that."""
        reasons = frozenset((*login.flaws, *objections))
        if reasons == {Reason.NO_CREDIT}:
            fates = zip(numbers, outcomes, strict=True)
            self._use_up([number for number, outcome in fates if not outcome.pays])
        refuse_for(reasons)

    def _use_up(self, numbers: Sequence[str]) -> None:
        for number in numbers if self.store.any(OVERRIDE) else ():
            override = self.store.get(OVERRIDE, (number,))
            if isinstance(override, Override) and override.left is not None:
                self._put_override(replace(override, left=override.left - 1))

    def _put_override(self, override: Override) -> None:
        if override.left == 0:
            self.store.drop(OVERRIDE, (override.number,))
        else:
            self.store.put(OVERRIDE, (override.number,), override)


def _refuse_for(login: Login, objections: Iterable[Reason]) -> None:
    """Raise Refused if anything speaks against the request, or against whoever makes it."""
    refuse_for((*login.flaws, *objections))


def _owns(login: Login, record: Order | Lookup) -> bool:
    return (record.provider, record.account) == (login.provider, login.name)


def _enquiry_objections(
    enquiry: Enquiry, account: Account | None, found: object | None, unknown: Reason
) -> Iterator[Reason]:
    yield from enquiry.flaws
    if account is None:
        yield Reason.BAD_CREDENTIALS
    if found is None:
        yield unknown
