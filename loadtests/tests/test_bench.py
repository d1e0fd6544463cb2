"""The benchmarks: their arithmetic, and one run so small that only its shape means anything."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from emulator import tuning
from loadtests.bench import __main__ as bench_main
from loadtests.bench import clock, dialects, empty, lists, machine, startup, stored, throughput
from loadtests.bench.hammer import hammered, requests
from loadtests.bench.numbers import recipients
from loadtests.bench.pressure import Answered, Requests
from loadtests.bench.row import Row, as_json, figure, markdown, plain
from loadtests.bench.sizes import Sizes, Tool
from loadtests.bench.subject import NAME, Bench
from loadtests.bench.throughput import Meter, in_turns, warmed
from loadtests.client import Control
from loadtests.failures import HarnessFailed
from loadtests.scenarios import OVER_HTTP
from loadtests.scenarios.template import MARKS, Request, cut
from loadtests.sending.receiver import content_length
from loadtests.served import Served, served

TINY = (
    *("--tool", "own", "--seconds", "0.1", "--rounds", "1", "--connections", "2", "--recipients", "3"),
    *(
        "--few",
        "10",
        "--many",
        "50",
        "--listed",
        "60",
        "--scheduled",
        "100",
        "--repeats",
        "1",
        "--settle",
        "0",
    ),
)


def row(value: float, **more: float) -> Row:
    return Row(part="send", what="send.php", value=value, unit="messages/s", beside_what="empty view", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("measured", "reached"),
    [
        (row(2000, at_least=2000), True),
        (row(1999, at_least=2000), False),
        (row(0.2, at_most=0.2), True),
        (row(0.21, at_most=0.2), False),
        (row(60, beside=100, at_least=0.6), True),
        (row(59, beside=100, at_least=0.6), False),
        (row(59, beside=0, at_least=0.6), False),
        (row(59, beside=10, at_least=60, bounds_value=True), False),
        (row(60, beside=1000, at_least=60, bounds_value=True), True),
        (row(1), True),
    ],
)
def test_a_target_bounds_the_ratio_where_there_is_one_and_the_value_otherwise(
    measured: Row, reached: bool
) -> None:
    assert measured.reached is reached


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (0.123456, "0.123"), (12.3456, "12.3"), (99.96, "100"), (2310.4, "2,310")]
)
def test_figures_show_three_digits_that_mean_something(value: float, text: str) -> None:
    assert figure(value) == text


def test_the_table_names_the_target_and_whether_it_was_reached() -> None:
    text = markdown([row(59, beside=100, at_least=0.6), row(1234.5, at_least=1000)], ["machine: this one"])

    assert text.splitlines() == [
        "| part | what | measured | beside it | ratio | target | reached |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        "| send | send.php | 59 messages/s | empty view: 100 | 59% | at least 60% | NO |",
        "| send | send.php | 1,234 messages/s |  |  | at least 1,000 messages/s | yes |",
        "",
        "- machine: this one",
    ]


def test_the_terminal_shows_the_same_rows() -> None:
    assert [line.split()[-1] for line in plain([row(1, at_most=2), row(3, at_most=2)])] == [
        "reached",
        "yes",
        "NO",
    ]


def test_the_json_has_the_judgement_beside_the_figures() -> None:
    (told,) = json.loads(as_json([row(59, beside=100, at_least=0.6)], []))["rows"]

    assert (told["value"], told["ratio"], told["target"], told["reached"]) == (
        59,
        0.59,
        "at least 60%",
        False,
    )


def test_recipients_are_all_different_and_all_delivered() -> None:
    numbers = [number for call in range(100) for number in recipients(call, 100)]

    assert len(set(numbers)) == 10_000
    assert {len(number) for number in numbers} == {12}
    assert {number[-4:] for number in numbers} & {f"{n}" for n in range(9001, 9014)} == {"9010"}


def test_the_stand_in_for_wrk_sends_numbers_of_its_own_in_every_request() -> None:
    made = requests("here:80", 2, cut(Request(f"/send?to={','.join(MARKS)}&x=1")))

    assert next(made) == b"GET /send?to=306900000000,306900000010&x=1 HTTP/1.1\r\nHost: here:80\r\n\r\n"
    assert next(made).startswith(b"GET /send?to=306900000020,306900000030&x=1 ")


def test_the_stand_in_for_wrk_posts_a_body_with_its_kind_and_length() -> None:
    made = requests("here:80", 2, cut(Request("/rpc", f"<{'>, <'.join(MARKS)}>".encode(), "text/xml")))

    head, _, body = next(made).partition(b"\r\n\r\n")

    assert head.split(b"\r\n") == [
        b"POST /rpc HTTP/1.1",
        b"Host: here:80",
        b"Content-Type: text/xml",
        b"Content-Length: 30",
    ]
    assert body == b"<306900000000>, <306900000010>"


def test_what_makes_the_requests_is_told_the_pieces_of_the_call() -> None:
    template = cut(Request("/rpc", f"<{'>, <'.join(MARKS)}>".encode(), "text/xml"))

    assert Requests(base="http://here", template=template, recipients=3).words == (
        *("3", "/rpc", "text/xml", ""),
        *("<", ">, <", ">"),
    )


def test_things_that_are_compared_take_turns_and_each_has_its_median() -> None:
    order = []

    def thing(name: str, figures: list[float]) -> Callable[[], float]:
        def once() -> float:
            order.append(name)
            return figures.pop()

        return once

    medians = in_turns(3, thing("a", [1, 9, 2]), thing("b", [30, 10, 20]), thing("c", [5, 5, 5]))

    assert "".join(order) == "abcabcabc"
    assert medians == [2, 20, 5]


def test_rounds_that_warm_up_do_not_count() -> None:
    order = list[str]()

    def meter(name: str) -> Meter:
        def press() -> Answered:
            order.append(name)
            return Answered(answers=1, seconds=1.0)

        return Meter(pid=os.getpid(), press=press)

    meters = [meter("a"), meter("b")]

    warmed(meters, 2)

    assert "".join(order) == "abab"
    assert [(one.answers, one.rates) for one in meters] == [(0, [])] * 2


def test_what_is_left_to_do_after_a_round_is_charged_to_it_and_not_to_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spent, left = [0.0], [0.0]

    def meter(afterwards: float) -> Meter:
        def press() -> Answered:
            spent[0] += 1.0
            left[0] += afterwards
            return Answered(answers=1, seconds=1.0)

        return Meter(pid=0, press=press, rest=rest)

    def rest() -> None:
        spent[0], left[0] = spent[0] + left[0], 0.0

    monkeypatch.setattr(throughput, "cpu_seconds", lambda _pid: spent[0])
    busy, light = meter(5.0), meter(0.0)

    in_turns(2, busy.rate, light.rate)

    assert (busy.seconds, light.seconds) == (12.0, 2.0)


@pytest.mark.parametrize("status", ["503 Service Unavailable", "302 Found", "404 Not Found"])
def test_the_stand_in_for_wrk_takes_no_refusal_for_an_answer(status: str) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 2\r\n\r\nno".encode())
        await reader.read()
        writer.close()

    async def pressing() -> None:
        async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            made = requests("here:80", 1, cut(Request(f"/send?to={','.join(MARKS)}")))
            await hammered("127.0.0.1", port, 1, 0.1, made)

    with pytest.raises(HarnessFailed, match=f"did not answer as it should: HTTP/1.1 {status}"):
        asyncio.run(pressing())


def test_the_length_of_an_answer_is_read_in_any_case() -> None:
    assert content_length(b"HTTP/1.1 200 OK\r\ncontent-Length: 13\r\nX: y") == 13


def test_the_yardstick_is_served_and_tuned_as_the_emulator_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tuned, served_with = list[str](), dict[str, object]()

    class Server:
        def __init__(self, name: str, **settings: object) -> None:
            served_with.update(settings)

        def serve(self, target_loader: Callable[[], object], *, wrap_loader: bool) -> None:
            target_loader()
            tuned.append("serving")

    monkeypatch.setattr(empty, "MPServer", Server)
    monkeypatch.setattr(empty, "announce", lambda port, ready: None)
    monkeypatch.setattr(empty, "tune_interpreter", lambda: tuned.append("tuned"))
    monkeypatch.setattr(sys, "argv", ["empty", "--ready-file", str(tmp_path / "ready.json")])

    empty.main()

    assert tuned == ["tuned", "serving"]
    assert (served_with["blocking_threads"], served_with["backlog"]) == (empty.THREADS, tuning.BACKLOG)


@pytest.mark.parametrize(("dialect", "left"), [("isms-http", "999999995.00"), ("iro-json", "999999999.65")])
def test_messages_are_counted_by_what_the_account_was_charged_for_each(
    monkeypatch: pytest.MonkeyPatch, dialect: str, left: str
) -> None:
    provider = OVER_HTTP[dialect].provider
    others = [
        {"provider": "other", "login": NAME, "credit": "7"},
        {"provider": provider, "login": "me", "credit": "7"},
    ]
    accounts = {"accounts": [*others, {"provider": provider, "login": NAME, "credit": left}]}
    monkeypatch.setattr(Control, "call", lambda _self, _method, _path: accounts)

    assert Bench(base="http://127.0.0.1:9", pid=0, dialect=dialect).taken() == 5


@pytest.fixture(scope="module")
def emulator() -> Iterator[Bench]:
    """One for all parts: starting it takes longer than they do."""
    with served() as server:
        yield Bench(base=server.http, pid=server.pid)


@pytest.fixture
def shared(emulator: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every part gets the same emulator, as if it were new; nobody looks whether the machine is busy."""

    @contextmanager
    def as_new() -> Iterator[Bench]:
        with Control(emulator.base) as control:
            control.call("POST", "/reset")
        emulator.declare()
        yield emulator

    for user in (clock, dialects, lists, stored, throughput):
        monkeypatch.setattr(user, "bench", as_new)
    for asking in (bench_main, machine):
        monkeypatch.setattr(asking, "busy", lambda: 0.0)


