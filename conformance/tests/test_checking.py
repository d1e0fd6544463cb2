"""The command that judges, as a user meets it: exit codes, and words that help."""

import gc
import logging
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conformance.catalogue import catalogue
from conformance.checking import check
from conformance.places import EXAMPLE_TARGET
from conformance.record import Check, exchange, read
from conformance.replay import constant
from conformance.tape import CONTROL
from conformance.tests.subjects import missing, mortal, nowhere
from conformance.verdict import Verdict
from emulator.app import running

SMALL = Path(__file__).parent / "records" / "small.jsonl"
CREDITS = "isms/credits/*"
AS_IT_SHOULD_BE = {Verdict.MET, Verdict.SUPPORTED, Verdict.UNTESTED}


@pytest.fixture(autouse=True)
def unburdened() -> None:
    """What thousands of tests before this one have left need not be searched for garbage over and over."""
    gc.freeze()


def judge(*arguments: str | int | Path) -> Result:
    return CliRunner().invoke(check, list(map(str, arguments)))


@pytest.mark.parametrize("provider", catalogue().providers)
def test_our_emulator_meets_the_documents(
    provider: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    result = judge("self", "--provider", provider, "--jobs", 1, "--out", tmp_path)

    run = read(tmp_path / "run.jsonl")
    assert result.exit_code == 0, result.stdout
    assert {row.verdict for row in run.verdicts if row.verdict is not Verdict.DISABLED} <= AS_IT_SHOULD_BE
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []
    kept = {path.name for path in tmp_path.iterdir()}
    assert {"run.jsonl", "report.html", "report.md", "junit.xml", "ctrf.json", "badge.svg"} <= kept


def test_a_dead_address_is_told_in_one_line() -> None:
    result = judge(nowhere())

    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
    assert "nothing answers at http://127.0.0.1:" in result.stderr


def test_a_server_that_dies_is_told_with_what_it_was_asked_last() -> None:
    replies = [b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"] * 8

    with mortal(*replies) as address:
        result = judge(address, "--only", "isms/http/*", "--once")

    assert result.exit_code == 3
    assert "the target was gone after isms/test_" in result.stderr


def test_a_server_that_says_hello_fails_readably(hello: str) -> None:
    result = judge(hello, "--only", "isms/credits/reply")

    assert result.exit_code == 1
    assert "FAILED  isms/credits/reply  (must, seed)" in result.stdout
    assert "  accepted  text that fits Credits:" in result.stdout
    assert "  came      'hello'" in result.stdout
    line = f"  request   curl -sSi '{hello}/api/http/credits.php?username=demo&password=demo'"
    assert line in result.stdout.splitlines()


def test_a_server_that_says_hello_is_never_mistaken_for_a_broken_harness(hello: str, tmp_path: Path) -> None:
    some = [f"--only={row}/*" for row in ("isms/send", "netoxygen/send", "ip1/send", "iro/sms", "voipe/pv")]

    result = judge(hello, *some, "--once", "--out", tmp_path)

    verdicts = {row.verdict for row in read(tmp_path / "run.jsonl").verdicts}
    assert result.exit_code == 1
    assert Verdict.FAILED in verdicts
    assert Verdict.ERROR not in verdicts
    assert "needs a control API, which the target does not have" in result.stdout


def test_a_run_that_observes_nothing_is_no_success(hello: str, tmp_path: Path) -> None:
    target = tmp_path / "mine.toml"
    target.write_text(
        f'[isms]\nhttp = "{hello}"\nusername_env = "HOME"\npassword_env = "HOME"\n'
        '[disabled]\n"isms/*" = "not bought"\n'
    )

    result = judge(target, "--only", CREDITS)

    assert result.exit_code == 3
    assert "disabled" in result.stdout
    assert "nothing could be observed" in result.stderr


def test_a_target_file_keeps_its_password_out_of_the_record(
    hello: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACME_PASSWORD", "s3cr&t")
    target = tmp_path / "mine.toml"
    target.write_text(f'[isms]\nhttp = "{hello}"\nusername_env = "HOME"\npassword_env = "ACME_PASSWORD"\n')

    result = judge(target, "--only", CREDITS, "--out", tmp_path / "out")

    kept = "".join(path.read_text() for path in (tmp_path / "out").iterdir()) + result.output
    assert "password=***" in kept
    assert "s3cr" not in kept


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("selv",), "no such target: selv; give 'self', http://host:port, smpp://host:port or a"),
        (
            ("http://127.0.0.1:1/sms?key=7",),
            "no such target: http://127.0.0.1:1/sms?key=7; give 'self', http://host:port, smpp://host",
        ),
        ((), "what is to be judged? give `self`, an address or a target file"),
        (("self", "--provider", "acme"), "no such provider: acme; there are "),
        (("self", "--smpp", "127.0.0.1:1"), "--smpp goes with an address of HTTP"),
        (("http://127.0.0.1:1", "--smpp", "2775"), "--smpp reads host:port, not 2775"),
        (("--replay", SMALL.with_name("missing.jsonl")), "missing.jsonl: No such file or directory"),
        (("--replay", f"{SMALL}#isms/no/such"), "no check or requirement isms/no/such"),
        (("self", "--only", "isms/no/such"), "no requirement is like isms/no/such"),
        (("self", "--skip", "isms/no/such"), "no requirement is like isms/no/such"),
        (("self", "--baseline", "missing.toml"), "missing.toml: No such file or directory"),
    ],
)
def test_wrong_usage_says_what_to_write(arguments: tuple[str | Path, ...], words: str) -> None:
    result = judge(*arguments)

    assert result.exit_code == 2
    assert words in result.stderr


