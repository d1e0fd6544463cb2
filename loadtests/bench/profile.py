"""Where the processor time of a send goes: by threads as the system counts them, by parts as py-spy does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from loadtests.bench.pressure import pressed
from loadtests.bench.processes import family, wait_until_quiet
from loadtests.bench.row import Row
from loadtests.bench.shares import RATE, profiler, sampled, watched
from loadtests.bench.sizes import Part, Sizes
from loadtests.bench.subject import Bench, bench
from loadtests.bench.throughput import EMPTY, Meter
from loadtests.scenarios import OVER_HTTP
from loadtests.served import served

PROVIDER, JOURNAL, REQUEST = "provider", "journal and events", "addresses and Flask's request"

PARTS: Mapping[str, str] = {
    "emulator/transports/http": "front",
    "emulator/transports/web": REQUEST,
    "flask/": REQUEST,
    "werkzeug/": REQUEST,
    "emulator/providers": PROVIDER,
    "emulator/wire": PROVIDER,
    "emulator/core/journal": JOURNAL,
    "emulator/core/ring": JOURNAL,
    "emulator/core/events": JOURNAL,
    "emulator/core": "core",
    "emulator/store": "store",
    "granian/": "granian's Python",
}
APART: Mapping[str, str] = {"emulator/transports/pump": "steps that fall due"}
REST = "server and system"


def profile(sizes: Sizes) -> Iterator[Row]:
    with bench() as emulator, served(command=EMPTY) as empty:
        for dialect in OVER_HTTP:
            wait_until_quiet(emulator.pid, empty.pid, within=sizes.settle)
            yield looked_at(emulator.over(dialect), sizes)
        same = replace(emulator.requests(), base=empty.http)
        yardstick = Meter(pid=empty.pid, press=lambda: pressed(same, sizes))
        wait_until_quiet(emulator.pid, empty.pid, within=sizes.settle)
        yardstick.rate()
    yield row("an empty Flask view", yardstick.microseconds)
    if profiler() is None:
        yield Row(part=Part.PROFILE, what="shares of parts", value=0, unit="", left_out="pip install py-spy")


def looked_at(subject: Bench, sizes: Sizes) -> Row:
    """A round of sends in one dialect."""
    recipients = OVER_HTTP[subject.dialect].recipients
    meter = Meter(pid=subject.pid, press=lambda: subject.pressed(sizes, recipients))
    worker = family(subject.pid)[-1].pid
    before = by_threads(worker)
    with sampled(worker, sizes.seconds, PARTS, APART) as samples:
        meter.rate()
    threads = by_threads(worker) - before
    shares = {**of_threads(threads), **of_parts(samples, sizes, meter)}
    told = ", ".join(f"{what} {share:.0%}" for what, share in shares.items())
    return row(f"{subject.dialect}, {recipients} to a call", meter.microseconds * recipients, told)


def by_threads(pid: int) -> Counter[str]:
    """Nanoseconds of processor time so far, of the first thread and of all others."""
    spent = Counter[str]()
    for thread in Path("/proc", str(pid), "task").glob("*"):
        with suppress(OSError):  # it has ended
            whose = "the event loop" if thread.name == str(pid) else "other threads"
            spent[whose] += int((thread / "schedstat").read_text("ascii").split()[0])
    return spent


def of_threads(spent: Counter[str]) -> Mapping[str, float]:
    return {what: nanoseconds / spent.total() for what, nanoseconds in spent.items()}


def of_parts(samples: Counter[str], sizes: Sizes, meter: Meter) -> Mapping[str, float]:
    """Shares of the processor time: a sample is a moment at which the interpreter was held.

    On a busy machine it is also held by who waits for a core, so that the rest comes out too small.
    """
    spent = meter.seconds * RATE * watched(sizes.seconds) / sizes.seconds
    whole = max(spent, samples.total())
    shares = {what: many / whole for what, many in samples.most_common()}
    return {**shares, REST: 1 - sum(shares.values())} if shares else {}


def row(what: str, microseconds: float, note: str = "") -> Row:
    return Row(part=Part.PROFILE, what=what, value=microseconds, unit="µs a call", note=note)
