"""One page for people who were not there: every requirement, and every exchange behind it."""

from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from conformance.drivers.curl import command
from conformance.places import TEMPLATES
from conformance.record import Check, Judged, Run, Said, exchange
from conformance.renderings.summary import counts
from conformance.tape import By
from conformance.verdict import MEANING

LONGEST = 6000  # characters of one half of an exchange; the record has the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An exchange as the page shows it; `curl` is empty where the target was the caller."""

    said: Said
    request: str
    response: str
    curl: str
    guilty: bool


def html(run: Run) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["marked"] = marked
    return environment.get_template("report.html").render(
        run=run,
        counts=counts(run.verdicts),
        meaning=MEANING,
        areas=_areas(run),
        origins=tuple(dict.fromkeys(row.origin for row in run.verdicts)),
        levels=tuple(dict.fromkeys(row.level for row in run.verdicts)),
        shown=shown,
    )


def shown(check: Check) -> list[Shown]:
    return [
        Shown(
            said=said,
            request=_readable(exchange(said).request),
            response=_readable(exchange(said).response),
            curl=command(exchange(said)) if said.by == By.HARNESS else "",
            guilty=number == check.guilty,
        )
        for number, said in enumerate(check.exchanges)
    ]


def marked(text: str) -> Markup:
    """Words between backticks as code; everything else escaped."""
    pieces = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if number % 2 else piece
        for number, piece in enumerate(pieces)
    )


def _areas(run: Run) -> dict[str, list[Judged]]:
    areas: dict[str, list[Judged]] = {}
    for row in run.verdicts:
        areas.setdefault(f"{row.provider}/{row.area}", []).append(row)
    return areas


def _readable(octets: bytes) -> str:
    """Octets as text: line ends as they are meant, anything that is no UTF-8 as an escape."""
    text = octets.decode(errors="backslashreplace").replace("\r\n", "\n")
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]}\n… {len(octets)} octets in all; the record has the rest"
