"""What a full store costs: time per send, memory per message, octets of journal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loadtests.bench.processes import resident, wait_until_quiet
from loadtests.bench.row import Row
from loadtests.bench.sizes import Part, Sizes
from loadtests.bench.subject import Bench, bench
from loadtests.bench.throughput import in_turns
from loadtests.client import Control

JOURNAL = 10_000  # exchanges that the emulator keeps at most


def stored(sizes: Sizes) -> Iterator[Row]:
    """Two emulators take turns: one with many messages, one reset to a few before each of its rounds."""
    with bench() as full, bench() as nearly_empty:
        full.fill(sizes.few)
        wait_until_quiet(full.pid, within=sizes.settle)
        before = resident(full.pid)
        full.fill(sizes.many - sizes.few)
        wait_until_quiet(full.pid, within=sizes.settle)
        octets = (resident(full.pid) - before) / max(1, sizes.many - sizes.few)

        def with_many() -> float:
            wait_until_quiet(full.pid, nearly_empty.pid, within=sizes.settle)
            return full.messages_a_second(sizes)

        def with_few() -> float:
            with Control(nearly_empty.base) as control:
                control.call("POST", "/reset")
            nearly_empty.declare()
            nearly_empty.fill(sizes.few)
            wait_until_quiet(full.pid, nearly_empty.pid, within=sizes.settle)
            return nearly_empty.messages_a_second(sizes)

        many, few = in_turns(sizes.rounds, with_many, with_few)
        kept, dropped = journal(full)
    yield Row(
        part=Part.STORED,
        what=f"send.php with {sizes.many:,} messages stored",
        value=many,
        unit="messages/s",
        beside=few,
        beside_what=f"with {sizes.few:,} stored",
        at_least=0.90,
    )
    what = f"memory a message, {sizes.many:,} stored"
    yield Row(part=Part.STORED, what=what, value=octets / 1000, unit="kB", at_most=1.2)
    note = f"{dropped:,} fell out"
    yield Row(
        part=Part.STORED, what="exchanges in the journal", value=kept, unit="", at_most=JOURNAL, note=note
    )


def journal(emulator: Bench) -> tuple[int, int]:
    """Exchanges that the journal of the default space holds, and that fell out of it."""
    with Control(emulator.base) as control:
        text = control.text("/_emulator/metrics")
    seen, dropped = (
        int(float(re.findall(rf'^{name}{{space="default"}} (\S+)$', text, re.MULTILINE)[0]))
        for name in ("smslab_exchanges", "smslab_exchanges_dropped")
    )
    return seen - dropped, dropped
