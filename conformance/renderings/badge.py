"""A badge: as the JSON that shields.io reads from an address, and drawn."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

import msgspec

from conformance.record import Run
from conformance.renderings.summary import counts, headline, observed
from conformance.verdict import Verdict

LABEL = "conformance"
COLOURS = {"brightgreen": "#2d8a4e", "yellow": "#a86400", "red": "#c2261c", "lightgrey": "#6b7280"}
WIDTH = 6.6  # of a letter of 11 px Verdana, on average; textLength makes up for the rest
GAP = 10  # px beside a text


def endpoint(run: Run) -> str:
    """https://shields.io/badges/endpoint-badge, schema version 1."""
    message, colour = told(counts(run.verdicts))
    found = {"schemaVersion": 1, "label": LABEL, "message": message, "color": colour}
    return msgspec.json.format(msgspec.json.encode(found), indent=1).decode() + "\n"


def badge(run: Run) -> str:
    message, colour = told(counts(run.verdicts))
    left, right = (round(len(text) * WIDTH) + GAP for text in (LABEL, message))
    title = escape(f"{LABEL}: {message}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" '
        f'aria-label="{title}"><title>{title}</title>\n'
        f'<clipPath id="r"><rect width="{left + right}" height="20" rx="3"/></clipPath>\n'
        f'<g clip-path="url(#r)"><rect width="{left}" height="20" fill="#444b57"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{COLOURS[colour]}"/></g>\n'
        '<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">\n'
        f"{_text(LABEL, left / 2, left)}\n{_text(message, left + right / 2, right)}\n</g></svg>\n"
    )


def told(found: Mapping[Verdict, int]) -> tuple[str, str]:
    """What a badge says, and its colour by the names that shields.io has."""
    if found.get(Verdict.ERROR) or not observed(found):
        return headline(found), "lightgrey"
    if found.get(Verdict.FAILED):
        return headline(found), "red"
    return headline(found), "yellow" if found.get(Verdict.WARNED) else "brightgreen"


def _text(text: str, middle: float, width: int) -> str:
    return f'<text x="{middle:g}" y="14" textLength="{width - GAP}">{escape(text)}</text>'
