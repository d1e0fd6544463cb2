"""What a kept run found is tried again as it was: same place, same draws, same octets."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from conformance.checking import check
from conformance.judge import judged
from conformance.order import Order
from conformance.record import Run, read, written
from conformance.replay import constant, replayed
from conformance.tests.subjects import answering
from emulator.app import running


def judge(*arguments: str | Path) -> Result:
    return CliRunner().invoke(check, list(map(str, arguments)))


def kept(run: Run, folder: Path) -> str:
    path = folder / "run.jsonl"
    path.write_bytes(written(run.lines()))
    return str(path)


def test_as_many_calls_are_drawn_as_then_whatever_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMSLAB_STEPS", "9")
    heard = list[tuple[str | None, ...]]()

    def answer(_: str) -> bytes:
        heard.append(tuple(map(os.environ.get, ("SMSLAB_EXAMPLES", "SMSLAB_STEPS", "SMSLAB_OTHER"))))
        return b"hello"

    with answering(answer) as address, Order(address=address).bench() as bench:
        run = judged(bench, only=["isms/credits/reply"])
        drawn = {"SMSLAB_EXAMPLES": "7", "SMSLAB_OTHER": "x"}
        replayed(kept(replace(run, header=replace(run.header, drawn=drawn)), tmp_path))

    assert heard[-1] == ("7", None, None)
    assert (os.environ.get("SMSLAB_EXAMPLES"), os.environ["SMSLAB_STEPS"]) == (None, "9")


def test_an_smsc_that_was_named_apart_is_called_again(tmp_path: Path) -> None:
    with running() as emulator, answering(lambda _: b"hello") as address:
        with Order(address=address, smpp=emulator.smpp).bench() as bench:
            run = judged(bench, only=["smpp34/bind/transmitter"])
        again = replayed(f"{kept(run, tmp_path)}#smpp34/bind/transmitter")

    assert [check.outcome for check in again.checks] == ["met"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (b"GET /~check-abc/api HTTP/1.1", b"GET /~q2x4-defg/api HTTP/1.1"),
        (b"Host: 127.0.0.1:4711", b"Host: 127.0.0.1:815"),
        (b"a\r\nDate: Mon\r\nb", b"a\r\nDate: Tue\r\nb"),
        (b"demo@abcd2345\0", b"demo@wxyz6789\0"),
    ],
)
def test_what_no_two_runs_have_in_common_does_not_count(one: bytes, other: bytes) -> None:
    assert constant(one) == constant(other)


@pytest.mark.parametrize(
    ("one", "other"), [(b"ID:7", b"ID:8"), (b"joe@abcd2345", b"joe@wxyz6789"), (b"/sms/1", b"/sms/2")]
)
def test_everything_else_does(one: bytes, other: bytes) -> None:
    assert constant(one) != constant(other)


def test_a_failure_is_tried_again_with_the_same_octets(hello: str, tmp_path: Path) -> None:
    judge(hello, "--only", "isms/credits/reply", "--out", tmp_path)

    again = judge("--replay", f"{tmp_path / 'run.jsonl'}#isms/credits/reply", "--out", tmp_path / "again")
    elsewhere = judge("self", "--replay", tmp_path / "run.jsonl")

    assert (again.exit_code, elsewhere.exit_code) == (1, 0)
    assert [row.verdict for row in read(tmp_path / "again" / "run.jsonl").verdicts] == ["failed"]
    assert "then      unmet: came 'hello'" in again.stdout
    assert "now       unmet: came 'hello'" in again.stdout
    assert "octets    1 exchange, the same both ways" in again.stdout
    assert "now       met" in elsewhere.stdout
    assert "octets    the same were sent up to exchange 1, whose answer is another" in elsewhere.stdout


def test_a_kept_failure_says_how_to_try_it_again(hello: str, tmp_path: Path) -> None:
    result = judge(hello, "--only", "isms/credits/reply", "--out", tmp_path)

    assert f"smslab check --replay {tmp_path / 'run.jsonl'}#isms/credits/reply" in result.stdout
