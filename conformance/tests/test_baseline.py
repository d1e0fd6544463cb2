"""Known differences: what moved counts, both ways; what nobody saw has not moved."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from conformance.baseline import BaselineError, Movement, annotated, load, moved, rewritten
from conformance.catalogue import catalogue
from conformance.record import Judged, Known

OK = next(iter(catalogue())).id
REFUSED = Known(verdict="failed", reason="ticket 17")


def row(verdict: str, name: str = OK) -> Judged:
    return Judged(id=name, origin="seed", level="must", at="1", means="m", verdict=verdict, reason="came 'x'")


def test_a_known_difference_has_not_moved() -> None:
    assert moved([row("failed")], {OK: REFUSED}) == []


def test_a_new_failure_has_moved() -> None:
    assert moved([row("failed")], {}) == [Movement(OK, "met", "failed")]


def test_a_difference_that_went_away_has_moved_too() -> None:
    assert moved([row("met")], {OK: REFUSED}) == [Movement(OK, "failed", "met")]


def test_a_difference_that_became_another_has_moved() -> None:
    assert moved([row("warned")], {OK: REFUSED}) == [Movement(OK, "failed", "warned")]


@pytest.mark.parametrize("verdict", ["blocked", "disabled", "untested"])
def test_what_nobody_could_observe_has_not_moved(verdict: str) -> None:
    assert moved([row(verdict)], {OK: REFUSED}) == []
    assert moved([row(verdict)], {}) == []
    assert rewritten([row(verdict)], {OK: REFUSED}) == f'["{OK}"]\nverdict = "failed"\nreason = "ticket 17"\n'


def test_the_rewritten_file_expects_the_run(tmp_path: Path) -> None:
    rows = list(catalogue())
    run = [
        row("failed", rows[0].id),
        row("met", rows[1].id),
        row("differs", rows[2].id),
        row("met", rows[3].id),
    ]
    before = {rows[0].id: REFUSED, rows[1].id: REFUSED, rows[4].id: REFUSED}
    path = tmp_path / "baseline.toml"
    path.write_text(rewritten(run, before), encoding="utf-8")

    after = load(path, catalogue())

    assert moved(run, after) == []
    assert after == {
        rows[0].id: REFUSED,
        rows[2].id: Known(verdict="differs", reason="came 'x'"),
        rows[4].id: REFUSED,
    }


COMES_AND_GOES = Known(verdict="failed", reason="ticket 18", flaky=True)


@pytest.mark.parametrize("verdict", ["met", "failed"])
def test_what_is_known_to_come_and_go_has_moved_neither_way(verdict: str) -> None:
    assert moved([row(verdict)], {OK: COMES_AND_GOES}) == []
    assert "flaky = true" in rewritten([row(verdict)], {OK: COMES_AND_GOES})


def test_a_known_failure_that_became_flaky_has_moved(tmp_path: Path) -> None:
    flaky = replace(row("failed"), flaky=True)
    path = tmp_path / "baseline.toml"
    path.write_text(rewritten([flaky], {OK: REFUSED}), encoding="utf-8")

    assert moved([flaky], {OK: REFUSED}) == [Movement(OK, "failed", "failed (flaky)")]
    assert moved([flaky], load(path, catalogue())) == []


def test_reasons_survive_whatever_they_hold(tmp_path: Path) -> None:
    known = {OK: Known(verdict="failed", reason='says "ΟΚ" \\ \x7f\n and more \U0001f600')}
    path = tmp_path / "baseline.toml"
    path.write_text(rewritten([], known), encoding="utf-8")

    assert load(path, catalogue()) == known


def test_verdicts_carry_what_was_known() -> None:
    assert annotated([row("failed")], {OK: REFUSED})[0].known == REFUSED


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            '["isms/no/such"]\nverdict = "failed"\nreason = "x"\n',
            "b.toml: unknown requirement 'isms/no/such'",
        ),
        (
            f'["{OK}"]\nverdict = "failed"\n',
            f"b.toml: ['{OK}'] holds a verdict, a reason and maybe flaky, nothing else",
        ),
        (f'["{OK}"]\nverdict = "met"\nreason = "x"\n', f"b.toml: ['{OK}'] verdict is one of "),
        (f'["{OK}"]\nverdict = "failed"\nreason = " "\n', f"b.toml: ['{OK}'] needs a reason"),
        ("[", "b.toml: "),
    ],
)
def test_a_faulty_file_is_refused_in_one_line(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "b.toml"
    path.write_text(text)

    with pytest.raises(BaselineError) as fault:
        load(path, catalogue())

    assert str(fault.value).startswith(complaint)
    assert "\n" not in str(fault.value)
