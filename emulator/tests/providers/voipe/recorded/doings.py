"""What states say that somebody has done: to accounts, to balances, and to the rows of the database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from hashlib import md5

from emulator.core.model import Message
from emulator.providers.voipe.people import NAME
from emulator.tests.providers.voipe.recorded import workers
from emulator.tests.providers.voipe.recorded.answers import moment
from emulator.tests.providers.voipe.recorded.bindings import Bindings, Kind
from emulator.tests.providers.voipe.recorded.hindsight import Hindsight
from emulator.tests.providers.voipe.recorded.reading import Exchange
from emulator.tests.providers.voipe.recorded.world import World


@dataclass(frozen=True, slots=True)
class Scene:
    """What a step may need: the world, what it is about to be asked, and what is known of the recording."""

    world: World
    bindings: Bindings
    known: Hindsight
    exchange: Exchange


def only_admin(scene: Scene) -> None:
    """Nobody else is there, which is how a world begins."""


def account(scene: Scene, name: str, *_: str) -> None:
    scene.world.ensured(name)


def removed(scene: Scene, name: str) -> None:
    scene.world.space.store.drop_account(NAME, name)


def subuser(scene: Scene, name: str, parent: str, credit: str = "") -> None:
    scene.world.attribute(name, level="4", parent=parent)
    if credit:
        balance(scene, name, credit)


def senders(scene: Scene, name: str, default: str, *approved: str) -> None:
    scene.world.change(name, senders=approved)
    scene.world.attribute(name, sender=default)


def balance(scene: Scene, name: str, credit: str) -> None:
    """Without a name it is the account that the exchange is about."""
    who = name or scene.exchange.given("data_username") or scene.exchange.user
    scene.world.balance(who, Decimal(credit or "0"))


def new_token(scene: Scene, name: str) -> None:
    """Nobody knows what it is now."""
    scene.world.change(name, key=md5(f"{name} {scene.exchange.id}".encode()).hexdigest())


def password(scene: Scene, name: str, word: str) -> None:
    scene.world.change(name, password=word)


def unbanned(scene: Scene, name: str, *_: str) -> None:
    scene.world.attribute(name, banned="")


def blocked(scene: Scene, number: str) -> None:
    _ask_as(scene, "admin", op="stoplist", **{"from": number})


def wrong_passwords(scene: Scene, name: str, count: str) -> None:
    """So many attempts with a wrong password, after one with the right one."""
    right_password(scene, name)
    for _ in range(int(count)):
        scene.world.call(op="get_token", u=name, p="wrong")


def right_password(scene: Scene, name: str = "") -> None:
    """What counts wrong ones begins anew."""
    found = scene.world.account(name or scene.exchange.user)
    if found is not None:
        scene.world.call(op="get_token", u=found.login, p=found.password)


def group(scene: Scene, owner: str, code: str, named: str, shared: str, *numbers: str) -> None:
    """A group with its members; who has the number already is the same contact."""
    row = scene.known.groups.get(code, {})
    name = named or row.get("group_name", code.title())
    world = scene.world
    if any(text.split("; ")[1:2] == [code] for text in world.ensured(owner).attributes.values()):
        return
    flag = str(row.get("flag_sender", "2" if shared else "0"))
    world.attribute(owner, **{f"group.{world.counted('group')}": f"{name}; {code}; {flag}"})
    left = list(numbers)
    for key, text in world.ensured(owner).attributes.items():
        parts = [part.strip() for part in text.split(";")]
        if key.startswith("contact.") and parts[1] in left:
            left.remove(parts[1])
            world.attribute(owner, **{key: f"{text} {code}"})
    for number in left:
        contact(scene, owner, number, "", code)


def contact(scene: Scene, owner: str, number: str, named: str, code: str = "") -> None:
    """A contact as it is listed somewhere; of who is never listed there is only the number."""
    rows = [row for row in scene.known.contacts if row["p_num"] == number and named in ("", row["p_desc"])]
    row = rows[0] if rows else {}
    if named and any(text.startswith(f"{named};") for text in scene.world.ensured(owner).attributes.values()):
        return
    text = "; ".join(
        (named or row.get("p_desc", number), number, row.get("email", ""), row.get("tags", ""), code)
    )
    scene.world.attribute(owner, **{f"contact.{scene.world.counted('contact')}": text})


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
    newest, model = max(listed.items(), key=lambda entry: int(entry[0]))
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
    scene.world.forget_received(keep=0)


def inbox_cleared(scene: Scene) -> None:
    """All inboxes are empty but for the entry that came last."""
    scene.world.forget_received(keep=1)


def _some(scene: Scene, owner: str, count: int) -> Sequence[Message]:
    """Messages of one call."""
    world = scene.world
    world.sent(world.ensured(owner), ",".join(map(str, range(1, count + 1))), "x")
    last = list(world.space.store.messages())[-1]
    return world.space.store.ordered(last.order.id)


def _put(scene: Scene, message: Message, id: str) -> None:
    store = scene.world.space.store
    with store.turn():
        store.replace(message)
    scene.bindings.bind(Kind.SMSLOG, id, str(message.id))
    if id in scene.known.queues:
        scene.bindings.bind(Kind.SECRET, scene.known.queues[id], scene.world.queue(message))


def _ask_as(scene: Scene, name: str, **fields: str) -> None:
    scene.world.call(u=name, h=scene.world.ensured(name).key, **fields)


DOINGS: Mapping[str, Callable[..., None]] = {
    doing.__name__: doing
    for doing in (
        only_admin, account, removed, subuser, senders, balance, new_token, password, unbanned, blocked,
        wrong_passwords, right_password, group, contact, sent_rows, many_rows,
        keyword, handled_row, inbox_row, other_row, nothing_received, inbox_cleared,
    )
}  # fmt: skip
"""What has to do with a scene."""

WORKERS: Mapping[str, Callable[[World], None]] = {
    worker.__name__: worker
    for worker in (
        workers.queue_worker, workers.queue_taken, workers.report_reader, workers.credit_worker,
        workers.workers, workers.last_failed,
    )
}  # fmt: skip
