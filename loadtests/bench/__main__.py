"""`python -m loadtests.bench`: all figures of the README's table, with their targets, in one run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from loadtests.bench.clock import clock
from loadtests.bench.dialects import dialects
from loadtests.bench.growth import growth
from loadtests.bench.lists import lists
from loadtests.bench.machine import busy, circumstances
from loadtests.bench.pressure import preferred
from loadtests.bench.profile import profile
from loadtests.bench.rivals import rivals
from loadtests.bench.row import Row, as_json, markdown, plain
from loadtests.bench.sizes import Part, Sizes, Tool
from loadtests.bench.startup import start
from loadtests.bench.stored import stored
from loadtests.bench.stores import stores
from loadtests.bench.throughput import bulk, send
from loadtests.failures import HarnessFailed
from loadtests.planning.values import made, several
from loadtests.program import HELP, program

PARTS: Mapping[Part, Callable[[Sizes], Iterator[Row]]] = {
    Part.SEND: send,
    Part.BULK: bulk,
    Part.DIALECTS: dialects,
    Part.STORED: stored,
    Part.STORES: stores,
    Part.LISTS: lists,
    Part.CLOCK: clock,
    Part.START: start,
    Part.RIVALS: rivals,
    Part.GROWTH: growth,
    Part.PROFILE: profile,
}
DEFAULT = Sizes(tool=preferred())


@click.command(context_settings=HELP)
@click.option(
    "--only",
    type=several(Part),
    metavar="PART,…",
    default=",".join(Part),
    show_default="all",
    help=f"Parts to run: {', '.join(Part)}.",
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for bench.json and bench.md."
)
@click.option("--tool", type=Tool, metavar="wrk|own", default=DEFAULT.tool, help="What makes the requests.")
@click.option("--seconds", type=click.FloatRange(0.1), default=DEFAULT.seconds, help="Length of a round.")
@click.option(
    "--rounds", type=click.IntRange(1), default=DEFAULT.rounds, help="Rounds of each thing compared."
)
@click.option("--connections", type=click.IntRange(1), default=DEFAULT.connections, help="Kept alive.")
@click.option("--recipients", type=click.IntRange(1), default=DEFAULT.recipients, help="Of a bulk call.")
@click.option("--few", type=click.IntRange(1), default=DEFAULT.few, help="Messages in a nearly empty store.")
@click.option("--many", type=click.IntRange(1), default=DEFAULT.many, help="Messages in a full store.")
@click.option("--listed", type=click.IntRange(1), default=DEFAULT.listed, help="Entries of a long list.")
@click.option("--scheduled", type=click.IntRange(1), default=DEFAULT.scheduled, help="Messages that wait.")
@click.option("--sessions", type=click.IntRange(1), default=DEFAULT.sessions, help="Of SMPP, that are idle.")
@click.option("--spaces", type=click.IntRange(1, 900), default=DEFAULT.spaces, help="Beside each other.")
@click.option("--repeats", type=click.IntRange(1), default=DEFAULT.repeats, help="Of single operations.")
@click.option(
    "--cache",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT.cache,
    help="Folder that others' servers are installed into.",
)
@click.option(
    "--settle", type=click.FloatRange(0), default=DEFAULT.settle, help="Longest pause after a round."
)
def main(only: list[Part], out: Path | None, **sizes: Any) -> None:
    """Measure, compare, and print each figure with its target. Exit code 1 when one was not reached."""
    if out:
        made(out)
    if find_spec("locust") is None:
        raise HarnessFailed("Locust is not installed: pip install 'smslab[load]' brings it along")
    chosen = replace(DEFAULT, **sizes)
    before = busy()
    rows: list[Row] = []
    for part in only:
        click.echo(f"{part} …", err=True)
        rows += PARTS[part](chosen)
    told = circumstances(chosen, before)
    click.echo("\n".join([*plain(rows), "", *told]))
    if out:
        (out / "bench.json").write_bytes(as_json(rows, told))
        (out / "bench.md").write_text(markdown(rows, told), "utf-8")
    sys.exit(0 if all(row.reached for row in rows) else 1)


if __name__ == "__main__":
    program(main)
