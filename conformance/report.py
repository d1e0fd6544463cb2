"""Renderings of a finished run: each is a function of the record and nothing else."""

from collections.abc import Callable, Mapping
from pathlib import Path

from conformance.record import Run
from conformance.renderings.html import html
from conformance.renderings.junit import junit
from conformance.renderings.markdown import markdown

RENDERINGS: Mapping[str, Callable[[Run], str]] = {
    "report.html": html,
    "junit.xml": junit,
    "report.md": markdown,
}


def rendered(run: Run, out: Path) -> list[Path]:
    """Writes every rendering below `out` and names the files."""
    out.mkdir(parents=True, exist_ok=True)
    paths = [out / name for name in RENDERINGS]
    for path, rendering in zip(paths, RENDERINGS.values(), strict=True):
        path.write_text(rendering(run), encoding="utf-8")
    return paths
