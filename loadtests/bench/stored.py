"""What a full store costs: time per send, memory per message, octets of journal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from loadtests.bench.processes import resident, wait_until_quiet
from loadtests.bench.row import Row
from loadtests.bench.sizes import Part, Sizes
from loadtests.bench.subject import BATCH, Bench, bench
from loadtests.bench.throughput import in_turns
from loadtests.client import Control
from loadtests.scenarios.template import Request

JOURNAL = 10_000  # exchanges that the emulator keeps at most


def stored(sizes: Sizes) -> Iterator[Row]:
    """Two emulators take turns: one with many messages, one reset to a few before each of its rounds."""
    with bench() as full, bench() as nearly_empty:
        full.fill(sizes.few)
        in_bulk = octets_a_message(full, sizes, lambda: full.fill(sizes.many - sizes.few))

        def with_many() -> float:
            wait_until_quiet(full.pid, nearly_empty.pid, within=sizes.settle)
            return full.pressed(sizes).rate

        def with_few() -> float:
            with Control(nearly_empty.base) as control:
                control.call("POST", "/reset")
            nearly_empty.declare()
            nearly_empty.fill(sizes.few)
            wait_until_quiet(full.pid, nearly_empty.pid, within=sizes.settle)
            return nearly_empty.pressed(sizes).rate

        many, few = in_turns(sizes.rounds, with_many, with_few)
        # By now the journal is full, so that only messages add to the memory.
        alone = octets_a_message(full, sizes, lambda: [with_many() for _ in range(sizes.rounds)])
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
    for octets, how in ((in_bulk, f"{BATCH:,} to a call, {sizes.many:,} in all"), (alone, "each sent alone")):
        yield Row(
            part=Part.STORED, what=f"memory a message, {how}", value=octets / 1000, unit="kB", at_most=1.2
        )
    note = f"{dropped:,} fell out"
    yield Row(
        part=Part.STORED, what="exchanges in the journal", value=kept, unit="", at_most=JOURNAL, note=note
    )


def octets_a_message(emulator: Bench, sizes: Sizes, send: Callable[[], object]) -> float:
    """How much the process grew over some sending, for each message taken meanwhile."""
    wait_until_quiet(emulator.pid, within=sizes.settle)
    taken, held = emulator.taken(), resident(emulator.pid)
    send()
    wait_until_quiet(emulator.pid, within=sizes.settle)
    return max(0, resident(emulator.pid) - held) / max(1, emulator.taken() - taken)


def journal(emulator: Bench) -> tuple[int, int]:
    """Exchanges that the journal of the default space holds, and that fell out of it."""
    with Control(emulator.base) as control:
        text = control.exchange(Request("/_emulator/metrics")).text
    seen, dropped = (
        int(float(re.findall(rf'^{name}{{space="default"}} (\S+)$', text, re.MULTILINE)[0]))
        for name in ("smslab_exchanges", "smslab_exchanges_dropped")
    )
    return seen - dropped, dropped
