"""The harness on trial: a wrong emulator, and what the suite noticed about it."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from conformance.bench import CLOCK, SEED, Bench
from conformance.judge import judged
from conformance.target import Wrap, emulated
from conformance.verdict import UNMET


@dataclass(frozen=True, slots=True, kw_only=True)
class Miniature:
    """`app` gets the true emulator's WSGI application and answers a spoilt one, or one of its own.

    `breaks` is the requirement it offends; `says` is one line that tells what is wrong with it.
    """

    name: str
    breaks: str
    says: str
    app: Wrap


def unmet(miniature: Miniature, only: Sequence[str] = ()) -> frozenset[str]:
    """The requirements that the suite finds violated; `only` narrows what is judged, for speed."""
    with (
        emulated(seed=SEED, clock=CLOCK, name=miniature.name, wrap=miniature.app) as target,
        closing(Bench(target)) as bench,
    ):
        run = judged(bench, provider=miniature.breaks.partition("/")[0], only=only)
    return frozenset(row.id for row in run.verdicts if row.verdict in UNMET)