def test_what_a_server_does_not_offer_is_left_out(hello: str, tmp_path: Path) -> None:
    result = judge(
        hello, "--only", "isms/credits/*", "--skip", "isms/credits/reply", "--out", tmp_path, "--once"
    )

    rows = {row.id: row for row in read(tmp_path / "run.jsonl").verdicts}
    assert (rows["isms/credits/reply"].verdict, rows["isms/credits/reply"].reason) == (
        "disabled",
        "left out (--skip)",
    )
    assert "disabled (1): left out (--skip)" in result.stdout


def test_what_a_server_evidently_lacks_can_be_left_out() -> None:
    with missing("/api/soap") as address:
        result = judge(address, "--only", "isms/credits/*", "--only", "isms/soap/fault*", "--once")

    assert "isms-soap: nothing is there, said every answer to " in result.stdout
    assert "  if that is meant so: --skip 'isms/soap/*'" in result.stdout
    assert "isms-http: " not in result.stdout


def test_a_stranger_has_no_spaces_for_several_processes(hello: str) -> None:
    result = judge(hello, "--only", CREDITS, "--jobs", 2)

    assert result.exit_code == 2
    assert "--jobs needs spaces, which keep checks apart; the target has none" in result.stderr


def test_several_processes_in_any_order_say_the_same_as_one(tmp_path: Path) -> None:
    judge("self", "--only", CREDITS, "--out", tmp_path / "one")
    judge("self", "--only", CREDITS, "--jobs", 2, "--shuffle", 5, "--out", tmp_path / "two")

    one, two = (read(tmp_path / name / "run.jsonl") for name in ("one", "two"))
    assert [(row.id, row.verdict, row.reason) for row in one.verdicts] == [
        (row.id, row.verdict, row.reason) for row in two.verdicts
    ]
    assert sorted(octets(check) for check in one.checks) == sorted(octets(check) for check in two.checks)


def octets(check: Check) -> tuple[str, list[tuple[bytes, bytes]]]:
    """What was said in a check, but for the addresses of this very run."""
    spoken = [exchange(said) for said in check.exchanges if said.surface != CONTROL]
    return check.id, [(constant(one.request), constant(one.response)) for one in spoken]


def test_a_baseline_excuses_what_it_knows_and_nothing_else(hello: str, tmp_path: Path) -> None:
    empty, full = tmp_path / "empty.toml", tmp_path / "full.toml"
    empty.write_text("")
    first = judge(hello, "--only", CREDITS, "--baseline", empty)
    full.write_text(first.stdout.partition("the baseline that would expect this run:\n")[2])

    again = judge(hello, "--only", CREDITS, "--baseline", full)
    better = judge("self", "--only", CREDITS, "--baseline", full)

    assert (first.exit_code, again.exit_code, better.exit_code) == (1, 0, 1)
    assert "isms/credits/reply: failed, expected met" in first.stdout
    assert "isms/credits/reply: met, expected failed" in better.stdout


def test_the_example_of_a_target_file_is_printed_whole() -> None:
    result = judge("--example")

    assert result.exit_code == 0
    assert result.stdout == EXAMPLE_TARGET.read_text(encoding="utf-8")


def test_a_login_that_an_smsc_never_takes_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMSLAB_SMPP_PASSWORD", "wrong")

    with running(rate=0.0) as emulator:
        result = judge(f"smpp://{emulator.smpp}", "--only", "smpp34/submit/*", "--once")

    assert "smpp: every bind was refused with RINVPASWD; is it the right name and password?" in result.stdout


def test_a_terminal_shows_three_checks_of_a_finding_and_counts_the_others(hello: str) -> None:
    result = judge(hello, "--only", "isms/http/addresses", "--once")

    assert result.stdout.count("\n  check     ") == 3
    assert "  and 4 checks more; `--out` keeps them all" in result.stdout


def test_what_is_disabled_leaves_nothing_in_the_progress(hello: str) -> None:
    result = judge(hello, "--only", "isms/smpp/*", "--only", CREDITS, "--once")

    assert "\nisms/test_credits" in result.stdout
    assert "\nisms/test_smpp" not in result.stdout
