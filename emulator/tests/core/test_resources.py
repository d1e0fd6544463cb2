"""What providers keep for their customers: made, read, changed, taken away, and shown in pages."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from emulator.core.events import Change, Kind
from emulator.core.gateway import Gateway
from emulator.core.kept import Kept, Resource
from emulator.core.model import Login
from emulator.core.pages import Window
from emulator.core.refusals import Reason, Refused
from emulator.tests.samples import ANSWERS, DEMO, GUEST, NINE, NUMBER, Notes, a_draft, a_gateway, run, second

STRANGER = Login(provider="isms", name="demo", password="wrong")
PAGES = "pages"


def made(gateway: Gateway, *titles: str, login: Login = DEMO) -> list[Resource]:
    return gateway.resources.create(login, PAGES, [{"title": title} for title in titles], name=str)


def titles(resources: Any) -> list[str]:
    return [resource.fields["title"] for resource in resources]


def renamed(title: str) -> Any:
    return lambda before: {"title": title}


def refused(before: Resource | None) -> Mapping[str, Any]:
    raise Refused([Reason.BAD_SENDER])


def test_what_is_made_has_a_number_of_its_own_and_a_name_by_it() -> None:
    gateway = a_gateway()

    resources = made(gateway, "a", "b") + made(gateway, "c", login=GUEST)

    assert [(one.number, one.name, one.account) for one in resources] == [
        (1, "1", "demo"),
        (2, "2", "demo"),
        (3, "3", "guest"),
    ]
    assert gateway.resources.read(DEMO, PAGES, "2") == resources[1]
    assert {(one.created_at, one.changed_at) for one in resources} == {(NINE, NINE)}


def test_a_name_that_is_taken_makes_nothing() -> None:
    gateway = a_gateway()
    gateway.resources.put(DEMO, PAGES, "2", renamed("a"))

    with pytest.raises(Refused) as refusal:
        made(gateway, "b", "c")

    assert refusal.value.reasons == {Reason.TAKEN}
    assert titles(gateway.resources.every(DEMO, PAGES)) == ["a"]


def test_what_is_put_again_keeps_its_number_and_place() -> None:
    gateway = a_gateway()
    before, _ = made(gateway, "a", "b")
    gateway.clock.reach(second(5))

    after, new = gateway.resources.put(DEMO, PAGES, "1", renamed("z"))

    assert (new, after.number, after.created_at, after.changed_at) == (False, 1, NINE, second(5))
    assert before.fields == {"title": "a"}
    assert titles(gateway.resources.every(DEMO, PAGES)) == ["z", "b"]


def test_what_is_put_under_a_new_name_is_new() -> None:
    gateway = a_gateway()

    resource, new = gateway.resources.put(DEMO, PAGES, "home", lambda before: {"was": before})

    assert (new, resource.name, resource.fields) == (True, "home", {"was": None})


def test_a_change_that_is_refused_changes_nothing() -> None:
    gateway = a_gateway()
    made(gateway, "a")
    told = gateway.feed.last

    with pytest.raises(Refused):
        gateway.resources.put(DEMO, PAGES, "1", refused)

    assert titles(gateway.resources.every(DEMO, PAGES)) == ["a"]
    assert gateway.feed.last == told


def test_what_is_taken_away_is_unknown_and_its_number_is_never_used_again() -> None:
    gateway = a_gateway()
    made(gateway, "a", "b", "c")

    removed = gateway.resources.remove(DEMO, PAGES, "2")

    assert removed.fields == {"title": "b"}
    with pytest.raises(Refused) as refusal:
        gateway.resources.read(DEMO, PAGES, "2")
    assert refusal.value.reasons == {Reason.UNKNOWN_RESOURCE}
    assert titles(gateway.resources.every(DEMO, PAGES)) == ["a", "c"]
    assert made(gateway, "d")[0].number == 4


@pytest.mark.parametrize("login", [GUEST, Login(provider="isms", name="demo")], ids=["other", "nobody"])
def test_what_is_kept_is_known_to_its_own_account_only(login: Login) -> None:
    gateway = a_gateway()
    made(gateway, "a")

    for verb in (gateway.resources.read, gateway.resources.remove):
        with pytest.raises(Refused):
            verb(login, PAGES, "1")

    assert titles(gateway.resources.every(DEMO, PAGES)) == ["a"]


def test_an_empty_collection_has_an_empty_page() -> None:
    assert a_gateway().resources.page(DEMO, PAGES, Window()) == ([], 0)


def test_a_page_shows_a_part_in_order_and_tells_how_many_there_are() -> None:
    gateway = a_gateway()
    made(gateway, *"abcde")

    page = gateway.resources.page(DEMO, PAGES, Window(1, 2))
    newest = gateway.resources.page(DEMO, PAGES, Window(0, 2, newest_first=True))

    assert (titles(page.items), page.total) == (["b", "c"], 5)
    assert titles(newest.items) == ["e", "d"]


def test_all_may_be_changed_and_what_is_left_alone_stays_as_it_is() -> None:
    gateway = a_gateway()
    made(gateway, "a", "b", "c")
    gateway.clock.reach(second(5))

    changed = gateway.resources.change_all(
        DEMO, PAGES, lambda one: None if one.name == "2" else {"title": one.fields["title"] * 2}
    )

    assert titles(changed) == ["aa", "cc"]
    everything = gateway.resources.every(DEMO, PAGES)
    assert titles(everything) == ["aa", "b", "cc"]
    assert [one.changed_at for one in everything] == [second(5), NINE, second(5)]
    assert gateway.resources.read(DEMO, PAGES, "3").fields == {"title": "cc"}


def test_many_may_be_taken_away_at_once() -> None:
    gateway = a_gateway()
    made(gateway, *"abcd")

    removed = gateway.resources.remove_all(DEMO, PAGES, lambda one: one.number % 2 == 0)

    assert titles(removed) == ["b", "d"]
    assert titles(gateway.resources.every(DEMO, PAGES)) == ["a", "c"]


def test_every_change_is_told() -> None:
    gateway = a_gateway()
    made(gateway, "a", "b")
    gateway.resources.put(DEMO, PAGES, "1", renamed("z"))
    gateway.resources.remove(DEMO, PAGES, "2")

    told: list[Any] = [event.detail for event in gateway.feed.after(0) if event.kind is Kind.RESOURCE]

    assert [(change, one.name) for change, one in told] == [
        (Change.MADE, "1"),
        (Change.MADE, "2"),
        (Change.CHANGED, "1"),
        (Change.REMOVED, "2"),
    ]


class Blocking(Notes):
    """A provider that keeps who wrote, and says whether it was kept."""

    def consequences(self, inbound: Any, account: Any) -> Any:
        return [Kept(collection="blocked", name=inbound.sender, fields={"text": inbound.text})]

    def inbound(self, inbound: Any, account: Any, look: Any) -> Any:
        return [self._note("http://127.0.0.1:1/", f"kept {look('blocked', inbound.sender).fields['text']}")]


def test_what_a_handset_writes_may_leave_something_behind() -> None:
    gateway = a_gateway()
    gateway.agenda._reports = {"isms": Blocking()}
    gateway.send(DEMO, a_draft(ANSWERS))

    told = run(gateway, 10)
    gateway.receive("isms", "demo", ANSWERS, "smslab", "Sorry")

    assert told == ["kept STOP"]
    (blocked,) = gateway.resources.every(DEMO, "blocked")
    assert (blocked.name, blocked.fields, blocked.number) == (ANSWERS, {"text": "Sorry"}, 1)


def test_a_stranger_is_refused_by_every_verb() -> None:
    resources = a_gateway().resources

    for verb in (
        lambda: resources.create(STRANGER, PAGES, [], name=str),
        lambda: resources.put(STRANGER, PAGES, NUMBER, renamed("a")),
        lambda: resources.page(STRANGER, PAGES, Window()),
        lambda: resources.every(STRANGER, PAGES),
        lambda: resources.change_all(STRANGER, PAGES, lambda one: None),
        lambda: resources.remove_all(STRANGER, PAGES, lambda one: True),
    ):
        with pytest.raises(Refused) as refusal:
            verb()
        assert refusal.value.reasons == {Reason.BAD_CREDENTIALS}


class Looks(list[int]):
    """How many entries there were each time that somebody had to look."""

    def look(self, resources: Sequence[Resource]) -> int:
        self.append(len(resources))
        return len(self)


def test_what_was_made_of_a_collection_is_remembered_until_it_changes() -> None:
    gateway, looks = a_gateway(), Looks()
    made(gateway, "a", "b")

    def looked(key: str, login: Login = DEMO) -> int:
        return gateway.resources.derived(login, PAGES, key, looks.look)

    assert [looked("x"), looked("x"), looked("y"), looked("x", GUEST)] == [1, 1, 2, 3]
    gateway.resources.put(DEMO, PAGES, "1", renamed("c"))
    assert [looked("x"), looked("x", GUEST)] == [4, 3]
    gateway.resources.remove(DEMO, PAGES, "2")
    assert looked("x") == 5
    assert looks == [2, 2, 0, 2, 1]


def test_what_was_selected_is_followed_through_every_change() -> None:
    gateway = a_gateway()
    made(gateway, "a", "b", "a")

    def of_a() -> list[str]:
        found = gateway.resources.selected(
            DEMO, PAGES, "a", lambda all: [one for one in all if one.fields["title"] == "a"]
        )
        return [one.name for one in found]

    assert of_a() == ["1", "3"]
    gateway.resources.put(DEMO, PAGES, "2", renamed("a"))
    gateway.resources.put(DEMO, PAGES, "3", renamed("c"))
    made(gateway, "a", "d")
    assert of_a() == ["1", "2", "4"]
    gateway.resources.remove(DEMO, PAGES, "2")
    gateway.resources.change_all(DEMO, PAGES, lambda one: {"title": "a"} if one.name == "3" else None)
    assert of_a() == ["1", "3", "4"]
    gateway.resources.remove_all(DEMO, PAGES, lambda one: one.name != "4")
    assert of_a() == ["4"]
