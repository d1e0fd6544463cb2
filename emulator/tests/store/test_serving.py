"""`--store` as a user meets it: what was accepted is there after a death, and a file is one emulator's."""

import json
import os
import select
import signal
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest
from click.testing import CliRunner

from emulator import settings
from emulator.app import running
from emulator.core.ports import StoreError
from emulator.execute import execute
from emulator.serve import serve
from emulator.settings import Misconfigured
from emulator.space import changed_world
from emulator.store.vault import opened
from emulator.tests.admin.listening import LONG
from emulator.tests.serving import Serving, serving

SEND = "/api/http/send.php?username=demo&password=demo&from=smslab&to=306912345678&message=Hello"


def kill(served: Serving) -> None:
    """End all of its processes without a word; a file is let go of when the last of them is gone."""
    ends = [os.pidfd_open(worker) for worker in served.workers]
    for end in ends:
        signal.pidfd_send_signal(end, signal.SIGKILL)
    served.process.kill()
    served.process.wait(LONG)
    for end in ends:
        assert select.select([end], [], [], LONG)[0]
        os.close(end)


def test_what_was_acknowledged_is_there_after_a_kill(tmp_path: Path, sqlite: str) -> None:
    with serving(tmp_path, "--clock", "2026-03-02T09:00:00Z", "--rate", "0", SMSLAB_STORE=sqlite) as first:
        answer = first.get(SEND)
        kill(first)

    with running(store=sqlite) as again:
        space = again.spaces[""]

        assert [message.recipient for message in space.store.messages()] == ["306912345678"]
        assert space.clock.rate == 0
    assert answer.startswith("ID:")


def test_a_file_in_use_is_refused_before_anything_listens(sqlite: str) -> None:
    with running(store=sqlite):
        done = CliRunner().invoke(serve, ["--port", "0", "--store", sqlite])

    assert done.exit_code == 2
    assert "another smslab has it" in done.output


def test_a_command_finds_what_another_one_left(sqlite: str) -> None:
    asked = f"u.urlopen(os.environ['SMSLAB_URL'] + {SEND!r}, timeout={LONG}).read()"
    fetch = f"import os, urllib.request as u; {asked}"
    done = [
        CliRunner().invoke(execute, ["--store", sqlite, "--seed", seed, "--", "python3", "-c", fetch])
        for seed in ("5", "6")
    ]

    with running(store=sqlite) as emulator:
        assert emulator.spaces[""].messages == 2
    assert [one.exit_code for one in done] == [0, 0]
    assert "store was used before" not in done[0].stderr
    assert (
        "its seed is 5;\n# --clock, --rate, --seed and the accounts of --world hold after" in done[1].stderr
    )


@pytest.mark.parametrize("kind", ["@standing", "@account", "@order", "strange"])
def test_what_this_smslab_did_not_write_is_told_and_the_file_let_go_of(sqlite: str, kind: str) -> None:
    opened(sqlite).close()
    with closing(connect(sqlite.removeprefix("sqlite:///"))) as database, database:
        row = ("", kind, "[]", '{"nonsense":1}')
        database.execute("INSERT INTO smslab_entries (space, kind, key, body) VALUES (?, ?, ?, ?)", row)

    for _ in range(2):
        with pytest.raises(StoreError, match="the default space cannot be read: "), running(store=sqlite):
            pass


@pytest.mark.parametrize(
    ("quirks", "profiles", "told"),
    [
        ({"isms": {"gone": True}}, {}, "quirks.isms: no switch 'gone'"),
        ({"gone": {}}, {}, "quirks.gone: no such provider"),
        ({}, {"isms": "gone"}, "profiles.isms: no profile 'gone'"),
    ],
)
def test_a_world_of_another_smslab_is_told_by_what_is_not_here(
    sqlite: str, quirks: dict[str, dict[str, Any]], profiles: dict[str, str], told: str
) -> None:
    with running(store=sqlite) as emulator:
        space = emulator.spaces["s"]
        space.start = replace(space.start, world=changed_world(space.start.world, quirks, profiles))
        space.stand()

    for _ in range(2):
        with pytest.raises(StoreError, match=f"space 's' cannot be read: {told}"), running(store=sqlite):
            pass


def test_what_is_wrong_with_a_world_that_was_given_is_not_told_of_the_store(sqlite: str) -> None:
    world = changed_world(settings.world(), {"isms": {"gone": True}})

    with (
        pytest.raises(Misconfigured, match=r"^quirks\.isms: no switch 'gone'"),
        running(store=sqlite, world=world),
    ):
        pass


@pytest.mark.parametrize("part", ["waitress.server.create_server", "asyncio.BaseEventLoop.create_server"])
def test_who_cannot_listen_lets_go_of_the_file(
    sqlite: str, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object, **named: object) -> None:
        raise OSError("no port is left")

    before = {*threading.enumerate()}
    with monkeypatch.context() as broken:
        broken.setattr(part, fail)
        with pytest.raises(OSError, match="no port is left"), running(store=sqlite):
            pass

    opened(sqlite).close()
    assert {*threading.enumerate()} <= before


def test_an_address_that_is_none_is_refused_in_one_line() -> None:
    with pytest.raises(StoreError, match="write memory"), running(store="nowhere"):
        pass


def test_a_space_that_could_not_begin_afresh_is_still_what_it_was(sqlite: str) -> None:
    from werkzeug.test import Client

    with running(store=sqlite) as emulator:
        client = Client(emulator.wsgi)
        client.put("/_emulator/spaces/s", json={"seed": 5})
        refused = client.put("/_emulator/spaces/s", json={"quirks": {"isms": {"nonsense": 1}}})
        client.put("/~s/_emulator/clock", json={"now": "2031-01-01T00:00:00Z"})

    with running(store=sqlite) as again:
        space = again.spaces["s"]
        assert (space.seed, space.clock.now().year) == (5, 2031)
    assert refused.status_code == 400


def test_a_database_that_fails_is_the_providers_500_and_the_next_call_is_answered(
    sqlite: str, monkeypatch: pytest.MonkeyPatch, defects: list[str]
) -> None:
    from werkzeug.test import Client

    from emulator.store.ledger import Ledger

    with running(store=sqlite, clock="2026-03-02T09:00:00Z", rate=0.0) as emulator:
        client = Client(emulator.wsgi)

        def full(self: Ledger, edits: object) -> None:
            raise StoreError("database or disk is full")

        with monkeypatch.context() as broken:
            broken.setattr(Ledger, "write", full)
            failed = client.get(SEND)
            asked = client.get("/_emulator/messages")
        answered = client.get(SEND)
        kept = json.loads(client.get("/_emulator/messages").text)

    assert (failed.status_code, asked.status_code, answered.status_code) == (500, 500, 200)
    assert kept["total"] == 2  # nobody was told of the first, but it happened
    assert len(defects) == 1
    defects.clear()
