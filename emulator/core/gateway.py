"""The verbs of the service: what customers and handsets ask for. What time does is the agenda's."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from emulator.core import contacts, hlr, overrides, sending
from emulator.core.credits import FREE, Tariff, debited
from emulator.core.customers import Customers
from emulator.core.events import Kind
from emulator.core.foresight import Foresight
from emulator.core.logins import admitted, opened, owns
from emulator.core.model import Account, Contact, Draft, Enquiry, Inbound, Login, Message, Order
from emulator.core.ordered import Orders, enquiry_objections
from emulator.core.outcomes import Outcome
from emulator.core.refusals import Reason, Refused, refuse_for
from emulator.core.register import Lookup


class Gateway(Orders, Customers):
    """One space's service: everything that can be asked of it."""

    # What customers ask for

    def send(self, login: Login, draft: Draft) -> Order:
        """Accept an order and debit it, all or nothing. Raises Refused with every objection."""
        (sent,) = self.send_each(login, (draft,))
        if isinstance(sent, Refused):
            raise sent
        return sent

    def send_each(self, login: Login, drafts: Iterable[Draft]) -> list[Order | Refused]:
        """Accept orders one by one, in one turn: each as it was accepted, or what spoke against it."""
        with self.store.turn():
            return self._sent(login, drafts, self.clock.now())

    def objections(self, login: Login, draft: Draft) -> frozenset[Reason]:
        """What speaks against an order now; nothing has come of it."""
        with self.store.turn():
            outcomes = overrides.outcomes(self.store, self.outcomes, draft.recipients)
            plan = sending.plan(draft, opened(self.store, login), self._tariff(login.provider), outcomes)
            return frozenset((*login.flaws, *sending.objections(plan)))

    def cost(self, login: Login, draft: Draft) -> Decimal:
        """What an order would cost, whoever had to pay it."""
        nobody = [self.outcomes.ordinary] * len(draft.recipients)
        return sending.plan(draft, None, self._tariff(login.provider), nobody).cost

    def look_up(self, login: Login, question: hlr.Question) -> int:
        """Ask the home register about numbers; the id they share. Raises Refused."""
        with self.store.turn():
            now = self.clock.now()
            account = opened(self.store, login)
            price = self._tariff(login.provider).lookup
            cost = price * len(question.numbers)
            outcomes = overrides.outcomes(self.store, self.outcomes, question.numbers)
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
            admitted(login, account, enquiry_objections(enquiry, lookup, Reason.UNKNOWN_LOOKUP))
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

    # How it is done

    def _sent(self, login: Login, drafts: Iterable[Draft], now: datetime) -> list[Order | Refused]:
        sent, told = list[Order | Refused](), list[Message]()
        account, spent, foresight = opened(self.store, login), Decimal(0), Foresight()
        for draft in drafts:
            try:
                messages, due = self._taken(login, draft, account, spent, now)
            except Refused as refusal:
                sent.append(refusal)
                continue
            spent += due
            sent.append(messages[0].order)
            told += messages
            foresight.learn(messages)
        for moment, tasks in foresight.due.items():
            self.agenda.plan(moment, *tasks)
        if account is not None and spent:
            self.store.put_account(debited(account, spent))
        self.feed.tell(now, Kind.ACCEPTED, told)
        for message in told:
            if message.order.callback is not None:
                self.agenda.tell(message, message.timetable[0].status, now)
        return sent

    def _taken(
        self, login: Login, draft: Draft, account: Account | None, spent: Decimal, now: datetime
    ) -> tuple[Sequence[Message], Decimal]:
        """What a draft became, and what is to be paid for it at once. Raises Refused."""
        if account is not None and not login.flaws and sending.is_plain(draft):
            outcome = self.outcome(draft.recipients[0])
            terms = sending.terms(draft, account, self._tariff(login.provider), outcome, spent)
            if terms is not None:
                return self._simply(draft, account, *terms, outcome, now)
        plan = self._plan(login, draft, account, spent)
        return self._accepted(plan, now), plan.due

    def _simply(
        self, draft: Draft, account: Account, parts: int, price: Decimal, outcome: Outcome, now: datetime
    ) -> tuple[Sequence[Message], Decimal]:
        """The message of a plain draft that nothing speaks against, and its price."""
        id, first = self.store.take("order"), self.store.take("message")
        order = sending.ordered(draft, account, parts, now=now, id=id, first=first)
        messages = (sending.message(order, 0, draft, price, outcome),)
        self.store.add(order, messages)
        overrides.use_up(self.store, draft.recipients)
        return messages, price

    def _plan(self, login: Login, draft: Draft, account: Account | None, spent: Decimal) -> sending.Plan:
        """What the draft will be, if nothing speaks against it. Raises Refused."""
        outcomes = overrides.outcomes(self.store, self.outcomes, draft.recipients)
        plan = sending.plan(draft, account, self._tariff(login.provider), outcomes, spent)
        self._decide(login, sending.objections(plan), draft.recipients, outcomes)
        return plan

    def _accepted(self, plan: sending.Plan, now: datetime) -> Sequence[Message]:
        recipients = plan.draft.recipients
        assert plan.account is not None  # without one there was an objection
        order, messages = sending.accepted(
            plan,
            plan.account,
            now=now,
            id=self.store.take("order"),
            first=self.store.take("message", len(recipients)),
        )
        self.store.add(order, messages)
        overrides.use_up(self.store, recipients)
        return messages

    def _tariff(self, provider: str) -> Tariff:
        return self._tariffs.get(provider, FREE)

    def _decide(
        self, login: Login, objections: Iterable[Reason], numbers: Sequence[str], outcomes: Sequence[Outcome]
    ) -> None:
        """Raise Refused for any objection; an override that refuses payment is used up by that."""
        found = [*login.flaws, *objections]
        if not found:
            return
        reasons = frozenset(found)
        if reasons == {Reason.NO_CREDIT}:
            fates = zip(numbers, outcomes, strict=True)
            overrides.use_up(self.store, [number for number, outcome in fates if not outcome.pays])
        refuse_for(reasons)
