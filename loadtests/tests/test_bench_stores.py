"""The benchmark of the stores: which rows it has, and what its targets bound."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # comes with Locust
import pytest

from loadtests.bench import stores
from loadtests.bench.processes import cpu_seconds
from loadtests.bench.sizes import Sizes, Tool
from loadtests.bench.stores import MEMORY, POSTGRESQL, SQLITE, TOGETHER, Spent, Way, figure
from loadtests.postgres import QUICK, Unavailable, postmaster, server
from loadtests.served import SERVE

TINY = Sizes(tool=Tool.OWN, seconds=0.1, rounds=1, connections=2, recipients=3, settle=0)


def spent(rate: float) -> Spent:
    return Spent(rates=[rate], messages=1_000, ours=0.5, database=0.25)


def test_without_a_server_memory_and_sqlite_are_measured_and_the_rest_says_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    @contextmanager
    def nowhere() -> Iterator[str]:
        raise Unavailable("no initdb here")
        yield ""

    monkeypatch.setattr(stores, "postgresql", nowhere)
    monkeypatch.setattr(stores, "SERVE", (*SERVE, "--rate", "1000"))  # nobody waits for receipts
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    rows = [*stores.stores(TINY)]

    assert Counter(row.what.partition(":")[0] for row in rows) == {"PostgreSQL": 1, "memory": 3, "SQLite": 3}
    assert [row.left_out for row in rows if row.what == "PostgreSQL"] == ["no initdb here"]
    assert all(row.value > 0 for row in rows if not row.left_out)


@pytest.mark.parametrize(
    ("one", "two", "reached"), [(700, 1_120, True), (700, 1_119, False), (1_000, 1_600, True)]
)
def test_two_processes_are_to_do_more_than_one(one: float, two: float, reached: bool) -> None:
    found = {(POSTGRESQL, Way.ALONE): spent(one), (TOGETHER, Way.ALONE): spent(two)}

    assert figure(TOGETHER, Way.ALONE, TINY, found).reached is reached


@pytest.mark.parametrize(
    ("kind", "way", "rate", "reached"),
    [
        (SQLITE, Way.ALONE, 1_200, True),
        (SQLITE, Way.ALONE, 1_199, False),
        (SQLITE, Way.BULK, 4_999, False),
        (SQLITE, Way.SMPP, 5_000, True),
        (POSTGRESQL, Way.ALONE, 699, False),
    ],
)
def test_a_store_is_bound_by_its_rate_however_quick_memory_is(
    kind: stores.Kind, way: Way, rate: float, reached: bool
) -> None:
    found = {(MEMORY, way): spent(50_000), (kind, way): spent(rate)}

    assert figure(kind, way, TINY, found).reached is reached


def test_only_of_a_server_of_ours_is_the_processor_time_told_apart() -> None:
    assert replace(spent(1), database=0.0).told == "processor time 500 µs"
    assert spent(1).told == "processor time 500 µs and 250 µs of the database"


def test_the_processes_of_a_server_of_ours_are_known_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SMSLAB_TEST_POSTGRES", raising=False)
    try:
        with server(*QUICK) as address:
            pid = postmaster(address)

            assert pid is not None
            assert psutil.Process(pid).name().startswith("postgres")
    except Unavailable as reason:
        pytest.skip(str(reason))

    assert postmaster(address) is None
    assert postmaster("postgresql://smslab@db.example/smslab") is None


def test_the_time_of_children_that_have_ended_counts() -> None:
    before = cpu_seconds(os.getpid())

    subprocess.run([sys.executable, "-c", "sum(range(2_000_000))"], check=True)

    assert cpu_seconds(os.getpid()) > before + 0.01
