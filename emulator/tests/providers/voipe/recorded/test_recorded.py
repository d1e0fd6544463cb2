"""The exchanges that a real playSMS 1.4.3 was recorded with, asked of the profile `upstream`.

`fixtures/recordings/voipe.jsonl` has an exchange a line, in the order in which they happened: `request`
and `response` as they went over the wire, `state` for what had been done before, `note` for what it is
about. Every answer has to be equal in its status, in the headers that the application sets, and in its body
to the octet. Only what a server chooses for itself may be another: identifiers, queues, tokens, keys and
sessions, as long as equal ones stay equal; moments, as long as they lie near.

`pytest emulator/tests/providers/voipe/recorded --recordings=PATH`, or SMSLAB_RECORDINGS, replays another file
of this kind, whole or in part, and tells at the end what differs.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from emulator.tests.providers.voipe.recorded.conftest import OURS, TOLD
from emulator.tests.providers.voipe.recorded.ledger import ledger, reasons
from emulator.tests.providers.voipe.recorded.reading import SEED
from emulator.tests.providers.voipe.recorded.replay import Result

LEDGER = OURS.with_name("voipe-ledger.toml")

TARGET = 0.95
"""The share of the operations that the provider's page names."""

SHOWN = 300
"""Characters of a difference that are told."""

Telling = Callable[[str, object], None]


def test_nearly_all_answers_of_the_documented_operations_are_equal_to_the_octet(
    results: Sequence[Result], recording: Path, record_property: Telling
) -> None:
    named = [result for result in results if result.exchange.operation in SEED]
    equal = [result for result in named if result.equal]

    for line in [*shares(results), *(details(results) if recording != OURS else [])]:
        record_property(TOLD, line)

    assert len(equal) >= TARGET * len(named)


def test_what_differs_is_in_the_ledger_and_nothing_else(results: Sequence[Result], recording: Path) -> None:
    if recording != OURS:
        pytest.skip("the ledger is of the recording that is kept here")
    listed = reasons(ledger(LEDGER).difference)

    differing = {result.exchange.id: result.differences for result in results if not result.equal}

    assert {id: found for id, found in differing.items() if id not in listed} == {}
    assert set(listed) - set(differing) == set()


def test_what_is_kept_of_a_message_is_what_its_note_says(results: Sequence[Result], recording: Path) -> None:
    if recording != OURS:
        pytest.skip("the ledger is of the recording that is kept here")
    listed = reasons(ledger(LEDGER).kept)

    differing = {result.exchange.id: result.kept for result in results if result.kept}

    assert {id: found for id, found in differing.items() if id not in listed} == {}
    assert set(listed) - set(differing) == set()


def test_every_word_of_a_state_is_understood(results: Sequence[Result], recording: Path) -> None:
    if recording != OURS:
        pytest.skip("words that are new are told at the end")

    assert {words for result in results for words in result.unknown} == set()


def shares(results: Sequence[Result]) -> list[str]:
    """How much was equal, and before how many exchanges something had to be taken from answers."""
    asked = Counter(result.exchange.operation for result in results)
    equal = Counter(result.exchange.operation for result in results if result.equal)
    believed = sum(result.believed for result in results)
    named = [operation for operation in asked if operation in SEED]
    each = " ".join(f"{operation} {equal[operation]}/{asked[operation]}" for operation in sorted(asked))
    return [
        f"recorded exchanges equal: documented operations {_share(equal, asked, named)}, "
        f"all {_share(equal, asked, [*asked])}, after taking something from answers {believed}",
        f"by operation: {each}",
    ]


def details(results: Sequence[Result]) -> list[str]:
    """Everything that differs, and the words that nobody understood."""
    differing = [result for result in results if not result.equal]
    told = [(one.exchange.id, one.exchange.operation, "; ".join(one.differences)) for one in differing]
    unknown = {f"not understood: {words}" for result in results for words in result.unknown}
    kept = (f"{one.exchange.id} kept otherwise: {'; '.join(one.kept)}" for one in results if one.kept)
    return [*(f"{id} {operation}: {found[:SHOWN]}" for id, operation, found in told), *kept, *sorted(unknown)]


def _share(equal: Counter[str], asked: Counter[str], operations: Sequence[str]) -> str:
    done, all = sum(equal[one] for one in operations), sum(asked[one] for one in operations)
    return f"{done}/{all} ({done / max(all, 1):.1%})"
