"""The harness on trial: a wrong emulator, and what the suite noticed about it."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache

from conformance.bench import CLOCK, SEED, Bench
from conformance.judge import judged, listed
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
    """The requirements that the suite finds violated; `only` (ids) narrows what is judged, for speed."""
    with (
        emulated(seed=SEED, clock=CLOCK, name=miniature.name, wrap=miniature.app) as target,
        closing(Bench(target)) as bench,
    ):
        provider = miniature.breaks.partition("/")[0]
        files = sorted({file for one in only for file in _files(provider).get(one, ())})
        run = judged(bench, provider=provider, only=only, files=files)
    return frozenset(row.id for row in run.verdicts if row.verdict in UNMET)


@cache
def _files(provider: str) -> Mapping[str, frozenset[str]]:
    """Where the checks of each requirement stand."""
    return {
        one: frozenset(name.partition("::")[0] for name in names) for one, names in listed(provider).items()
    }
