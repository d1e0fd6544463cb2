"""Renderings of finished runs: each is a function of the records and nothing else."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from conformance.record import Run
from conformance.renderings.badge import badge, endpoint
from conformance.renderings.comparison import Side, titled
from conformance.renderings.ctrf import ctrf
from conformance.renderings.html import html, page
from conformance.renderings.junit import junit
from conformance.renderings.markdown import compared, markdown
from conformance.renderings.pics import pics

RENDERINGS: Mapping[str, Callable[[Run], str]] = {
    "report.html": html,
    "report.md": markdown,
    "junit.xml": junit,
    "ctrf.json": ctrf,
    "badge.json": endpoint,
    "badge.svg": badge,
    "smpp34-pics.md": pics,
}
COMPARISONS: Mapping[str, Callable[[Sequence[Side]], str]] = {
    "comparison.html": page,
    "comparison.md": compared,
}


def rendered(run: Run, out: Path) -> list[Path]:
    """Writes every rendering that says something of the run below `out` and names the files."""
    return _written({name: rendering(run) for name, rendering in RENDERINGS.items()}, out)


def together(runs: Sequence[Run], names: Sequence[str], out: Path) -> list[Path]:
    """Several runs side by side; `names` tell apart what target and date do not."""
    sides = titled(runs, names)
    return _written({name: rendering(sides) for name, rendering in COMPARISONS.items()}, out)


def _written(texts: Mapping[str, str], out: Path) -> list[Path]:
    out.mkdir(parents=True, exist_ok=True)
    paths = {out / name: text for name, text in texts.items() if text}
    for path, text in paths.items():
        path.write_text(text, encoding="utf-8")
    return [*paths]
