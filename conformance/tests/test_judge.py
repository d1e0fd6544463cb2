"""A run of checks in this process: what ends up in it, and what is the harness's own fault."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from textwrap import dedent

import pytest

from conformance.address import opened
from conformance.bench import CLOCK, Bench
from conformance.judge import HarnessFault, judged, listed
from conformance.listeners import Manner
from conformance.record import Check
from conformance.tests.subjects import Answer, answering

FIXTURES = """
from conformance.checks.conftest import bench, place, tape, clock, control
from conformance.checks.isms.conftest import http, isms
"""

SLIP = """
from conformance.requirement import requirement

@requirement("isms/no/such")
def test_it(): pass
"""

SAMPLES = '''
from conformance.requirement import requirement
from conformance.verify import verify

@requirement("isms/credits/reply")
def test_a_thing_that_holds(isms):
    """The word comes."""
    verify(isms.credits().text).equals("hello")

@requirement("isms/send/reply")
def test_a_thing_that_does_not(isms):
    verify(isms.send(to="306900000000").text).equals("ID:1")

@requirement("isms/send/to")
def test_a_check_with_a_fault_of_its_own(isms):
    isms.send(to="306900000000").text.split(":")[1]

@requirement("isms/query/parameters")
def test_a_check_that_needs_more(isms, clock):
    clock.advance(60)
'''


DEAF = """
from conformance.requirement import requirement
from conformance.verify import verify

@requirement("isms/credits/reply")
def test_a_check_that_breaks_over_what_is_right(isms):
    text = isms.credits().text
    verify(text).equals("hello") if text == "bye" else text.split(":")[1]
"""

MANY = """
import pytest
from conformance.requirement import requirement

@pytest.mark.parametrize("number", range(9))
@requirement("isms/credits/reply")
def test_one_of_many(number): pass
"""


def changing(*replies: bytes) -> Answer:
    """One after the other; who looks for a control API gets none of them."""
    said = iter(replies)
    return lambda target: b"" if target.startswith("/_emulator") else next(said)


@contextmanager
def judging(answer: Answer) -> Iterator[Bench]:
    with (
        answering(answer) as address,
        opened(address, seed=1, clock=CLOCK) as target,
        closing(Bench(target)) as bench,
    ):
        yield bench


@pytest.fixture
def bench() -> Iterator[Bench]:
    with judging(lambda target: b"hello") as bench:
        yield bench


def folder(path: Path, name: str, text: str) -> Path:
    """A folder of checks; every module needs a name of its own in this process."""
    (path / "conftest.py").write_text(FIXTURES)
    (path / f"test_{name}.py").write_text(dedent(text))
    return path


def test_every_way_a_check_can_end_is_told_apart(bench: Bench, tmp_path: Path) -> None:
    heard: list[Check] = []

    run = judged(bench, checks=folder(tmp_path, "samples", SAMPLES), observer=heard.append)

    assert [(check.requirements[0], check.outcome) for check in run.checks] == [
        ("isms/credits/reply", "met"),
        ("isms/send/reply", "unmet"),
        ("isms/send/to", "error"),
        ("isms/query/parameters", "blocked"),
    ]
    assert [check.id for check in heard] == [check.id for check in run.checks]


def test_a_finding_names_check_expectation_and_exchange(bench: Bench, tmp_path: Path) -> None:
    run = judged(bench, checks=folder(tmp_path, "named", SAMPLES), only=["isms/send/reply"])

    (found,) = run.checks
    assert found.id == "test_named.py::test_a_thing_that_does_not"
    assert found.title == "a thing that does not"
    assert (found.accepted, found.actual, found.guilty) == (("'ID:1'",), "'hello'", 0)
    assert [(row.id, row.verdict) for row in run.verdicts] == [("isms/send/reply", "failed")]


def test_a_subject_that_contradicts_itself_is_told_with_both_answers(tmp_path: Path) -> None:
    with judging(changing(b"bye", b"hello")) as bench:
        some = folder(tmp_path, "flaky", SAMPLES)
        run = judged(bench, checks=some, only=["isms/credits/reply"], manner=Manner(more=True))

    (found,), (row,) = run.checks, run.verdicts
    assert (found.outcome, found.actual, found.flaky) == ("unmet", "'bye'", True)
    assert found.again is not None
    assert str(found.again.exchanges[0].response).endswith("hello")
    assert (row.verdict, row.flaky) == ("failed", True)
    assert row.reason == "came 'bye'; when asked again, as it should be"


def test_a_subject_that_stays_wrong_is_no_flaky_one(bench: Bench, tmp_path: Path) -> None:
    some = folder(tmp_path, "steady", SAMPLES)

    run = judged(bench, checks=some, only=["isms/send/reply"], manner=Manner(more=True))

    (found,), (row,) = run.checks, run.verdicts
    assert found.again is not None
    assert (found.again.outcome, row.verdict, row.flaky) == ("unmet", "failed", False)


def test_a_fault_of_the_harness_is_no_second_opinion(tmp_path: Path) -> None:
    some = folder(tmp_path, "second", DEAF)

    with judging(changing(b"bye", b"hello")) as bench:
        run = judged(bench, checks=some, manner=Manner(more=True))

    assert [(check.outcome, check.again, check.flaky) for check in run.checks] == [("unmet", None, False)]


def test_a_seed_shuffles_the_checks_in_the_same_way_every_time(bench: Bench, tmp_path: Path) -> None:
    some = folder(tmp_path, "many", MANY)

    plain, first, second, other = (
        [check.id for check in judged(bench, checks=some, manner=Manner(shuffle=seed)).checks]
        for seed in (None, 7, 7, 8)
    )

    assert first == second
    assert plain != first != other
    assert sorted(first) == sorted(plain)


def test_shares_are_parts_of_one_whole(bench: Bench, tmp_path: Path) -> None:
    some = folder(tmp_path, "shared", MANY)
    whole = [check.id for check in judged(bench, checks=some, manner=Manner(shuffle=7)).checks]

    shares = [
        [check.id for check in judged(bench, checks=some, manner=Manner(shuffle=7, share=(part, 2))).checks]
        for part in (0, 1)
    ]

    assert [whole[0::2], whole[1::2]] == shares


def test_a_fault_of_the_harness_says_where(bench: Bench, tmp_path: Path) -> None:
    run = judged(bench, checks=folder(tmp_path, "broken", SAMPLES), only=["isms/send/to"])

    assert run.checks[0].reason == "IndexError: list index out of range (test_broken.py, line 16)"


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("syntax", "def test_(:\n", "SyntaxError"),
        ("unknown", SLIP, "unknown requirement 'isms/no/such'"),
    ],
)
def test_checks_that_cannot_be_collected_are_told_in_one_line(
    bench: Bench, tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, text: str, complaint: str
) -> None:
    with pytest.raises(HarnessFault) as fault:
        judged(bench, checks=folder(tmp_path, name, text))

    assert complaint in str(fault.value)
    assert "\n" not in str(fault.value)
    assert capfd.readouterr() == ("", "")


def test_the_users_own_pytest_options_do_not_reach_the_checks(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")

    run = judged(bench, checks=folder(tmp_path, "options", SAMPLES), only=["isms/credits/reply"])

    assert run.verdicts[0].verdict == "met"


def test_checks_are_listed_by_requirement() -> None:
    checks = listed("isms")

    assert checks
    assert all(name.startswith("isms/test_") for names in checks.values() for name in names)
