"""A finding in lines, for terminals, JUnit, CTRF and Markdown alike."""

from pathlib import Path

import pytest

from conformance import console
from conformance.record import Check, Run, read
from conformance.renderings.story import Evidence, asked, story

RECORDS = Path(__file__).parent / "records"


@pytest.fixture(scope="module")
def smpp() -> Run:
    return read(RECORDS / "smpp.jsonl")


def check(run: Run, ending: str) -> Check:
    [found] = [one for one in run.checks if one.id.endswith(ending)]
    return found


def test_over_smpp_a_finding_shows_what_was_said_last_and_what_came_then(smpp: Run) -> None:
    line = asked(check(smpp, "too_long"))

    assert line.startswith("submit_sm, sequence 2, 91 octets: 0000005b00000004")
    assert line.endswith(
        " -> submit_sm_resp, ROK, sequence 2, 27 octets: "
        "0000001b8000000400000000000000023441375648415556564600"
    )


def test_over_http_it_is_a_line_for_a_shell() -> None:
    line = asked(check(read(RECORDS / "small.jsonl"), "is_refused[one more]"))

    assert line.startswith("curl -sSi 'http://gateway.example:8000/api/http/send.php?")


def test_a_line_that_is_too_long_says_where_it_is_whole(smpp: Run) -> None:
    assert asked(check(smpp, "too_long"), 20) == "submit_sm, sequence … (whole in the record)"


def test_what_no_exchange_shows_has_no_line(smpp: Run) -> None:
    assert asked(check(smpp, "is_asked_to_bind")) == ""


def test_a_story_tells_what_came_when_the_check_was_made_again(smpp: Run) -> None:
    row = next(row for row in smpp.verdicts if row.flaky)

    lines = list(story(row, Evidence(smpp).behind(row)))

    assert lines[:6] == [
        "smpp34/submit/length-over: sm_length 255 is refused with RINVMSGLEN.",
        "document: 5.2.21; 5.1.3, ESME_RINVMSGLEN",
        "",
        "check: smpp34/test_submit.py::test_a_text_of_255_octets_is_too_long (unmet, made again: met)",
        "  accepted: RINVMSGLEN",
        "  came ROK",
    ]


def test_the_terminal_says_what_is_flaky(smpp: Run) -> None:
    told = list(console.findings(smpp))

    assert "FAILED  smpp34/submit/length-over  (must, public, flaky)" in told
    assert "  again     it was as it should be" in told


def test_a_check_with_two_requirements_counts_for_both() -> None:
    run = read(RECORDS / "small.jsonl")
    evidence = Evidence(run)
    [shared] = [one for one in run.checks if len(one.requirements) == 2]

    rows = [row for row in run.verdicts if shared.id in row.checks]

    assert [row.id for row in rows] == ["isms/report/form", "isms/report/retry"]
    assert shared in evidence.behind(rows[0])
    assert shared in evidence.behind(rows[1])
