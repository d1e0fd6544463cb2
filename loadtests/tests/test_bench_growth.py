"""What grows, and where the time goes: rows of a run so small that only their shape means anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext

import pytest

from loadtests.bench import centres, growth, profile
from loadtests.bench.centres import Centre
from loadtests.bench.profile import of_parts
from loadtests.bench.shares import RATE, divided
from loadtests.bench.sizes import Sizes, Tool
from loadtests.bench.subject import Bench, call_of, under
from loadtests.bench.throughput import Meter
from loadtests.scenarios import OVER_HTTP

TINY = Sizes(tool=Tool.OWN, seconds=0.1, rounds=1, connections=2, sessions=3, spaces=2, settle=0)


@pytest.fixture(scope="module")
def centre() -> Iterator[Centre]:
    """One emulator for all of them: starting it takes longer than they do."""
    with centres.ours() as centre:
        yield centre


@pytest.fixture
def shared(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    def emulator() -> AbstractContextManager[Bench]:
        return nullcontext(Bench(base=centre.http, pid=centre.pid))

    for user in (growth, profile):
        monkeypatch.setattr(user, "bench", emulator)
    monkeypatch.setattr(centres, "ours", lambda: nullcontext(centre))


@pytest.mark.usefixtures("shared")
def test_recipients_sessions_and_spaces_grow() -> None:
    rows = {row.what: row for row in growth.growth(TINY)}

    assert list(rows) == [
        "a message, 1 to a call",
        "a message, 10 to a call",
        "a message, 100 to a call",
        "a message, 1,000 to a call",
        "a send beside 3 idle sessions",
        "memory of a session",
        "a send into one of 2 spaces",
        "a send into one of 100 spaces",
        "memory of a space, of 100",
    ]
    assert 0 < rows["a message, 1,000 to a call"].value < rows["a message, 1 to a call"].value


@pytest.mark.usefixtures("shared")
def test_every_dialect_has_a_profile_and_an_empty_view_stands_beside_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(profile, "profiler", lambda: None)
    monkeypatch.setattr("loadtests.bench.shares.profiler", lambda: None)

    *rows, empty, parts = profile.profile(TINY)

    assert [row.what.partition(",")[0] for row in rows] == list(OVER_HTTP)
    assert all("the event loop" in row.note and "other threads" in row.note for row in rows)
    assert empty.what == "an empty Flask view"
    assert parts.left_out == "pip install py-spy"


@pytest.mark.parametrize(
    ("paths", "what"),
    [
        (["granian/wsgi.py", "emulator/transports/http.py", "emulator/providers/isms/wire.py"], "provider"),
        (["granian/wsgi.py", "emulator/transports/http.py", "logging/__init__.py"], "front"),
        (["threading.py", "emulator/transports/pump.py", "emulator/core/agenda.py"], "steps that fall due"),
        (["threading.py"], "all else"),
    ],
)
def test_a_sample_belongs_to_the_innermost_part_unless_nobody_asked_for_it(
    paths: list[str], what: str
) -> None:
    stack = ";".join(f"call ({path}:1)" for path in paths)

    assert divided([f"{stack} 3"], profile.PARTS, profile.APART) == {what: 3}


def test_what_nobody_saw_in_python_is_spent_by_the_server_and_the_system() -> None:
    meter = Meter(pid=0, press=lambda: pytest.fail("nothing is pressed"))
    meter.seconds, seconds = 1.0, 2.0

    shares = of_parts(
        Counter({"core": RATE // 5, "front": RATE // 10}), Sizes(tool=Tool.OWN, seconds=seconds), meter
    )

    assert shares == pytest.approx({"core": 0.2, "front": 0.1, "server and system": 0.7})


@pytest.mark.parametrize("dialect", ["isms-http", "ip1"])
def test_a_call_to_a_space_goes_to_what_lies_under_its_path(dialect: str) -> None:
    request = call_of(dialect).request(("306912345678",))

    inside = under("/~there", call_of(dialect)).request(("306912345678",))

    assert inside == request._replace(path=f"/~there{request.path}")
