"""Several finished runs side by side: one line a requirement, and what is not the same everywhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from conformance.record import Judged, Run
from conformance.verdict import OBSERVED, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One run among others; `title` tells it from them."""

    title: str
    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A requirement in the words of the last run that has it; None where a run does not know it."""

    row: Judged
    sides: tuple[Judged | None, ...]

    @property
    def verdicts(self) -> tuple[str | None, ...]:
        return tuple(None if one is None else one.verdict for one in self.sides)

    @property
    def observed(self) -> list[Verdict]:
        """What the runs that found something out say; what nobody could observe has not moved."""
        return [Verdict(one) for one in self.verdicts if one in OBSERVED]

    @property
    def moved(self) -> bool:
        return len({*self.observed}) > 1

    @property
    def disabled(self) -> bool:
        """Nowhere asked for: there is nothing to see."""
        return set(self.verdicts) <= {Verdict.DISABLED, None}


def titled(runs: Sequence[Run], names: Sequence[str]) -> tuple[Side, ...]:
    """The shortest titles that tell the runs apart: the target, with its date, else with its file's name."""
    by_target = [run.header.target for run in runs]
    by_date = [f"{run.header.target}, {_moment(run.header.date)}" for run in runs]
    by_name = [f"{one}, {name}" for one, name in zip(by_date, names, strict=True)]
    numbered = [f"{number}: {one}" for number, one in enumerate(by_name, start=1)]
    titles = next(each for each in (by_target, by_date, by_name, numbered) if len({*each}) == len(runs))
    return tuple(Side(title=title, run=run) for title, run in zip(titles, runs, strict=True))


def lines(sides: Sequence[Side]) -> list[Line]:
    """A line for every requirement that a run knows, in the order of the last run."""
    found = [{row.id: row for row in side.run.verdicts} for side in sides]
    order = dict.fromkeys(name for rows in reversed(found) for name in rows)
    return [
        Line(
            row=next(rows[name] for rows in reversed(found) if name in rows),
            sides=tuple(rows.get(name) for rows in found),
        )
        for name in order
    ]


def moved(every: Iterable[Line]) -> dict[str, list[Line]]:
    """What is not the same in all runs, by what became of it from the first to the last."""
    groups: dict[str, list[Line]] = {"worse": [], "better": [], "to and fro": []}
    for line in every:
        if line.moved:
            groups[_direction(line)].append(line)
    return {name: group for name, group in groups.items() if group}


def once(every: Iterable[Line]) -> list[Line]:
    """What was observed in some of the runs and not in others: there is nothing to compare."""
    return [line for line in every if 0 < len(line.observed) < len(line.sides)]


def _direction(line: Line) -> str:
    order = list(Verdict)
    change = order.index(line.observed[-1]) - order.index(line.observed[0])
    return "to and fro" if change == 0 else "worse" if change > 0 else "better"


def providers(every: Iterable[Line]) -> dict[str, list[Line]]:
    return _grouped((line.row.provider, line) for line in every)


def areas(every: Iterable[Line]) -> dict[str, list[Line]]:
    return _grouped((f"{line.row.provider}/{line.row.area}", line) for line in every)


def _grouped(pairs: Iterable[tuple[str, Line]]) -> dict[str, list[Line]]:
    groups: dict[str, list[Line]] = {}
    for key, line in pairs:
        groups.setdefault(key, []).append(line)
    return groups


def _moment(date: str) -> str:
    """To the minute."""
    return date[:16].replace("T", " ")
