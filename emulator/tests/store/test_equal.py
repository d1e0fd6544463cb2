"""Whatever is done to a store, it answers like the naive one; and a snapshot is a world of its own."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from emulator.core.contacts import KIND as CONTACT
from emulator.core.indexes import FORGOTTEN, Forgotten
from emulator.core.model import Contact, Message
from emulator.core.ports import Task, TaskKind
from emulator.store.memory import MemoryStore
from emulator.store.vault import Vault, opened
from emulator.tests.samples import FAILS, NUMBER, OTHER, an_account, an_order, second
from emulator.tests.store.naive import NaiveStore

logins = st.sampled_from(["anna", "bert", "carl"])
counters = st.sampled_from(["lookup", "callback"])  # those of orders and messages have no gaps
kinds = st.sampled_from([CONTACT, FORGOTTEN])
keys = st.tuples(st.sampled_from(["isms", "iro"]), st.integers(1, 3))
orders = st.integers(0, 12)
numbers = st.sampled_from([NUMBER, OTHER, FAILS])
moments = st.integers(0, 5).map(second)
tasks = st.builds(Task, st.sampled_from(TaskKind), st.integers(1, 3))


def record(kind: str, value: int) -> object:
    """A value of a kind of which a store may write down the values."""
    if kind == FORGOTTEN:
        return Forgotten(id=value)
    return Contact(provider="isms", account="demo", number=str(value))


class Stores(RuleBasedStateMachine):
    """Does everything twice: to the store on trial, and to the naive one."""

    snapshots = Bundle[tuple[Any, NaiveStore]]("snapshots")

    def __init__(self) -> None:
        super().__init__()
        self.tried: Any = MemoryStore()
        self.naive = NaiveStore()

    @property
    def both(self) -> tuple[Any, NaiveStore]:
        return self.tried, self.naive

    @rule(login=logins, credit=st.integers(0, 9), key=st.sampled_from(["", "k", "l"]))
    def put_account(self, login: str, credit: int, key: str) -> None:
        for store in self.both:
            store.put_account(an_account(login=login, credit=Decimal(credit), key=key))

    @rule(login=logins)
    def drop_account(self, login: str) -> None:
        assert self.tried.drop_account("isms", login) == self.naive.drop_account("isms", login)

    @rule(counter=counters, count=st.integers(1, 3))
    def take(self, counter: str, count: int) -> None:
        assert self.tried.take(counter, count) == self.naive.take(counter, count)

    @rule(recipients=st.lists(numbers, min_size=1, max_size=4, unique=True))
    def add(self, recipients: Sequence[str]) -> None:
        id = self.naive.take("order")
        first = self.naive.take("message", len(recipients))
        assert (self.tried.take("order"), self.tried.take("message", len(recipients))) == (id, first)
        order, messages = an_order(*recipients, id=id, first=first)
        for store in self.both:
            store.add(order, messages)

    @rule(id=orders, outcome=st.sampled_from(["delivered", "fails"]))
    def replace(self, id: int, outcome: str) -> None:
        message = self.naive.message(id)
        if message is not None:
            for store in self.both:
                store.replace(replace(message, outcome=outcome))

    @rule()
    def forget_messages(self) -> None:
        for store in self.both:
            store.forget_messages()

    @rule(id=orders)
    def retire(self, id: int) -> None:
        for store in self.both:
            store.retire(id)

    @rule(kind=kinds, key=keys, value=st.integers())
    def put(self, kind: str, key: tuple[str, int], value: int) -> None:
        for store in self.both:
            store.put(kind, key, record(kind, value))

    @rule(kind=kinds, key=keys)
    def drop(self, kind: str, key: tuple[str, int]) -> None:
        assert self.tried.drop(kind, key) == self.naive.drop(kind, key)

    @rule(kind=kinds, keep=st.integers(0, 3))
    def trim(self, kind: str, keep: int) -> None:
        assert self.tried.trim(kind, keep) == self.naive.trim(kind, keep)

    @rule(at=moments, tasks=st.lists(tasks, min_size=1, max_size=3))
    def plan(self, at: Any, tasks: list[Task]) -> None:
        for store in self.both:
            store.plan(at, tasks)

    @rule(upto=moments)
    def due(self, upto: Any) -> None:
        assert self.tried.due(upto) == self.naive.due(upto)

    @rule(target=snapshots)
    def snapshot(self) -> tuple[Any, NaiveStore]:
        naive = NaiveStore()
        naive.__dict__.update({name: list(value) for name, value in vars(self.naive).items()})
        return self.tried.snapshot(), naive

    @rule(taken=snapshots)
    def restore(self, taken: tuple[Any, NaiveStore]) -> None:
        state, naive = taken
        self.tried.restore(state)
        self.naive.__dict__.update({name: list(value) for name, value in vars(naive).items()})

    @property
    def sides(self) -> Sequence[Any]:
        """Whatever is to answer like the naive one now."""
        return (self.tried,)

    @invariant()
    def they_agree(self) -> None:
        for side in self.sides:
            with side.turn():
                for agree in (
                    accounts_agree, counters_agree, messages_agree, records_agree, agendas_agree,
                ):  # fmt: skip
                    agree(side, self.naive)


def accounts_agree(tried: Any, naive: NaiveStore) -> None:
    assert tried.accounts() == naive.accounts()
    assert tried.account("isms", "anna") == naive.account("isms", "anna")
    for key in ("", "k", "l"):
        assert tried.keyed("isms", key) == naive.keyed("isms", key)


def counters_agree(tried: Any, naive: NaiveStore) -> None:
    for counter in ("order", "message", "lookup", "callback", "never"):
        assert tried.count(counter) == naive.count(counter)


def messages_agree(tried: Any, naive: NaiveStore) -> None:
    assert list(tried.messages()) == list(naive.messages())
    assert list(tried.messages(after=3)) == list(naive.messages(after=3))
    for id in range(12):
        assert tried.message(id) == naive.message(id)
        assert tried.order(id) == naive.order(id)
        assert found(tried, id) == found(naive, id)


def records_agree(tried: Any, naive: NaiveStore) -> None:
    for kind in (CONTACT, FORGOTTEN, "never"):
        assert tried.values(kind) == naive.values(kind)
        assert tried.any(kind) == naive.any(kind)
        assert tried.get(kind, ("isms", 1)) == naive.get(kind, ("isms", 1))


def agendas_agree(tried: Any, naive: NaiveStore) -> None:
    assert tried.next_due() == naive.next_due()
    assert sorted(tried.tasks()) == sorted(naive.tasks())


def found(store: MemoryStore | NaiveStore, order: int) -> tuple[list[Message], list[Message | None]]:
    addressed = [store.addressed(order, recipient) for recipient in (NUMBER, OTHER, FAILS, "30690")]
    return list(store.ordered(order)), addressed


class InTurns:
    """A store of which every call is a turn."""

    def __init__(self, store: MemoryStore) -> None:
        self.store, self.turn = store, store.turn

    def __getattr__(self, name: str) -> Any:
        def called(*given: Any, **named: Any) -> Any:
            with self.store.turn():
                found = getattr(self.store, name)(*given, **named)
                return list(found) if isinstance(found, Iterator) else found

        return called


class Spells(Stores):
    """Some turns are of one call, others of many."""

    def __init__(self) -> None:
        super().__init__()
        self.spell: ExitStack | None = None

    @rule()
    def begin_turn(self) -> None:
        if self.spell is None:
            self.spell = ExitStack()
            self.spell.enter_context(self.tried.turn())

    @rule()
    def end_turn(self) -> None:
        if self.spell is not None:
            self.spell.close()
            self.spell = None

    def teardown(self) -> None:
        self.end_turn()


class Deaths(Spells):
    """A store on a database, and a process that ends without a word now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.place = TemporaryDirectory()
        self.begin()

    @rule()
    def die(self) -> None:
        self.end_turn()
        self.vault.close()
        self.begin()

    def begin(self) -> None:
        self.vault: Vault = opened(f"sqlite:///{self.place.name}/store")
        store = self.vault.store("")
        with store.turn():
            store.recall(afresh=False)
        self.tried = InTurns(store)

    def teardown(self) -> None:
        super().teardown()
        self.vault.close()
        self.place.cleanup()


TestMemoryStore = Stores.TestCase
TestMemoryStore.settings = settings(max_examples=60, stateful_step_count=30)

TestDurableStore = Deaths.TestCase
TestDurableStore.settings = settings(max_examples=20, stateful_step_count=30, deadline=None)
