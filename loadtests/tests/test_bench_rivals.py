"""Others' servers beside ours: what is installed, what is left out and why, and how one is waited for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from loadtests.bench import rivals
from loadtests.bench.contenders import CONTENDERS
from loadtests.bench.installed import Lacking, of_npm, of_pip
from loadtests.bench.pressure import Answered
from loadtests.bench.rival import Command, Rival, started
from loadtests.bench.rivals import Entrant, compared
from loadtests.bench.row import cells
from loadtests.bench.sizes import Sizes, Tool
from loadtests.bench.throughput import Meter
from loadtests.failures import HarnessFailed
from loadtests.scenarios.template import MARKS, Request, cut

SERVER = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
class Saying(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"ID:" + self.path.encode())
HTTPServer(("127.0.0.1", int(sys.argv[1])), Saying).serve_forever()
"""


def saying(_: Path, port: int) -> Sequence[str]:
    return sys.executable, "-c", SERVER, str(port)


def rival(name: str = "it", command: Command = saying, sign: str = "ID:/send?to=306912345678") -> Rival:
    template = cut(Request(f"/send?to={','.join(MARKS)}"))
    return Rival(name=name, dialect="isms-http", installed=lambda _: command, template=template, sign=sign)


def test_one_that_accepts_a_message_has_started() -> None:
    with started(rival(), saying) as one:
        assert one.seconds > 0
        assert one.spent > 0
        assert one.requests.base.startswith("http://127.0.0.1:")


def test_one_that_ends_is_quoted() -> None:
    with (
        pytest.raises(HarnessFailed, match="it ended: no room"),
        started(rival(), lambda _folder, _port: (sys.executable, "-c", "raise SystemExit('no room')")),
    ):
        pass


def test_one_that_answers_something_else_did_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loadtests.bench.rival.READY_WITHIN", 0.0)

    with pytest.raises(HarnessFailed, match="it accepts no message"), started(rival(sign="OK"), saying):
        pass


def test_what_is_installed_is_not_installed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    package = tmp_path / "some-tool-1.2" / "node_modules" / "@some" / "tool"
    package.mkdir(parents=True)
    program = tmp_path / "tool[server]-3.4" / "bin" / "tool"
    program.parent.mkdir(parents=True)
    program.touch()

    assert of_npm(tmp_path, "@some/tool@1.2") == package
    assert of_pip(tmp_path, "tool[server]==3.4", "tool") == program


def test_without_npm_what_it_installs_is_lacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Lacking, match="npm is not installed"):
        of_npm(tmp_path, "tool@1.2")


def test_what_fails_to_install_is_lacking_in_the_words_of_the_installer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'no such version' >&2\nexit 1\n", "utf-8")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Lacking, match="npm failed: no such version"):
        of_npm(tmp_path, "tool@1.2")


@pytest.mark.parametrize("one", CONTENDERS, ids=lambda one: one.name)
def test_each_is_sent_the_number_with_nothing_else_left_open(one: Rival) -> None:
    request = one.template.request(("306912345678",))

    whole = f"{request.path} {request.body.decode()}"
    assert "306912345678" in whole
    assert "arrived" in whole
    assert not any(mark in whole for mark in MARKS)


def test_what_cannot_be_had_is_a_row_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(cache: Path) -> Command:
        raise Lacking("java is not installed")

    absent = Rival(name="Mock", dialect="isms-http", installed=lacking, template=rival().template, sign="")
    monkeypatch.setattr(rivals, "CONTENDERS", (absent,))
    monkeypatch.setattr(rivals, "ourselves", lambda *_: {})

    (row,) = rivals.over_http(Sizes(tool=Tool.OWN, rounds=1))

    assert cells(row)[:3] == ("rivals", "Mock", "left out: java is not installed")
    assert row.reached


def test_a_message_must_cost_less_than_that_of_the_other_by_a_fifth() -> None:
    def reached(ours: float, theirs: float) -> bool:
        rows = compared(rival(), entrant(ours), entrant(theirs))
        return {row.what: row for row in rows}["isms-http, messages/s per core"].reached

    assert reached(1.0, 1.21)
    assert not reached(1.0, 1.19)


def entrant(seconds: float) -> Entrant:
    """It took so many seconds for a thousand messages."""
    meter = Meter(pid=os.getpid(), press=lambda: Answered(answers=0, seconds=1))
    meter.answers, meter.seconds, meter.rates = 1000, seconds, [1.0]
    return Entrant(meter=meter, seconds=1, spent=1)
