"""How a space stands, beside what it remembers: its beginning, its seed and its clock."""

from datetime import datetime
from typing import NamedTuple


class Standing(NamedTuple):
    """`start` is how the space began, as JSON. Its clock stood at `now` when the wall's stood at `wall`."""

    start: str
    seed: int
    now: datetime
    rate: float
    wall: datetime