def run(*options: str) -> Result:
    result = CliRunner().invoke(bench_main.main, [*TINY, *options])
    assert result.exit_code in (0, 1), result.output
    return result


@pytest.mark.usefixtures("shared")
def test_a_tiny_run_has_every_row_and_both_files(tmp_path: Path) -> None:
    run("--only", "send,bulk,dialects,stored,lists,clock", "--out", str(tmp_path))

    told = json.loads((tmp_path / "bench.json").read_text("utf-8"))
    counted = Counter(row["part"] for row in told["rows"])
    assert counted == Counter(send=2, bulk=1, dialects=len(OVER_HTTP), stored=4, lists=3, clock=3)
    assert all(row["target"] and row["value"] >= 0 for row in told["rows"])
    beside = {row["what"]: row["beside"] for row in told["rows"] if row["part"] == "dialects"}
    assert beside["isms-soap, 10 to a call"] == pytest.approx(10 * beside["isms-http, 1 to a call"])
    assert [line.partition(":")[0].partition(" ")[0] for line in told["circumstances"]] == [
        "machine",
        "software",
        "requests",
        "others",
        "command",
    ]
    assert (tmp_path / "bench.md").read_text("utf-8").startswith("| part | what |")


def test_a_start_costs_what_the_processes_of_it_spent(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = Served(http="", smpp="", pid=os.getpid(), seconds=0.25, check=lambda: None)
    monkeypatch.setattr(startup, "served", lambda environment: nullcontext(ready))
    monkeypatch.setattr(startup, "HELP", (sys.executable, "-I", "-S", "-c", ""))

    first, second = startup.start(Sizes(tool=Tool.OWN, repeats=1))

    assert (first.what, first.note) == ("from start to ready", "0.25 s on the wall, 1 times")
    assert (second.what, 0 < second.value < 5) == ("smslab --help", True)


def test_an_unknown_part_is_answered_with_those_there_are() -> None:
    result = CliRunner().invoke(bench_main.main, ["--only", "lunch"])

    assert result.exit_code == 2
    parts = "send, bulk, dialects, stored, stores, lists, clock, start, rivals, growth, profile"
    assert parts in result.stderr


def test_the_help_names_the_parts_and_what_is_done_unasked() -> None:
    told = " ".join(CliRunner().invoke(bench_main.main, ["-h"]).stdout.split())

    assert "stores, lists, clock, start, rivals, growth, profile. [default: (all)]" in told
    assert "Rounds of each thing compared. [default: 3;" in told


def test_without_the_extra_it_says_so_in_one_line() -> None:
    bare = (
        "import runpy, sys; sys.modules |= {'locust': None, 'psutil': None}; "
        "runpy.run_module('loadtests.bench', run_name='__main__')"
    )

    done = subprocess.run([sys.executable, "-c", bare], capture_output=True, text=True, timeout=60)

    assert done.returncode == 3
    assert done.stderr == "smslab: Locust is not installed: pip install 'smslab[load]' brings it along\n"
