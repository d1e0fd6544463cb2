"""The commands `smslab requirements` and `report`."""

from pathlib import Path

import click
import msgspec

from conformance.judge import listed
from conformance.order import rows
from conformance.plainly import plainly
from conformance.record import read
from conformance.recorder import selected
from conformance.report import rendered, together


@click.command()
@click.option("--provider", metavar="NAME", help="List one provider only.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, one object a requirement.")
def requirements(provider: str | None, as_json: bool) -> None:
    """List what is demanded: id, level, origin, text, checks."""
    with plainly():
        found = selected(rows(provider), provider, ())
        checks = listed(provider)
    if as_json:
        listing = [msgspec.to_builtins(row) | {"checks": checks.get(row.id, [])} for row in found]
        click.echo(msgspec.json.format(msgspec.json.encode(listing), indent=2).decode())
        return
    for row in found:
        click.echo(f"{row.id}  ({row.level}, {row.origin})")
        click.echo(f"  {row.means}")
        click.echo(f"  {row.at}")
        for name in checks.get(row.id, []):
            click.echo(f"  check: {name}")
        if row.untestable:
            click.echo(f"  no check: {row.untestable}")


@click.command()
@click.argument(
    "runs", type=click.Path(path_type=Path, dir_okay=False), metavar="RUN.jsonl…", nargs=-1, required=True
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("out"), show_default=True
)
def report(runs: tuple[Path, ...], out: Path) -> None:
    """Render a finished run: HTML, Markdown, JUnit, CTRF, badges, SMPP statement.

    Several runs are put side by side instead, targets or dates, as HTML and Markdown: what moved.
    """
    with plainly():
        found = [read(path) for path in runs]
        paths = rendered(found[0], out) if len(found) == 1 else together(found, [*map(str, runs)], out)
    for path in paths:
        click.echo(path)
