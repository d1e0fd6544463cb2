"""Memory that several processes have in common: each learns what the others did before a turn of its own."""

from collections.abc import Callable
from dataclasses import replace

from emulator.core import callbacks, notices
from emulator.core.events import Later
from emulator.core.ports import StoreError, Told
from emulator.core.pushes import Callback, Waiting
from emulator.store import rows
from emulator.store.changes import AGENDA
from emulator.store.durable import DurableStore, Written
from emulator.store.edits import Edit, Row
from emulator.store.lease import Lease
from emulator.store.memory import MemoryStore, State
from emulator.store.planned import Planned
from emulator.store.rows import ACCOUNT, MESSAGE, NAMED, ORDER, STANDING
from emulator.store.standing import Past, Standing


class JointStore(DurableStore):
    """The store of a space of several processes, of which this one is known as `me`.

    If the space begins with it, that is `born`. `join` is told when it begins to learn, `quit` when it ceases
    to. Once another space has its name, or none, turns that change anything raise StoreError.
    """

    def __init__(
        self,
        space: str,
        ledger: Written,
        lease: Lease,
        *,
        me: str,
        born: str,
        join: Callable[["JointStore"], None],
        quit: Callable[["JointStore"], None],
    ) -> None:
        super().__init__(space, ledger, lease)
        self._lease, self._me, self._born, self._join, self._quit = lease, me, born, join, quit
        self._watchers = dict[str, Told]()

    @property
    def me(self) -> str:
        return self._me

    @property
    def later(self) -> Later | None:
        return self._lease.later

    @property
    def space(self) -> str:
        return self._space

    def recall(self, *, afresh: bool) -> Past:
        past = super().recall(afresh=afresh)
        if past.standing is not None:
            self._born = past.standing.born
        self._join(self)
        return past

    def stand(self, standing: Standing) -> None:
        super().stand(standing._replace(born=self._born))

    def part(self, *, forgotten: bool = False) -> None:
        super().part(forgotten=forgotten)
        self._quit(self)

    def watch(self, kind: str, told: Told) -> None:
        self._watchers[kind] = told  # a space that goes back to a past has others watch

    def end(self) -> None:
        is_in_vain = self._depth == 1 and self._parted and bool(self._changes)
        super().end()
        if is_in_vain:
            raise StoreError("the space was taken away meanwhile, or begun afresh", undone=True)

    def snapshot(self) -> State:
        """Without the hands that something is in: they do not reach into a past, nor into another space."""
        state = super().snapshot()
        for kind in (callbacks.KIND, notices.KIND):
            for key, value in state.records.get(kind, {}).items():
                if isinstance(value, Callback | Waiting) and value.holder:
                    state.records[kind][key] = _free(value)
        return state

    # What others did

    def lose(self) -> None:
        """The space is no more, or another one has its name: nothing that is done in it is kept."""
        with self._lock:
            self._parted = True
            self._state.agenda = Planned()
            self._quit(self)

    def learn(self, edit: Edit) -> None:
        """Let happen here what happened to the space elsewhere."""
        with self._lock:
            for kind in edit.cleared:
                self._cleared(kind)
            if orders := [rows.number(key) for kind, key in edit.gone if kind == ORDER]:
                MemoryStore.retire(self, max(orders))
            for kind, key in edit.gone:
                self._gone(kind, key)
            for row in edit.come:
                self._come(row)

    def reload(self) -> bool:
        """Remember anew what is written; whether it is still the same space."""
        with self._lock:
            past = self._read()
            if past.standing is None or past.standing.born != self._born:
                return False
            self._parted = False  # whoever parted from it was undone
            self._directory, self._keys = (0, {}), None
            for kind in list(self._watchers):
                self._tell(kind, None, None)
            self._tell(STANDING, None, past)
            self._tell(NAMED, None, past)
            return True

    def _cleared(self, kind: str) -> None:
        rows.clear(self._state, kind)
        if kind == AGENDA:
            self._plans.clear()
        self._directory, self._keys = (0, {}), None
        self._tell(kind, None, None)

    def _gone(self, kind: str, key: str) -> None:
        if kind in (ORDER, MESSAGE):
            return  # they go together
        if kind == AGENDA:
            at = rows.moment(key)
            self._state.agenda.drop(at)
            del self._plans[at]
            return
        if kind == NAMED:
            self._tell(kind, rows.name(key), None)
            return
        before = rows.let_go(self._state, kind, key)
        if kind == ACCOUNT:
            self._keys = None
        self._tell(kind, before, None)

    def _come(self, row: Row) -> None:
        if row.kind in (STANDING, NAMED):
            self._tell(row.kind, None, rows.past(row))
            return
        if row.kind == AGENDA:
            self._plans[rows.moment(row.key)] += 1
        before, now = rows.take_in(self._state, row)
        if row.kind == ACCOUNT:
            self._keys = None
        self._tell(row.kind, before, now)

    def _tell(self, kind: str, before: object, now: object) -> None:
        if told := self._watchers.get(kind):
            told(before, now)


def _free(value: Callback | Waiting) -> Callback | Waiting:
    if isinstance(value, Callback):
        return replace(value, holder="", driven=False)
    return replace(value, holder="")
