"""SMSCs that are not ours: one that behaves is found to, one that does not breaks no check."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest

from conformance.accounts import SMPP34
from conformance.bench import Bench
from conformance.catalogue import catalogue
from conformance.judge import judged
from conformance.target import at
from conformance.verdict import OBSERVED, UNMET, Verdict
from emulator.app import running


@contextmanager
def hanging_up(*, after: int) -> Iterator[str]:
    """The address of one that ends every connection after so many octets, which are zeros."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.sendall(bytes(after))

    threading.Thread(target=serve, daemon=True).start()
    with listener:
        yield "smpp://{}:{}".format(*listener.getsockname())


def verdicts(address: str, only: Sequence[str], *, answer: float) -> dict[str, Verdict]:
    """What comes of judging an SMSC that is known by nothing but its address."""
    with closing(Bench(replace(at(address), answer=answer))) as bench:
        run = judged(bench, provider=SMPP34, only=only)
    return {row.id: Verdict(row.verdict) for row in run.verdicts}


def test_our_smsc_is_found_to_behave_by_who_does_not_know_it() -> None:
    areas = {row.area for row in catalogue() if row.provider == SMPP34}
    quick = sorted(areas - {"receipts"})  # those wait for silence

    with running(seed=1, rate=1000.0) as emulator:
        only = [f"{SMPP34}/{area}/*" for area in quick]
        found = verdicts(f"smpp://{emulator.smpp}", only, answer=3.0)

    assert {row: verdict for row, verdict in found.items() if verdict in UNMET | {Verdict.ERROR}} == {}
    assert len([verdict for verdict in found.values() if verdict is Verdict.BLOCKED]) < len(found) / 3


@pytest.mark.parametrize("after", [0, 3, 16])
def test_one_that_hangs_up_is_unmet_and_breaks_no_check(after: int) -> None:
    with hanging_up(after=after) as address:
        found = verdicts(address, ["smpp34/bind/*", "smpp34/framing/*"], answer=1.0)

    assert Verdict.ERROR not in found.values()
    assert found["smpp34/bind/transceiver"] is Verdict.FAILED
    assert len([verdict for verdict in found.values() if verdict in OBSERVED]) > 30
