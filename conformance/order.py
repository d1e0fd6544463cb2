"""A run as it was asked for on the command line, and how it is carried out."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace

import click

from conformance import console, jobs
from conformance.address import opened
from conformance.bench import CLOCK, SEED, Bench
from conformance.catalogue import Catalogue, catalogue
from conformance.judge import judged
from conformance.listeners import Manner
from conformance.record import Check, Run
from conformance.recorder import selected

AGAIN = Manner(more=True)
LEFT_OUT = "left out (--skip)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is judged (`address`), of which requirements, how. `jobs` is None where nobody said how many."""

    address: str
    smpp: str | None = None
    provider: str | None = None
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    seed: int = SEED
    clock: str = CLOCK
    jobs: int | None = None
    manner: Manner = AGAIN

    @contextmanager
    def bench(self) -> Iterator[Bench]:
        with opened(self.address, seed=self.seed, clock=self.clock, smpp=self.smpp) as found:
            left_out = dict.fromkeys(self.skip, LEFT_OUT)
            target = replace(found, disabled={**found.disabled, **left_out})
            with closing(Bench(target, seed=self.seed, clock=self.clock)) as bench:
                yield bench

    def processes(self, *, ours: bool) -> int:
        """One for a stranger, whose one world they would share; one where there is little to do."""
        if not ours and (self.jobs or 1) > 1:
            raise click.UsageError("--jobs needs spaces, which keep checks apart; the target has none")
        if self.jobs is not None:
            return self.jobs
        return 1 if self.only or not ours else jobs.cores()


def rows(provider: str | None, only: Sequence[str] = (), skip: Sequence[str] = ()) -> Catalogue:
    """The catalogue, seen to have what was asked for and what was left out."""
    found = catalogue()
    if provider is not None and provider not in found.providers:
        raise click.UsageError(f"no such provider: {provider}; there are {', '.join(found.providers)}")
    for pattern, among in (*((one, provider) for one in only), *((one, None) for one in skip)):
        if not selected(found, among, [pattern]):
            raise click.UsageError(f"no requirement is like {pattern}; `smslab requirements` lists them")
    return found


def carried_out(order: Order) -> Run:
    """The run, with its progress on the terminal."""
    with order.bench() as bench:
        click.echo(f"judging {bench.target.name}, seed {order.seed}, clock {order.clock}", nl=False)
        run = _judged(order, bench, _progress(shuffled=order.manner.shuffle is not None))
    click.echo("\n")
    return run


def _judged(order: Order, bench: Bench, observer: Callable[[Check], None]) -> Run:
    processes = order.processes(ours=bench.target.ours)
    if processes == 1:
        return judged(bench, provider=order.provider, only=order.only, observer=observer, manner=order.manner)
    return jobs.judged(
        bench, processes, provider=order.provider, only=order.only, observer=observer, manner=order.manner
    )


def _progress(*, shuffled: bool) -> Callable[[Check], None]:
    """Tells of every check as it ends; by files, unless they come in any order."""
    progress = console.Progress()

    def heard(check: Check) -> None:
        click.echo(progress.heard(check)[-1:] if shuffled else progress.heard(check), nl=False)

    if shuffled:
        click.echo()
    return heard
