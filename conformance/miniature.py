"""The harness on trial: a wrong emulator, and what the suite noticed about it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from conformance.accounts import SMPP34
from conformance.bench import CLOCK, SEED, Bench
from conformance.judge import judged, listed
from conformance.relay import Relay, Spoiling
from conformance.target import Target, Wrap, at, emulated
from conformance.verdict import UNMET

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


PATIENCE = 0.5
"""Seconds for an answer of who may be wrong by not answering."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Miniature:
    """`app` gets the true emulator's WSGI application and answers a spoilt one, or one of its own.

    `wire` spoils what passes over SMPP, where that is wrong. `breaks` is the requirement it offends; `says`
    is one line that tells what is wrong with it.
    """

    name: str
    breaks: str
    says: str
    app: Wrap = lambda app: app
    wire: Spoiling | None = None


class Stage:
    """One emulator, spoilt in one way after another: to start it for each takes as long as to judge it."""

    def __init__(self) -> None:
        self._address = ""
        self._shown: WSGIApplication
        self._true: WSGIApplication
        self._relay: Relay

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        return self._shown(environ, start_response)

    @contextmanager
    def open(self) -> Iterator["Stage"]:
        """For as long as the block lasts there is an emulator."""
        with emulated(seed=SEED, clock=CLOCK, wrap=self._around) as target:
            self._address, smsc = target.base, target.dialects[SMPP34].smpp
            assert smsc is not None
            with Relay(smsc).open() as self._relay:
                yield self

    @contextmanager
    def showing(self, miniature: Miniature) -> Iterator[Target]:
        """The emulator, wrong for as long as the block lasts; each check has a space of its own."""
        self._shown = miniature.app(self._true)
        if miniature.wire is not None:
            self._relay.spoil(miniature.wire)
        try:
            yield self._target(miniature)
        finally:
            self._shown = self._true

    def _target(self, miniature: Miniature) -> Target:
        if miniature.wire is None:
            return at(self._address, name=miniature.name)
        return replace(at(self._address, name=miniature.name, relay=self._relay.address), answer=PATIENCE)

    def _around(self, app: "WSGIApplication") -> "WSGIApplication":
        self._shown = self._true = app
        return self


def unmet(stage: Stage, miniature: Miniature, only: Sequence[str] = ()) -> frozenset[str]:
    """The requirements that the suite finds violated; `only` (ids) narrows what is judged, for speed."""
    with stage.showing(miniature) as target, closing(Bench(target)) as bench:
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
