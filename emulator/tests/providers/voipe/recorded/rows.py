"""Rows that somebody wrote into the database: messages sent, and messages received."""

from collections.abc import Sequence
from datetime import timedelta

from emulator.core.model import Message
from emulator.tests.providers.voipe.recorded import workers
from emulator.tests.providers.voipe.recorded.answers import moment
from emulator.tests.providers.voipe.recorded.bindings import Kind
from emulator.tests.providers.voipe.recorded.hindsight import Row
from emulator.tests.providers.voipe.recorded.scene import Scene

UNLISTED: Row = {
    "src": "", "dst": "", "msg": "", "dt": "2026-01-01 00:00:00", "status": "0",
    "update": "0000-00-00 00:00:00",
}  # fmt: skip
"""A message that nobody is ever shown."""


def sent_rows(scene: Scene, owner: str, *columns: str) -> None:
    """Messages of one queue that were written into the database: sent, and then made others."""
    rows = [columns[place : place + 5] for place in range(0, len(columns), 5)]
    messages = _some(scene, owner, len(rows))
    for message, (id, number, sender, at, status) in zip(messages, rows, strict=True):
        listed = scene.known.texts.get(("ds", id), {"msg": "", "update": at})
        row = {**listed, "dst": number, "src": sender, "dt": at, "status": status}
        _put(scene, workers.written(message, row), id)


def many_rows(scene: Scene, owner: str, count: str, first: str) -> None:
    """Messages one a minute; those that are listed say how all of them look."""
    ids = [str(int(first) + place) for place in range(int(count))]
    listed = {id: scene.known.texts["ds", id] for id in ids if ("ds", id) in scene.known.texts}
    newest, model = max(listed.items(), key=lambda entry: int(entry[0]), default=(first, UNLISTED))
    for message, id in zip(_some(scene, owner, len(ids)), ids, strict=True):
        at = moment(model["dt"]) - timedelta(minutes=int(newest) - int(id))
        row = listed.get(id, {**model, "dst": f"05{id:0>8}", "msg": id, "dt": f"{at:%Y-%m-%d %H:%M:%S}"})
        _put(scene, workers.written(message, row), id)


def keyword(scene: Scene, word: str, owner: str) -> None:
    scene.world.attribute(owner, keywords=" ".join({*scene.world.words(owner), word}))


def handled_row(scene: Scene, owner: str, id: str, sender: str, number: str, word: str, at: str) -> None:
    """A message that a keyword took, written into the database."""
    keyword(scene, word, owner)
    text = scene.known.texts.get(("in", id), {}).get("msg", "")
    scene.bindings.bind(Kind.INCOMING, id, scene.world.received(owner, sender, number, f"{word} {text}", at))


def inbox_row(scene: Scene, owner: str, id: str, like: str, sender: str, number: str, at: str) -> None:
    """The same message in somebody's inbox."""
    listed = scene.known.texts.get(("ix", id)) or scene.known.texts.get(("in", like), {})
    scene.bindings.bind(
        Kind.INBOX, id, scene.world.received(owner, sender, number, listed.get("msg", ""), at)
    )


def other_row(scene: Scene, _: str, id: str, kind: str) -> None:
    """What is nobody's lies with the administrator; what no list ever shows, nowhere."""
    row = scene.known.texts.get(("sx", id))
    if kind == "unhandled" and row is not None:
        ours = scene.world.received("admin", row["src"], row["dst"], row["msg"], row["dt"])
        scene.bindings.bind(Kind.INCOMING, id, ours)


def nothing_received(scene: Scene) -> None:
    scene.world.forget_received(lambda one: True)


def inbox_cleared(scene: Scene) -> None:
    """All inboxes are empty but for the entry that came last."""
    deleted = {one.id for one in scene.world.boxed()[:-1]}
    scene.world.forget_received(lambda one: one.id in deleted)


def _some(scene: Scene, owner: str, count: int) -> Sequence[Message]:
    """Messages of one call."""
    world = scene.world
    world.sent(world.ensured(owner), ",".join(map(str, range(1, count + 1))), "x")
    last = list(world.space.store.messages())[-1]
    return world.space.store.ordered(last.order.id)


def _put(scene: Scene, message: Message, id: str) -> None:
    scene.world.write(message)
    scene.bindings.bind(Kind.SMSLOG, id, str(message.id))
    if id in scene.known.queues:
        scene.bindings.bind(Kind.SECRET, scene.known.queues[id], scene.world.queue(message))
