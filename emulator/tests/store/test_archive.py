"""A whole space as JSON and back, to the last octet; and archives that no space could have written."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.core import sabotage
from emulator.core.contacts import Entry
from emulator.core.gateway import Gateway
from emulator.core.hlr import Question
from emulator.core.model import Coding, Limits, Login, Medium
from emulator.core.outcomes import Override
from emulator.core.overrides import KIND as OVERRIDE
from emulator.core.pages import Window
from emulator.core.pushes import Attempt, Result
from emulator.core.refusals import Reason
from emulator.core.sabotage import Effect, Fault
from emulator.store.archive import exported, imported
from emulator.store.memory import MemoryStore
from emulator.store.soundness import Inconsistent
from emulator.tests.samples import (
    ANSWERS,
    DEMO,
    EARLY,
    EXPIRES,
    NINE,
    NUMBER,
    OTHER,
    URL,
    Notes,
    a_draft,
    a_gateway,
    an_account,
    run,
    second,
)

RICH = an_account(
    credit=Decimal("3948.47"),
    senders=("smslab", "Καφές"),
    limits=Limits(submits_per_second=None),
    attributes={"inbound": URL, "colour": "blue"},
)
BOUNDLESS = an_account(login="guest", password="guest", credit=None)
KEYED = an_account(login="zoe", password="", key="k")


def a_world() -> Gateway:
    """A space in which there is something of every kind."""
    gateway = a_gateway(RICH, BOUNDLESS, KEYED)
    gateway.agenda._reports = {"isms": Notes((timedelta(minutes=1),))}
    gateway.send(DEMO, a_draft(EARLY, ANSWERS, text="Γεια 😀", coding=Coding.UCS2, flash=True, callback=URL))
    gateway.send(
        DEMO, a_draft(EXPIRES, scheduled_at=second(0.5), validity=timedelta(minutes=1, microseconds=1))
    )
    mail = a_draft("fail@example.org", medium=Medium.MAIL, route="smtp", extras={"subject": "Γεια"})
    gateway.send(Login(provider="isms", key="k"), mail)
    gateway.look_up(DEMO, Question(numbers=(NUMBER, "306900009003")))
    gateway.send(
        DEMO,
        a_draft(
            NUMBER,
            OTHER,
            texts={OTHER: ("Γεια", Coding.UCS2)},
            refusals={NUMBER: Reason.BLOCKED_RECIPIENT},
            on_delivery=True,
        ),
    )
    gateway.forget(DEMO, 2)
    gateway.resources.create(DEMO, "pages", [{"title": "Γεια", "views": 0}, {}], name=str)
    gateway.resources.put(DEMO, "pages", "1", lambda before: {"title": None, "links": ["a", {"b": 1.5}]})
    gateway.save_contact(DEMO, Entry(number=NUMBER, surname="Πάπα", comments='"\\'))
    early, also_early, *_ = gateway.agenda.fall_due(NINE)
    gateway.agenda.attempted([(early, Attempt(at=NINE, result=Result.ANSWERED, status=200, body="ok"))])
    gateway.agenda.attempted([(also_early, Attempt(at=NINE, result=Result.TIMEOUT))])
    gateway.store.put(OVERRIDE, (OTHER,), Override(number=OTHER, outcome="fails", left=2))
    fault = Fault(id="f", effect=Effect.REFUSE, reason=Reason.NO_CREDIT, times=3, share=0.5, met=2)
    gateway.store.put(sabotage.KIND, ("f",), fault)
    run(gateway, 4.25)
    return gateway


def archive(gateway: Gateway) -> bytes:
    assert isinstance(gateway.store, MemoryStore)
    return exported(gateway.store.snapshot(), seed=7, now=gateway.clock.now(), rate=60.0)


def again(octets: bytes) -> bytes:
    """The archive of the space that the archive makes."""
    restored = imported(octets)
    return exported(restored.state, seed=restored.seed, now=restored.now, rate=restored.rate)


def test_an_archive_names_its_version_seed_and_clock() -> None:
    document = json.loads(archive(a_world()))

    assert (document["smslab"], document["seed"], document["rate"]) == (1, 7, 60.0)
    assert document["now"] == "2026-03-02T09:00:04.250000Z"


def test_an_archive_is_written_as_before_there_were_several_processes() -> None:
    assert {"holder", "driven"}.isdisjoint(re.findall(r'"(\w+)":', archive(a_world()).decode()))


def test_words_of_one_moment_come_from_an_archive_as_they_were_written() -> None:
    gateway = a_gateway()
    gateway.receive("isms", "demo", NUMBER, "smslab", "one")
    gateway.send(DEMO, a_draft(NUMBER, text="two"))
    gateway.receive("isms", "demo", NUMBER, "smslab", "three")

    store = MemoryStore()
    store.restore(imported(archive(gateway)).state)

    words = a_gateway(store=store).correspondence(DEMO, NUMBER, None, Window()).items
    assert [one.text for one in words] == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("since", "written"), [(0, {}), (1, {"after": 2})], ids=["nothing since", "another at once"]
)
def test_what_came_before_a_handset_wrote_is_written_where_its_moment_does_not_tell(
    since: int, written: dict[str, int]
) -> None:
    gateway = a_gateway()
    gateway.send(DEMO, a_draft(NUMBER, OTHER))
    gateway.receive("isms", "demo", NUMBER, "smslab", "Hi")
    for _ in range(since):
        gateway.send(DEMO, a_draft(NUMBER))

    (row,) = (row for _, row in json.loads(archive(gateway))["records"]["inbound"])
    restored = imported(archive(gateway)).state.records["inbound"]

    assert {name: row[name] for name in ("after",) if name in row} == written
    assert restored == {(1,): gateway.store.get("inbound", (1,))}


def test_an_archive_holds_something_of_every_kind() -> None:
    document = json.loads(archive(a_world()))

    assert [account["login"] for account in document["accounts"]] == ["demo", "guest", "zoe"]
    assert [order["id"] for order in document["orders"]] == [1, 2, 3, 4]
    assert [message["id"] for message in document["messages"]] == [1, 2, 3, 4, 5, 6]
    assert sorted(document["records"]) == [
        "callback",
        "callback-finished",
        "contact",
        "fault",
        "forgotten-order",
        "inbound",
        "lookup",
        "override",
        "resource",
    ]
    assert {kind for _, kind, _ in document["agenda"]} == {"step", "push"}


def test_an_archive_of_older_days_lacks_what_had_no_name_then() -> None:
    document = json.loads(archive(a_world()))
    for order in document["orders"]:
        del order["medium"], order["route"], order["extras"]
    for account in document["accounts"]:
        del account["key"]

    restored = imported(json.dumps(document).encode())

    assert {message.order.medium for message in restored.state.messages} == {Medium.SMS}
    assert {account.key for account in restored.state.accounts.values()} == {""}


def test_a_space_survives_the_journey_to_the_last_octet() -> None:
    octets = archive(a_world())

    assert again(octets) == octets


def test_a_restored_store_is_equal_value_by_value() -> None:
    gateway = a_world()
    assert isinstance(gateway.store, MemoryStore)
    before, store = gateway.store, MemoryStore()

    store.restore(imported(archive(gateway)).state)

    assert list(store.messages()) == list(before.messages())
    assert [store.addressed(1, number) for number in (EARLY, ANSWERS)] == list(before.ordered(1))
    assert store.accounts() == before.accounts()
    for kind in ("callback", "callback-finished", "contact", "fault", "inbound", "lookup", "override"):
        assert store.values(kind) == before.values(kind)
    while (due := before.due(second(1e9))) is not None:
        assert store.due(second(1e9)) == due
    assert store.next_due() is None


def test_a_restored_space_hands_out_no_number_twice() -> None:
    restored = MemoryStore()
    restored.restore(imported(archive(a_world())).state)

    assert (restored.take("order"), restored.take("message"), restored.take("lookup")) == (5, 7, 2)


def test_what_comes_next_is_the_same_in_both_worlds() -> None:
    original = a_world()
    copy = a_gateway(RICH, BOUNDLESS)
    assert isinstance(copy.store, MemoryStore)
    copy.agenda._reports = {"isms": Notes((timedelta(minutes=1),))}
    copy.store.restore(imported(archive(original)).state)
    copy.clock.set(now=original.clock.now())

    assert run(copy, 3600) == run(original, 3600) != []
    assert archive(copy) == archive(original)


@given(
    orders=st.lists(st.lists(st.sampled_from([NUMBER, OTHER, EXPIRES]), min_size=1, max_size=3), max_size=4),
    text=st.text(max_size=80),
    pause=st.timedeltas(timedelta(0), timedelta(hours=50)),
    forgotten=st.booleans(),
)
def test_any_space_survives_the_journey(
    orders: list[list[str]], text: str, pause: timedelta, forgotten: bool
) -> None:
    gateway = a_gateway(an_account(credit=Decimal("1000.10")))
    for recipients in orders:
        if forgotten:
            gateway.store.forget_messages()
        gateway.send(DEMO, a_draft(*recipients, text=text, callback=URL))
        run(gateway, pause.total_seconds() / 4)
    octets = archive(gateway)

    assert again(octets) == octets


# What no space could have written

Change = Callable[[dict[str, Any]], object]

HERE = "2026-03-02T09:00:00"
"""A moment without its zone."""


def at_the_end(archive: Any) -> None:
    archive["orders"][0].update(accepted_at="9999-12-31T23:59:59Z")


def beyond(archive: Any) -> None:
    archive["messages"][0]["timetable"][-1][0] = "P2914000D"


def before_it_was_sent(archive: Any) -> None:
    archive["messages"][0]["timetable"][0][0] = "-P1D"


def empty_order(document: dict[str, Any]) -> None:
    document["orders"].append({**document["orders"][1], "id": 5, "size": 0})
    document["counters"]["order"] = 5


def same_number(document: dict[str, Any]) -> None:
    document["records"]["resource"][1][1]["number"] = 1


def twice(document: dict[str, Any], kind: str) -> None:
    document["records"][kind] += document["records"][kind]


def rekeyed(document: dict[str, Any], kind: str, key: list[str]) -> None:
    document["records"][kind][0][0] = key


def received_here(document: dict[str, Any]) -> None:
    document["records"]["inbound"][0][1]["received_at"] = HERE


def planned_here(document: dict[str, Any]) -> None:
    document["agenda"][0][0] = HERE


DAMAGE: list[tuple[str, Change]] = [
    ("$.smslab: this is version 2, only 1 can be read", lambda a: a.update(smslab=2)),
    ("Expected `datetime` with a timezone component - at `$.now`", lambda a: a.update(now=HERE)),
    ("$.now: clocks go from 1970 to 9000", lambda a: a.update(now="9999-01-01T00:00:00Z")),
    ("Expected `float` >= 0.0 - at `$.rate`", lambda a: a.update(rate=-1)),
    ("Object contains unknown field `more`", lambda a: a.update(more=1)),
    ("$.accounts: isms/demo is there twice", lambda a: a["accounts"].append(a["accounts"][0])),
    ("$.accounts: isms/demo.credit: NaN is no amount", lambda a: a["accounts"][0].update(credit="NaN")),
    ("$.accounts: isms/demo.credit: -1E+13 is no amount", lambda a: a["accounts"][0].update(credit="-1e13")),
    ("$.accounts: isms/demo.overdraft: -1 is no amount", lambda a: a["accounts"][0].update(overdraft="-1")),
    ("Expected `int` >= 0 - at `$.counters[...]`", lambda a: a["counters"].update(order=-1)),
    ("$.counters.order: 2 was handed out already", lambda a: a["counters"].update(order=1)),
    ("$.counters.message: 3 was handed out already", lambda a: a["counters"].update(message=2)),
    ("$.counters.lookup: 1 was handed out already", lambda a: a["counters"].pop("lookup")),
    ("$.counters.callback: 5 was handed out already", lambda a: a["counters"].update(callback=4)),
    ("$.counters.inbound: 1 was handed out already", lambda a: a["counters"].pop("inbound")),
    ("$.accounts: isms/zoe has the key of another", lambda a: a["accounts"][0].update(key="k")),
    ("$.orders: 2 follows 3", lambda a: a["orders"][0].update(id=3)),
    ("$.orders: 1.accepted_at: a moment needs its zone", lambda a: a["orders"][0].update(accepted_at=HERE)),
    ("$.orders: 1.accepted_at: moments go from 1970 to 9900", at_the_end),
    ("$.messages: 1.timetable goes beyond the calendar", beyond),
    ("$.messages: 1.timetable goes beyond the calendar", before_it_was_sent),
    ("$.orders: every order has a message", empty_order),
    ("$.records.resource: ['isms', 'demo', 'pages', '2'] has the number of another", same_number),
    ("$.counters.resource: 2 was handed out already", lambda a: a["counters"].update(resource=1)),
    ("$.orders: their sizes do not add up to the messages", lambda a: a["orders"][0].update(size=3)),
    ("$.orders: their sizes do not add up to the messages", lambda a: a["messages"].pop()),
    ("$.messages: 4 follows 1", lambda a: a["messages"][1].update(id=4)),
    ("$.messages: 1 belongs to order 9, which is not there", lambda a: a["messages"][0].update(order=9)),
    ("$.messages: 1 lies outside order 2", lambda a: a["messages"][0].update(order=2)),
    ("$.messages: 1 lies outside order 1", lambda a: a["orders"][0].update(first=2)),
    ("$.messages: 1.price: Infinity is no amount", lambda a: a["messages"][0].update(price="Infinity")),
    ("$.messages: 2.timetable does not run forward", lambda a: a["messages"][1]["timetable"].reverse()),
    ("$.messages: 1.timetable does not run forward", lambda a: a["messages"][0].update(timetable=[])),
    ("$.records.contact: ['isms', 'demo', '306912345678'] is there twice", lambda a: twice(a, "contact")),
    ("$.records.fault: ['g'] is not what its value is found by", lambda a: rekeyed(a, "fault", ["g"])),
    ("$.records.inbound: [1].received_at: a moment needs its zone", received_here),
    ("Expected `datetime` with a timezone component - at `$.agenda[0][0]`", planned_here),
]


@pytest.mark.parametrize(("says", "damage"), DAMAGE)
def test_an_inconsistent_archive_is_refused_with_its_place(says: str, damage: Change) -> None:
    document = json.loads(archive(a_world()))
    damage(document)

    with pytest.raises(Inconsistent) as refusal:
        imported(json.dumps(document).encode())

    assert str(refusal.value) == says


@pytest.mark.parametrize(
    ("octets", "says"),
    [
        (b"", "truncated"),
        (b"[]", "Expected `object`, got `array`"),
        (b"{}", "missing required field `smslab`"),
        (b"\xff", "malformed"),
        (b'{"records":{"contact":[[[],' + b"[" * 100_000, "recursion"),
    ],
    ids=["nothing", "an array", "an empty object", "no JSON", "a deep nest"],
)
def test_what_is_no_archive_is_refused(octets: bytes, says: str) -> None:
    with pytest.raises(Inconsistent, match=says):
        imported(octets)
