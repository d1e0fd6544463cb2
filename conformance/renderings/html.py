"""One page for people who were not there: a matrix of requirements by target, every exchange behind it."""

from collections.abc import Sequence

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from conformance.places import TEMPLATES
from conformance.record import Run
from conformance.renderings.comparison import Line, Side, areas, lines, moved, once, providers
from conformance.renderings.evidence import packed
from conformance.renderings.summary import counts, headline
from conformance.verdict import MEANING, Verdict


def html(run: Run) -> str:
    return page([Side(title=run.header.target, run=run)])


def page(sides: Sequence[Side]) -> str:
    """One file that needs nothing from elsewhere, whatever the number of runs."""
    every = lines(sides)
    seen = [line for line in every if not line.disabled]
    unseen = [line for line in every if line.disabled]
    return (
        _environment()
        .get_template("report.html")
        .render(
            sides=sides,
            every=every,
            areas=areas(seen),
            disabled=_by_reason(unseen),
            providers=providers(every),
            moved=moved(every),
            once=once(every),
            totals=[counts(side.run.verdicts) for side in sides],
            verdicts=[
                verdict for verdict in reversed(Verdict) if any(verdict in one.verdicts for one in every)
            ],
            origins=tuple(dict.fromkeys(line.row.origin for line in every)),
            levels=tuple(dict.fromkeys(line.row.level for line in every)),
            meaning=MEANING,
            evidence=packed(sides, every),
        )
    )


def marked(text: str) -> Markup:
    """Words between backticks as code; everything else escaped."""
    pieces = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if number % 2 else piece
        for number, piece in enumerate(pieces)
    )


def spread(every: Sequence[Line], side: int) -> dict[Verdict, int]:
    """How the verdicts of one run are spread over these lines."""
    return counts(row for line in every if (row := line.sides[side]) is not None)


def _by_reason(every: Sequence[Line]) -> dict[tuple[str, str], list[Line]]:
    """Lines that nobody asked for, by provider and the first reason given."""
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in every:
        reason = next(one.reason for one in line.sides if one is not None)
        groups.setdefault((line.row.provider, reason), []).append(line)
    return groups


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"marked": marked, "headline": headline}
    environment.globals["spread"] = spread
    return environment
