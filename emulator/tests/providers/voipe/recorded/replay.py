"""A recording asked once more, exchange by exchange, of a world in the state that each line describes."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from emulator.core.model import Message
from emulator.tests.providers.voipe.recorded.answers import NEAR, Answer, differences, moment
from emulator.tests.providers.voipe.recorded.beliefs import Beliefs
from emulator.tests.providers.voipe.recorded.bindings import Bindings, Kind
from emulator.tests.providers.voipe.recorded.conditions import Conditions, system
from emulator.tests.providers.voipe.recorded.hindsight import Hindsight, Received, Sent, hindsight
from emulator.tests.providers.voipe.recorded.phrases import Step
from emulator.tests.providers.voipe.recorded.reading import Exchange
from emulator.tests.providers.voipe.recorded.scene import Scene
from emulator.tests.providers.voipe.recorded.states import state
from emulator.tests.providers.voipe.recorded.stored import deviations, stored
from emulator.tests.providers.voipe.recorded.verbs import perform
from emulator.tests.providers.voipe.recorded.workers import written
from emulator.tests.providers.voipe.recorded.world import World

AGAIN = re.compile(r"first of three calls|second and third call|the next two")
FORMAT = re.compile(r"&format=\w+")
"""A call that is made three times, once in each format."""

SAID = "x"
"""What is sent before it is put otherwise."""

LOST = "&"
"""What a text had in it that is empty in XML: an empty one would not have been sent."""

PASSED_ON = ("content-type", "accept", "user-agent")

COUNTED = {"ix": Kind.INBOX, "in": Kind.INCOMING, "sx": Kind.INCOMING}
"""What `last` counts."""


@dataclass(frozen=True, slots=True)
class Result:
    """How an exchange went: in what the answers differ, and words of its state that nobody understood.

    `believed` is whether messages or a balance had to be taken from answers before it could be asked, because
    exchanges are missing.
    """

    exchange: Exchange
    differences: tuple[str, ...]
    unknown: tuple[str, ...]
    believed: bool
    kept: tuple[str, ...]
    """What is kept otherwise than a note says."""

    @property
    def equal(self) -> bool:
        return not self.differences


class Replay:
    """One recording in one world."""

    def __init__(self, exchanges: Sequence[Exchange]) -> None:
        self._exchanges = exchanges
        self._known: Hindsight = hindsight(exchanges)
        self._bindings = Bindings()
        self._beliefs = Beliefs(exchanges)
        first = next(filter(None, (exchange.timestamp for exchange in exchanges)), 0)
        self._world = World(datetime.fromtimestamp(first, UTC), system(()))
        self._conditions = Conditions(self._world)
        self._before: frozenset[Step] = frozenset()

    def results(self) -> Iterator[Result]:
        for place, exchange in enumerate(self._exchanges):
            wanted = state(exchange.state)
            scene = Scene(self._world, self._bindings, self._known, exchange)
            unable = self._unable(place, scene, wanted.steps)
            believed = self._beliefs.believe(scene) or bool(self._made(place))
            answer = self._asked(exchange)
            found = tuple(differences(exchange, answer, self._world.now, self._bindings))
            yield Result(exchange, found, wanted.unknown + unable, believed, tuple(self._kept(exchange)))

    def _unable(self, place: int, scene: Scene, steps: Sequence[Step]) -> tuple[str, ...]:
        """Bring about the state; words for what of it makes no sense in this world."""
        try:
            self._prepare(place, scene, steps)
        except (LookupError, ValueError, ArithmeticError) as error:
            return (f"{scene.exchange.state}: {type(error).__name__} {error}",)
        return ()

    def _prepare(self, place: int, scene: Scene, steps: Sequence[Step]) -> None:
        """Bring about the state: what holds, what was done elsewhere, what has happened since."""
        self._beliefs.people(scene)
        self._conditions.settle([step for step in steps if step.setting])
        for made in self._made(place):
            if isinstance(made, Sent):
                self._send(scene, made)
            else:
                self._receive(scene, made)
        for step in steps:
            if not step.setting and (step.repeated or step not in self._before):
                perform(scene, step)
        self._before = frozenset(steps)
        if place and AGAIN.search(f"{scene.exchange.state} {scene.exchange.note}"):
            self._first_call(place, scene.exchange)

    def _made(self, place: int) -> Sequence[Sent | Received]:
        """The messages that are known from answers alone, and needed from there on."""
        return [*self._known.sent.get(place, ()), *self._known.received.get(place, ())]

    def _first_call(self, place: int, exchange: Exchange) -> None:
        """The first of three calls that differ in their format alone, where it is not in the file."""
        query, before = exchange.request.query, self._exchanges[place - 1].request.query
        if FORMAT.sub("", query) != FORMAT.sub("", before) and "format=json" not in query:
            self._world.ask("GET", exchange.request.path, self._bindings.rewritten(FORMAT.sub("", query)))

    def _send(self, scene: Scene, sent: Sent) -> None:
        """A call that was not recorded; what it sent is put as it is listed, whatever it was before."""
        account, sender = self._world.ensured(sent.account), sent.rows[0]["src"]
        if any(row["status"] != "2" for row in sent.rows):
            self._world.solvent(account.login)
        to = ",".join(str(row["dst"]) for row in sent.rows)
        entries = self._world.sent(account, to, SAID, **{"from": sender})
        for row, entry in zip(sent.rows, entries, strict=False):
            self._bindings.bind(Kind.SMSLOG, str(row["smslog_id"]), str(entry["smslog_id"]))
            if sent.queue:
                self._bindings.bind(Kind.SECRET, sent.queue, str(entry["queue"]))
            message = self._world.space.store.message(int(entry["smslog_id"]))
            if message is not None:
                long_ago = scene.exchange.moment - moment(row["dt"]) > NEAR
                self._world.write(
                    written(message, row) if long_ago else reworded(message, row["msg"] or LOST)
                )

    def _receive(self, scene: Scene, received: Received) -> None:
        """A message that came in and was not recorded, for the list that shows it."""
        row, owner = received.row, received.owner
        if str(row["src"]).startswith("@"):
            sender = self._world.ensured(str(row["src"])[1:])
            self._world.sent(sender, f"@{owner}", html.escape(row["msg"], quote=False))
            return
        word = f"{row['kwd']} " if "kwd" in row else ""
        text = html.escape(html.unescape(f"{word}{row['msg']}"), quote=False)
        fields = {"from": row["src"], "msg": text, "recvnum": row["dst"]}
        scene.call_as("admin", op="inject", **fields)

    def _kept(self, exchange: Exchange) -> Iterator[str]:
        """In what the order that was just made is not what the note says of it."""
        wanted = stored(exchange.note)
        ids = [self._bindings.ours(Kind.SMSLOG, str(row.get("smslog_id"))) for row in exchange.rows]
        first = next((int(id) for id in ids if id), None)
        message = self._world.space.store.message(first) if first else None
        if wanted is not None and message is not None:
            messages = self._world.space.store.ordered(message.order.id)
            yield from deviations(wanted, messages, exchange.timestamp or 0)

    def _asked(self, exchange: Exchange) -> Answer:
        request, bindings = exchange.request, self._bindings
        counted = COUNTED.get(exchange.operation, Kind.SMSLOG)
        headers = [(name, value) for name, value in request.headers if name.lower() in PASSED_ON]
        if exchange.cookie:
            headers.append(("Cookie", f"PHPSESSID={bindings.session(exchange.cookie)}"))
        body = bindings.rewritten(request.body or "", counted)
        query = bindings.rewritten(request.query, counted)
        return self._world.ask(request.method, request.path, query, headers, body.encode())


def reworded(message: Message, text: str) -> Message:
    """The message with another text before its footer."""
    whole = text + message.order.text.removeprefix(SAID)
    return replace(message, order=replace(message.order, text=whole))
