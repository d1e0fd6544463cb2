"""What time does: messages take their steps, customers are told, handsets reply."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from operator import attrgetter

from emulator.core import callbacks
from emulator.core.credits import affords, debited
from emulator.core.events import Feed, Kind
from emulator.core.holds import held, hold, release
from emulator.core.model import INBOUND, Account, Inbound, Message, Status, Step
from emulator.core.notices import About, Notices, Owner
from emulator.core.outcomes import Outcomes
from emulator.core.ports import Reports, Store, Task, TaskKind
from emulator.core.pushes import Attempt, Callback, Notice, Push, Waiting
from emulator.core.resources import Resources
from emulator.core.retention import Retention
from emulator.core.timetable import falling_at, submission_of, unpaid

REPLY_AFTER = timedelta(seconds=1)
"""How long a handset takes to answer a message it got."""

_kind = attrgetter("kind")


class Agenda:
    """What is planned in one space, and what comes of it when its moment has come.

    Thread-safe like the gateway; `plan`, `tell`, `resume` and `receive` are for who is within a turn of the
    store.
    """

    def __init__(
        self,
        *,
        store: Store,
        feed: Feed,
        outcomes: Outcomes,
        reports: Mapping[str, Reports],
        resources: Resources,
        notices: Notices,
        poke: Callable[[datetime], None] = lambda _: None,
        keep: int = 0,
    ) -> None:
        self._store, self._feed, self._outcomes = store, feed, outcomes
        self._reports, self._resources, self._notices, self._poke = reports, resources, notices, poke
        self._retention = Retention(store, keep) if keep else None
        self._doubted = dict[int, Callback]()
        """What nobody tries, though the store may have it that this process does."""

    def plan(self, at: datetime, *tasks: Task) -> None:
        """Let tasks fall due at a moment, in their order."""
        self._store.plan(at, tasks)
        if self._store.next_due() == at:  # nothing earlier is waited for
            self._poke(at)

    def fall_due(
        self, upto: datetime, moments: int = 1000, *, most: int = 1, driven: bool = False
    ) -> list[Callback]:
        """Let what is due by then happen, up to the moment with so many callbacks: all are to be tried.

        They are `driven` if the clock is moved on when they were. Who cannot try them says so: `withheld`.
        """
        with self._store.turn():
            trying = self._fallen_due(upto, moments, most)
            if me := self._store.me:
                trying = [callbacks.held(self._store, one, me, driven=driven) for one in trying]
            if self._retention is not None:
                self._retention.retire(upto)
            return trying

    def withheld(self, trying: Sequence[Callback]) -> None:
        """These are not tried: their turn is undone. Or it is not, and only the answer was lost."""
        self._doubted |= {one.id: one for one in trying}

    def next_due(self) -> datetime | None:
        """The moment the agenda waits for."""
        doubted = list(self._doubted.values())
        with self._store.turn():
            for one in doubted:
                if callbacks.pending(self._store, one.id) == one:
                    self._replan(one)
            due = self._store.next_due()
        for one in doubted:
            self._doubted.pop(one.id, None)
        return due

    def elsewhere(self) -> list[Callback]:
        """What other processes are trying."""
        if not self._store.me:
            return []
        with self._store.turn():
            nobody_else = "", self._store.me
            return [one for one in callbacks.unfinished(self._store) if one.holder not in nobody_else]

    def attempted(self, tries: Sequence[tuple[Callback, Attempt]]) -> None:
        """Note what came of trying callbacks; plan the next try of each, or be done with it."""
        with self._store.turn():
            for at, alike in groupby(tries, key=lambda one: one[1].at):
                after = [callbacks.noted(self._store, tried, attempt) for tried, attempt in alike]
                known = [callback for callback in after if callback is not None]
                self._feed.tell(at, Kind.CALLBACK, known)
                for callback in known:
                    if callback.next_at is not None:
                        self.plan(callback.next_at, Task(TaskKind.PUSH, callback.id))

    def put_off(self, notice: Waiting, until: datetime) -> None:
        """Hand a notice out again at a later moment: its customer has no use for it yet."""
        with self._store.turn():
            if self._notices.put_off(notice, until):
                self.plan(until, Task(TaskKind.NOTICE, notice.id))

    def resume(self) -> None:
        """Plan anew what a remembered state was in the middle of: callbacks that are in nobody's hands."""
        self._notices.resume()
        planned = {subject for kind, subject in self._store.tasks() if kind is TaskKind.PUSH}
        for callback in callbacks.unfinished(self._store):
            if not callback.holder and callback.id not in planned:
                self._replan(callback)

    def holders(self) -> set[str]:
        """The processes that have something in hand, this one aside."""
        with self._store.turn():
            return self._notices.holders() | {one.holder for one in self.elsewhere()}

    def release(self, holder: str) -> None:
        """Take what was in the hands of a process that is no more."""
        with self._store.turn():
            self._notices.release(holder)
            for callback in callbacks.unfinished(self._store):
                if callback.holder == holder:
                    self._replan(callback)

    def receive(self, owner: Account, sender: str, recipient: str, text: str, at: datetime) -> Inbound:
        """A handset's message reaches an account, and the account is told."""
        inbound = Inbound(
            id=self._store.take(INBOUND),
            provider=owner.provider,
            account=owner.login,
            sender=sender,
            recipient=recipient,
            text=text,
            received_at=at,
            after=self._store.count("message"),
        )
        self._store.put(INBOUND, (inbound.id,), inbound)
        self._feed.tell(at, Kind.INBOUND, [inbound])
        reports = self._reports[owner.provider]
        for kept in reports.consequences(inbound, owner):
            self._resources.keep(owner, kept, at)
        said = reports.inbound(inbound, owner, partial(self._resources.look, owner))
        if notices := [(None, one) for one in said if isinstance(one, Notice)]:
            self._notices.add(owner.provider, owner.login, notices, at)
        for callback in self._called_back(said, owner.provider, owner.login, None, at):
            self.plan(at, Task(TaskKind.PUSH, callback.id))
        return inbound

    def tell(self, message: Message, status: Status, at: datetime) -> None:
        """Report a status to the customer, as soon as its moment is looked at."""
        for callback in self._reported([(message, status)], at):
            self.plan(at, Task(TaskKind.PUSH, callback.id))

    def _replan(self, callback: Callback) -> None:
        """Let it be tried at its moment, by whoever looks then."""
        if callback.holder:
            callbacks.held(self._store, callback, "")
        if callback.next_at is not None:
            self.plan(callback.next_at, Task(TaskKind.PUSH, callback.id))

    def _fallen_due(self, upto: datetime, moments: int, most: int) -> list[Callback]:
        trying = list[Callback]()
        for _ in range(moments):
            due = self._store.due(upto)
            if due is None:
                break
            trying += self._happen(*due)
            if len(trying) >= most:
                break
        return trying

    def _happen(self, at: datetime, tasks: Sequence[Task]) -> list[Callback]:
        """Callbacks that are to be tried now: those that were planned, then those that come of the steps."""
        planned, fresh = list[Callback](), list[Callback]()
        for kind, alike in groupby(tasks, key=_kind):
            subjects = [task.subject for task in alike]
            if kind is TaskKind.STEP:
                fresh += self._step(subjects, at)
            elif kind is TaskKind.PUSH:
                found = [callbacks.pending(self._store, subject) for subject in subjects]
                planned += [one for one in found if one is not None and one.next_at == at]
            elif kind is TaskKind.REPLY:
                for subject in subjects:
                    self._reply(subject, at)
            else:
                for subject in subjects:
                    self._notices.fall_due(subject, at)
        return planned + fresh

    def _step(self, orders: Sequence[int], at: datetime) -> list[Callback]:
        """What this moment brings to orders; one that was cancelled meanwhile has no step here any more."""
        known = dict[tuple[int, int], Sequence[Step]]()
        fallen = [change for order in orders for change in self._fallen(order, at, known)]
        self._feed.tell(at, Kind.STEP, fallen)
        for message, status in fallen:
            if status is Status.DELIVERED and self._outcomes.named[message.outcome].reply is not None:
                self.plan(at + REPLY_AFTER, Task(TaskKind.REPLY, message.id))
        return self._reported(fallen, at)

    def _fallen(
        self, order: int, at: datetime, known: dict[tuple[int, int], Sequence[Step]]
    ) -> list[tuple[Message, Status]]:
        """`known` are steps of this moment by timetable and acceptance, which many messages share."""
        messages, found = self._store.ordered(order), []
        if messages and messages[0].order.on_delivery:
            messages = [self._paid(message, at) for message in messages]
        for message in messages:
            key = id(message.timetable), id(message.order.accepted_at)
            steps = known.get(key)
            if steps is None:
                steps = known[key] = falling_at(message, at)
            for step in steps:
                found.append((message, step.status))
        return found

    def _paid(self, message: Message, at: datetime) -> Message:
        """A message that is paid for on delivery, after what this moment means for credit.

        From its submission to its end its price is spoken for.
        """
        order, falling, submission = message.order, falling_at(message, at), submission_of(message)
        account = self._store.account(order.provider, order.account)
        if submission in falling:
            if account is not None and not affords(account, held(self._store, order) + message.price):
                return self._unpaid(message)
            hold(self._store, order, message.price)
        if submission is not None and any(step.status.final for step in falling):
            release(self._store, order, message.price)
        if account is not None and any(step.status is Status.DELIVERED for step in falling):
            self._store.put_account(debited(account, message.price))
        return message

    def _unpaid(self, message: Message) -> Message:
        message = unpaid(message)
        self._store.replace(message)
        return message

    def _reply(self, id: int, at: datetime) -> None:
        """The handset answers its message, unless that or its account was dropped meanwhile."""
        message = self._store.message(id)
        if message is None:
            return
        order, text = message.order, self._outcomes.named[message.outcome].reply or ""
        owner = self._store.account(order.provider, order.account)
        if owner is not None:
            self.receive(owner, message.recipient, order.sender, text, at)

    def _reported(self, fallen: Sequence[tuple[Message, Status]], at: datetime) -> list[Callback]:
        """What customers are told of statuses; of a final one as often as the number's outcome has it."""
        made, notices = list[Callback](), defaultdict[Owner, list[About]](list)
        for message, status in fallen:
            outcome, order = self._outcomes.named[message.outcome], message.order
            said = self._reports[order.provider].report(message, status, at) if outcome.receipts else ()
            if not said:
                continue
            if status.final and outcome.receipts > 1:
                said = (*said, *tuple(said[-1:]) * (outcome.receipts - 1))
            told: list[About] = [(message.id, one) for one in said if isinstance(one, Notice)]
            notices[order.provider, order.account] += told
            if len(told) < len(said):
                made += self._called_back(said, order.provider, order.account, message.id, at)
        for (provider, account), waiting in notices.items():
            if waiting:
                self._notices.add(provider, account, waiting, at)
        return made

    def _called_back(
        self, said: Sequence[Push | Notice], provider: str, account: str, message: int | None, at: datetime
    ) -> list[Callback]:
        """Callbacks that are to be tried at that moment: who makes them sees to it."""
        pushes = [one for one in said if isinstance(one, Push)]
        return callbacks.begun(self._store, pushes, provider, account, message, at) if pushes else []
