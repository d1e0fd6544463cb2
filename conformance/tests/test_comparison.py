"""Runs side by side: what moved, and in which direction."""

from pathlib import Path

import msgspec
import pytest

from conformance.record import Run, read
from conformance.renderings.comparison import Line, lines, moved, once, titled
from conformance.report import together
from conformance.verdict import Verdict

SMALL = Path(__file__).parent / "records" / "small.jsonl"


@pytest.fixture(scope="module")
def before() -> Run:
    return read(SMALL)


def changed(run: Run, **verdicts: str) -> Run:
    """The run with other verdicts, by the last part of an id; those that are empty are not known."""
    rows = [
        (row, verdicts.get(row.id.rpartition("/")[2].replace("-", "_"), row.verdict)) for row in run.verdicts
    ]
    kept = tuple(msgspec.structs.replace(row, verdict=verdict) for row, verdict in rows if verdict)
    return msgspec.structs.replace(run, verdicts=kept)


def dated(run: Run, target: str, date: str) -> Run:
    return msgspec.structs.replace(run, header=msgspec.structs.replace(run.header, target=target, date=date))


def names(groups: dict[str, list[Line]]) -> dict[str, list[str]]:
    return {name: [line.row.id for line in group] for name, group in groups.items()}


def test_the_same_run_twice_has_moved_nowhere(before: Run) -> None:
    assert moved(lines(titled([before, before], ["a", "b"]))) == {}


def test_what_moved_is_worse_or_better(before: Run) -> None:
    after = changed(before, no_credit="met", words="unsupported", long="failed", flash="blocked", empty="")

    groups = moved(lines(titled([before, after], ["a", "b"])))

    assert names(groups) == {
        "worse": ["isms/text/long", "isms/query/words"],
        "better": ["isms/send/no-credit"],
    }


def test_what_could_not_be_observed_has_not_moved(before: Run) -> None:
    every = lines(titled([before, changed(before, no_credit="blocked", ok="disabled", empty="")], ["a", "b"]))

    assert moved(every) == {}
    assert [line.row.id for line in once(every)] == ["isms/send/ok", "isms/send/no-credit", "isms/text/empty"]


def test_what_went_away_and_came_back_has_moved(before: Run) -> None:
    [line] = moved(lines(titled([before, changed(before, no_credit="met"), before], "abc")))["to and fro"]

    assert line.verdicts == (Verdict.FAILED, Verdict.MET, Verdict.FAILED)


@pytest.mark.parametrize(
    ("runs", "titles"),
    [
        ([("a", "2026-03-02T09:00:05Z"), ("b", "2026-03-02T09:00:05Z")], ["a", "b"]),
        (
            [("a", "2026-03-02T09:00:05Z"), ("a", "2026-03-03T09:00:05Z")],
            ["a, 2026-03-02 09:00", "a, 2026-03-03 09:00"],
        ),
        ([("a", "2026-03-02T09:00:05Z")] * 2, ["a, 2026-03-02 09:00, one", "a, 2026-03-02 09:00, two"]),
    ],
)
def test_runs_are_told_apart_in_few_words(
    before: Run, runs: list[tuple[str, str]], titles: list[str]
) -> None:
    sides = titled([dated(before, *one) for one in runs], ["one", "two"])

    assert [side.title for side in sides] == titles


def test_files_of_one_name_are_numbered(before: Run) -> None:
    assert [side.title[:2] for side in titled([before, before], ["run", "run"])] == ["1:", "2:"]


def test_the_page_and_the_markdown_show_both(before: Run, tmp_path: Path) -> None:
    after = dated(changed(before, no_credit="met"), "staging", before.header.date)

    page, text = (
        path.read_text(encoding="utf-8") for path in together([before, after], ["a", "b"], tmp_path)
    )

    assert text.startswith("# 1 of 11 requirements moved\n")
    assert "| requirement | says | sample &lt;gateway&gt; | staging |" in text
    assert "| `isms/send/no-credit` | The sentence behind isms/send/no-credit, with" in text
    assert text.rstrip().endswith("| failed | met |")
    assert 'data-verdict="failed met"' in page
    assert '<th scope="col">sample &lt;gateway&gt;</th><th scope="col">staging</th>' in page
