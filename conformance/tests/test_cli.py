"""The commands as a user meets them: exit codes, and words that help."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conformance.catalogue import catalogue
from conformance.cli import check, report, requirements
from conformance.places import EXAMPLE_TARGET
from conformance.record import read
from conformance.tests.subjects import answering, nowhere
from conformance.verdict import Verdict

SMALL = Path(__file__).parent / "records" / "small.jsonl"
CREDITS = "isms/credits/*"
AS_IT_SHOULD_BE = {Verdict.MET, Verdict.SUPPORTED, Verdict.UNTESTED}


def judge(*arguments: str | Path) -> Result:
    return CliRunner().invoke(check, list(map(str, arguments)))


@pytest.fixture(scope="module")
def hello() -> Iterator[str]:
    """A server that answers `200 hello` to everything."""
    with answering(lambda target: b"hello") as address:
        yield address


@pytest.mark.parametrize("provider", catalogue().providers)
def test_our_emulator_meets_the_documents(provider: str, tmp_path: Path) -> None:
    result = judge("self", "--provider", provider, "--out", tmp_path)

    run = read(tmp_path / "run.jsonl")
    assert result.exit_code == 0, result.stdout
    assert {row.verdict for row in run.verdicts if row.verdict is not Verdict.DISABLED} <= AS_IT_SHOULD_BE
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "junit.xml",
        "report.html",
        "report.md",
        "run.jsonl",
    ]


def test_a_dead_address_is_told_in_one_line() -> None:
    result = judge(nowhere())

    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
    assert "nothing answers at http://127.0.0.1:" in result.stderr


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

    result = judge(hello, *some, "--out", tmp_path)

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
        (("self", "--provider", "acme"), "no such provider: acme; there are "),
        (("self", "--only", "isms/no/such"), "no requirement is like isms/no/such"),
        (("self", "--baseline", "missing.toml"), "missing.toml: No such file or directory"),
    ],
)
def test_wrong_usage_says_what_to_write(arguments: tuple[str, ...], words: str) -> None:
    result = judge(*arguments)

    assert result.exit_code == 2
    assert words in result.stderr


def test_a_baseline_excuses_what_it_knows_and_nothing_else(hello: str, tmp_path: Path) -> None:
    empty, full = tmp_path / "empty.toml", tmp_path / "full.toml"
    empty.write_text("")
    first = judge(hello, "--only", CREDITS, "--baseline", empty)
    full.write_text(first.stdout.partition("the baseline that would expect this run:\n")[2])

    again = judge(hello, "--only", CREDITS, "--baseline", full)
    better = judge("self", "--only", CREDITS, "--baseline", full)

    assert (first.exit_code, again.exit_code, better.exit_code) == (1, 0, 1)
    assert "isms/credits/reply: was met, is failed" in first.stdout
    assert "isms/credits/reply: was failed, is met" in better.stdout


def test_the_example_of_a_target_file_is_printed_whole() -> None:
    result = judge("--example")

    assert result.exit_code == 0
    assert result.stdout == EXAMPLE_TARGET.read_text(encoding="utf-8")


def test_requirements_are_listed_with_their_checks() -> None:
    result = CliRunner().invoke(requirements, [])

    first = next(iter(catalogue()))
    assert result.exit_code == 0
    assert result.stdout.startswith(
        f"{first.id}  ({first.level}, {first.origin})\n  {first.means}\n  {first.at}\n"
    )
    assert "  check: isms/test_" in result.stdout


def test_requirements_come_as_json_too() -> None:
    result = CliRunner().invoke(requirements, ["--json", "--provider", "isms"])

    rows = json.loads(result.stdout)
    assert [row["id"] for row in rows] == [row.id for row in catalogue() if row.provider == "isms"]
    assert set(rows[0]) == {
        "id",
        "provider",
        "origin",
        "level",
        "at",
        "means",
        "setting",
        "untestable",
        "checks",
    }


def test_a_finished_run_is_rendered(tmp_path: Path) -> None:
    result = CliRunner().invoke(report, [str(SMALL), "--out", str(tmp_path)])

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        str(tmp_path / name) for name in ("report.html", "junit.xml", "report.md")
    ]


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hello.jsonl"
    path.write_text("hello\n")

    result = CliRunner().invoke(report, [str(path)])

    assert result.exit_code == 2
    assert "line 1 is no line of a run" in result.stderr
