"""The columns behind `ds`, against a list that is filtered one by one."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from unittest.mock import patch

from hypothesis import example, given
from hypothesis import strategies as st

from emulator.core.model import Message
from emulator.providers.voipe import outgoing
from emulator.providers.voipe.columns import Block, stamp
from emulator.providers.voipe.outgoing import Filter, Handed, Outgoing
from emulator.providers.voipe.patterns import ending, part
from emulator.providers.voipe.progress import handed_over, written
from emulator.tests.samples import DEMO, NUMBER, a_draft, a_gateway, a_message, second

WAITS = st.tuples(
    st.text("123", min_size=1, max_size=9), st.sampled_from(["Demo", "demo", "Other"]), st.integers(0, 4)
)
"""A message: its number, its sender, and the second that it waits for."""

NUMBERS = st.none() | st.text("12_%x", min_size=1, max_size=8).filter(lambda text: text.strip("%"))
MOMENTS = st.none() | st.sampled_from(["09:0", "09:00:0_", "2026", "1999", "0%5", "5", "_"])
SENDERS = st.none() | st.sampled_from(["demo", "nobody"])

Asked = tuple[str | None, str | None, str | None, int]


@example([[("1", "Demo", 0)]], 1, [(None, "_1", None, 0)])
@given(
    batches=st.lists(st.lists(WAITS, max_size=12), min_size=1, max_size=4),
    rows=st.integers(1, 6),
    questions=st.lists(st.tuples(SENDERS, NUMBERS, MOMENTS, st.integers(0, 9)), min_size=5, max_size=5),
)
def test_columns_find_what_is_found_one_by_one(
    batches: Sequence[Sequence[tuple[str, str, int]]], rows: int, questions: Sequence[Asked]
) -> None:
    known: list[Message] = []
    handed = Handed()

    with patch.object(outgoing, "ROWS", rows):
        for now, batch in enumerate(batches):
            # some are listed before others of their second that came earlier
            made = [
                a_message(number, id=len(known) + place, first=len(known) + place, sender=sender,
                          scheduled_at=second(wait) if wait else None)
                for place, (number, sender, wait) in enumerate(batch, 1)
            ]  # fmt: skip
            known += made
            for message in made:
                handed.wait_for([message])
            handed.take_in(second(now))
        found = [list(handed.fitting(filter_for(asked))) for asked in questions]

    assert found == [one_by_one(known, asked, len(batches) - 1) for asked in questions]


def test_the_list_is_not_begun_anew_where_an_order_of_others_is_forgotten() -> None:
    gateway = a_gateway()
    order = gateway.send(DEMO, a_draft(NUMBER))
    listed = gateway.indexed(Outgoing)

    gateway.forget(DEMO, order.id)

    assert gateway.indexed(Outgoing) is listed


def filter_for(asked: Asked) -> Filter:
    sender, number, moment, after = asked
    return Filter(sender, ending(number) if number else None, part(moment) if moment else None, after)


def one_by_one(known: Sequence[Message], asked: Asked, now: int) -> list[int]:
    """The same without columns."""
    sender, number, moment, after = asked
    found = []
    for message in known:
        at = handed_over(message)
        assert at is not None
        either = [
            *([like(f"%{number}", message.recipient)] if number else []),
            *([like(f"%{moment}%", written(at))] if moment else []),
        ]
        fits = message.id > after and sender in (None, message.order.sender.lower())
        if at <= second(now) and fits and (any(either) or not either):
            found.append((-int(at.timestamp()), message.id))
    return [id for _, id in sorted(found)]


def like(pattern: str, text: str) -> bool:
    return fnmatchcase(text, pattern.replace("%", "*").replace("_", "?"))


def test_a_block_has_room_for_longer_numbers_when_they_come() -> None:
    block = Block(width=3)
    block.extend(0, [1, 2], ["1", "12"], "Demo")

    block.extend(1, [3], ["12345678901234567890"], "Demo")

    assert [list(block.to(ending(text))) for text in ("1", "2", "0")] == [[0], [1], [2]]


def test_a_pattern_of_many_parts_is_compared_in_no_time() -> None:
    block = Block()
    block.extend(0, list(range(2000)), ["1" * 20] * 2000, "Demo")

    found = [len(block.to(ending(f"{'%1' * 10}{end}"))) for end in ("%1", "%_1_1", "%_2", "%2_")]

    assert found == [2000, 2000, 0, 0]


def test_a_block_takes_so_many_senders() -> None:
    block = Block()

    for id in range(256):
        block.extend(0, [id], ["1"], str(id))

    assert (block.admits("0"), block.admits("256")) == (True, False)
    assert block.by([255, 10]) == [10, 255]


def test_a_second_is_written_as_lists_show_it() -> None:
    assert stamp(int(second(1).timestamp())) == b"2026-03-02 09:00:01\n"


def test_a_message_is_found_from_the_moment_on_that_it_was_handed_over() -> None:
    handed = Handed()
    handed.wait_for([a_message()])

    handed.take_in(second(0.5))
    before = handed.highest, list(handed.fitting(Filter()))
    handed.take_in(second(1))

    assert (before, handed.highest, list(handed.fitting(Filter()))) == ((0, []), 1, [1])
