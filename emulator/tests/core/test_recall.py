"""What was made of collections, remembered."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.core import recall
from emulator.core.kept import Resource
from emulator.core.recall import MOST, Recall
from emulator.tests.samples import NINE

PLACE = "isms", "demo", "pages"
STEPS = st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["kept", "even", "odd", "gone"])), max_size=25)


def a_resource(number: int, word: str) -> Resource:
    return Resource(
        provider="isms", account="demo", collection="pages", name=str(number), number=number,
        created_at=NINE, changed_at=NINE, fields={"word": word},
    )  # fmt: skip


def even(resources: Sequence[Resource]) -> list[Resource]:
    return [one for one in resources if one.fields["word"] == "even"]


@given(STEPS)
def test_a_selection_is_what_a_look_at_everything_finds(steps: list[tuple[int, str]]) -> None:
    memory, shelf = Recall(), dict[int, Resource]()

    for number, word in steps:
        one = a_resource(number, word)
        shelf.pop(number, None) if word == "gone" else shelf.update({number: one})
        memory.learn(PLACE, [one], gone=word == "gone")
        everything = [shelf[number] for number in sorted(shelf)]
        assert memory.selected(PLACE, "even", everything, even) == even(everything)


def test_many_changes_at_once_are_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recall, "MOST_LEARNT", 1)
    memory, one = Recall(), a_resource(1, "even")
    memory.selected(PLACE, "even", [one], even)

    memory.learn(PLACE, [one, a_resource(2, "even")])

    assert memory.selected(PLACE, "even", [], even) == []


def test_who_is_told_of_a_selection_cannot_spoil_it() -> None:
    memory, one = Recall(), a_resource(1, "even")

    memory.selected(PLACE, "even", [one], even).clear()

    assert memory.selected(PLACE, "even", [one], even) == [one]


def test_not_everything_is_remembered_forever() -> None:
    memory, made = Recall(), list[int]()

    for key in [*range(MOST + 1), 0]:
        memory.derived(PLACE, key, lambda key=key: made.append(key))  # type: ignore[misc]

    assert made == [*range(MOST + 1), 0]


def test_collections_do_not_mix() -> None:
    memory, one = Recall(), a_resource(1, "even")
    other = replace(one, account="guest")

    assert memory.selected(PLACE, "even", [one], even) == [one]
    assert memory.selected(("isms", "guest", "pages"), "even", [other], even) == [other]
