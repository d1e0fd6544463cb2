"""Databases for the tests of stores."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.store.engines import engine_at
from loadtests.postgres import QUICK, Unavailable, server

TABLES = "smslab_entries, smslab_log, smslab_head, smslab_schema"


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """A PostgreSQL server; without one its tests are skipped."""
    try:
        with server(*QUICK) as url:
            yield url
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture
def postgres(server_url: str) -> str:
    """The address of a PostgreSQL database in which smslab never was."""
    engine = engine_at(server_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("SET lock_timeout = '60s'")  # whoever was left within a turn is told of
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {TABLES}")
    engine.dispose()
    return server_url


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    """The address of a SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path}/store"
