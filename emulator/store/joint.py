"""Memory that several processes have in common: each learns what the others did before a turn of its own."""

from collections.abc import Callable

from emulator.core.ports import Told
from emulator.store import rows
from emulator.store.changes import AGENDA
from emulator.store.durable import Clerk, DurableStore
from emulator.store.ledger import Edit, Row
from emulator.store.rows import ACCOUNT, NAMED, STANDING
from emulator.store.shared import SharedLedger
from emulator.store.standing import Past


class JointStore(DurableStore):
    """The store of a space of several processes.

    `join` is told when it begins to learn, `quit` when it ceases to.
    """

    def __init__(
        self,
        space: str,
        ledger: SharedLedger,
        clerk: Clerk,
        *,
        join: Callable[["JointStore"], None],
        quit: Callable[["JointStore"], None],
    ) -> None:
        super().__init__(space, ledger, clerk)
        self._me = ledger.me
        self._join, self._quit = join, quit
        self._watchers = dict[str, Told]()

    @property
    def me(self) -> str:
        return self._me

    @property
    def space(self) -> str:
        return self._space

    def recall(self, *, afresh: bool) -> Past:
        past = super().recall(afresh=afresh)
        self._join(self)
        return past

    def part(self, *, forgotten: bool = False) -> None:
        super().part(forgotten=forgotten)
        self._quit(self)

    def watch(self, kind: str, told: Told) -> None:
        self._watchers[kind] = told  # a space that goes back to a past has others watch

    # What others did

    def learn(self, edit: Edit) -> None:
        """Let happen here what happened to the space elsewhere."""
        with self._lock:
            for kind in edit.cleared:
                self._cleared(kind)
            for kind, key in edit.gone:
                self._gone(kind, key)
            for row in edit.come:
                self._come(row)

    def reload(self) -> None:
        """Remember anew what is written."""
        with self._lock:
            self._read()
            self._directory, self._keys = (0, {}), None
            for kind in self._watchers:
                self._tell(kind, None, None)

    def _cleared(self, kind: str) -> None:
        rows.clear(self._state, kind)
        if kind == AGENDA:
            self._plans.clear()
        self._directory, self._keys = (0, {}), None
        self._tell(kind, None, None)

    def _gone(self, kind: str, key: str) -> None:
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
