"""A recording asked once more, exchange by exchange, of a world in the state that each line describes."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from emulator.tests.providers.voipe.recorded import workers
from emulator.tests.providers.voipe.recorded.answers import Answer, differences
from emulator.tests.providers.voipe.recorded.beliefs import believe
from emulator.tests.providers.voipe.recorded.bindings import Bindings, Kind
from emulator.tests.providers.voipe.recorded.doings import DOINGS, WORKERS, Scene
from emulator.tests.providers.voipe.recorded.hindsight import Hindsight, Sent, hindsight
from emulator.tests.providers.voipe.recorded.phrases import Step
from emulator.tests.providers.voipe.recorded.reading import Exchange
from emulator.tests.providers.voipe.recorded.states import state
from emulator.tests.providers.voipe.recorded.world import World

PASSED_ON = ("content-type", "cookie", "accept", "user-agent")


@dataclass(frozen=True, slots=True)
class Result:
    """How an exchange went: in what the answers differ, and words of its state that nobody understood."""

    exchange: Exchange
    differences: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def equal(self) -> bool:
        return not self.differences


class Replay:
    """One recording in one world."""

    def __init__(self, exchanges: Sequence[Exchange]) -> None:
        self._exchanges = exchanges
        self._known: Hindsight = hindsight(exchanges)
        self._bindings = Bindings()
        first = next(filter(None, (exchange.timestamp for exchange in exchanges)), 0)
        self._world = World(datetime.fromtimestamp(first, UTC))
        self._before: frozenset[Step] = frozenset()

    def results(self) -> Iterator[Result]:
        for place, exchange in enumerate(self._exchanges):
            wanted = state(exchange.line.state)
            scene = Scene(self._world, self._bindings, self._known, exchange)
            self._prepare(place, scene, wanted.steps)
            believe(scene)
            answer = self._asked(exchange)
            found = tuple(differences(exchange, answer, self._world.now, self._bindings))
            yield Result(exchange, found, wanted.unknown)

    def _prepare(self, place: int, scene: Scene, steps: Sequence[Step]) -> None:
        """Bring about the state: what holds, what was done elsewhere, what has happened since."""
        self._world.settle([step for step in steps if step.setting])
        for sent in self._known.sent.get(place, ()):
            self._send(scene, sent)
        for step in steps:
            if not step.setting and (step.repeated or step not in self._before):
                self._do(scene, step)
        self._before = frozenset(steps)

    def _do(self, scene: Scene, step: Step) -> None:
        if step.verb == "first_status":
            workers.first_status(self._world, *step.args)
        elif step.verb in WORKERS:
            WORKERS[step.verb](self._world)
        elif step.verb in DOINGS:
            DOINGS[step.verb](scene, *step.args)

    def _send(self, scene: Scene, sent: Sent) -> None:
        """A call that was not recorded; its texts were purified once, and would be again."""
        account = self._world.ensured(sent.account)
        row = sent.rows[0]
        told = self._world.call(
            op="pv", u=account.login, h=account.key, to=",".join(str(row["dst"]) for row in sent.rows),
            msg=html.escape(row["msg"], quote=False), **{"from": row["src"]},
        )  # fmt: skip
        for row, entry in zip(sent.rows, told.get("data", ()), strict=False):
            self._bindings.bind(Kind.SMSLOG, str(row["smslog_id"]), str(entry["smslog_id"]))
            if sent.queue:
                self._bindings.bind(Kind.SECRET, sent.queue, str(entry["queue"]))

    def _asked(self, exchange: Exchange) -> Answer:
        request, bindings = exchange.request, self._bindings
        counted = {"ix": Kind.INBOX, "in": Kind.INCOMING, "sx": Kind.INCOMING}.get(
            exchange.operation, Kind.SMSLOG
        )
        headers = [
            (
                name,
                value.replace(exchange.cookie, bindings.session(exchange.cookie))
                if exchange.cookie
                else value,
            )
            for name, value in request.headers
            if name.lower() in PASSED_ON
        ]
        body = bindings.rewritten(request.body or "", counted)
        query = bindings.rewritten(request.query, counted)
        return self._world.ask(request.method, request.path, query, headers, body.encode())
