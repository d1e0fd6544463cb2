"""The ring: what came together falls out one by one, as if it had come so."""

from collections import deque
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from emulator.core.ring import Ring


@dataclass(frozen=True)
class Letters:
    """A page of letters; its things are the letters with their numbers."""

    text: str

    def __len__(self) -> int:
        return len(self.text)

    def item(self, place: int, id: int) -> tuple[int, str]:
        return id, self.text[place]


pages = st.lists(st.tuples(st.text("abc", min_size=1, max_size=5), st.integers(0, 9)), max_size=12)


@given(pages, st.integers(1, 8), st.integers(0, 40))
def test_pages_fall_out_as_if_each_thing_had_come_alone(
    came: list[tuple[str, int]], bound: int, octets: int
) -> None:
    ring, alone = Ring[tuple[int, str]](bound, octets), deque[tuple[int, str, int]]()
    last = 0

    for text, each in came:
        ring.add(Letters(text), each)
        for letter in text:
            last += 1
            alone.append((last, letter, each))
        while len(alone) > bound or (sum(one[2] for one in alone) > octets and len(alone) > 1):
            alone.popleft()

    assert list(ring.since(0)) == [(id, letter) for id, letter, _ in alone]
    assert (ring.last, len(ring)) == (last, len(alone))


@given(pages, st.integers(0, 70))
def test_a_reader_gets_what_is_later(came: list[tuple[str, int]], after: int) -> None:
    ring = Ring[tuple[int, str]](10, 1000)

    for text, each in came:
        ring.add(Letters(text), each)

    assert list(ring.since(after)) == [one for one in ring.since(0) if one[0] > after]
    assert [one[0] for one in ring.since(0)] == list(range(ring.last - len(ring) + 1, ring.last + 1))


def test_a_ring_that_is_cleared_begins_anew() -> None:
    ring = Ring[tuple[int, str]](10, 1000)
    ring.add(Letters("abc"), 1)

    ring.clear()
    ring.add(Letters("d"), 1)

    assert list(ring.since(0)) == [(1, "d")]
