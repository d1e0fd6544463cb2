"""A PostgreSQL server for a while: that of SMSLAB_TEST_POSTGRES, or one of our own."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

INSTALLED = ("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt")
"""Where those who do not put it on the path have it."""

QUICK = ("-F", "-c", "full_page_writes=off", "-c", "shared_buffers=16MB", "-c", "max_connections=40")
"""Settings for a server that nothing is lost with."""


DATA = "data"


class Unavailable(Exception):
    """Why there is no server."""


@contextmanager
def server(*settings: str) -> Iterator[str]:
    """The address of a database, which is empty if it is ours. Raises Unavailable."""
    if given := os.environ.get("SMSLAB_TEST_POSTGRES"):
        yield given
        return
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    place = Path(mkdtemp(prefix="smslab-pg-"))
    who = _somebody(place)
    data = str(place / DATA)
    options = " ".join((*settings, "-c listen_addresses=", f"-k {place}"))
    try:
        _run(who, initdb, "--no-sync", "-A", "trust", "-U", "smslab", "-E", "UTF8", "--no-locale", "-D", data)
        _run(who, pg_ctl, "-D", data, "-w", "-o", options, "-l", f"{place}/log", "start")
        try:
            yield f"postgresql://smslab@/postgres?host={place}"
        finally:
            _run(who, pg_ctl, "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def postmaster(address: str) -> int | None:
    """The process that started all others of a server of ours; None where it is another's."""
    place = address.partition("?host=")[2]
    told = Path(place, DATA, "postmaster.pid")
    return int(told.read_text().splitlines()[0]) if place and told.is_file() else None


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        places = [path for top in INSTALLED for path in Path(top).glob(f"*/bin/{name}")]
        found = str(max(places)) if places else None
    if found is None:
        raise Unavailable(f"no {name} here, and SMSLAB_TEST_POSTGRES does not say where a server is")
    return found


def _somebody(place: Path) -> str | None:
    """The user to run it as: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return None
    shutil.chown(place, "nobody")
    return "nobody"


def _run(who: str | None, *command: str) -> None:
    done = subprocess.run(
        command, user=who, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    if done.returncode:
        raise Unavailable(f"{command[0]} fails: {done.stderr.strip().splitlines()[-1]}")
