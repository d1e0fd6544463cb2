"""The commands `smslab check`, `requirements` and `report`."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
import msgspec

from conformance import baseline as baselines
from conformance import console
from conformance.bench import CLOCK, Bench
from conformance.catalogue import Catalogue, CatalogueError, catalogue
from conformance.control import Locked
from conformance.drivers.http import Unreachable
from conformance.judge import HarnessFault, judged, listed
from conformance.places import EXAMPLE_TARGET
from conformance.record import Check, RecordError, Run, read, written
from conformance.recorder import selected
from conformance.report import rendered
from conformance.target import TargetError, opened
from conformance.verdict import OBSERVED, Verdict

AS_EXPECTED, SUBJECT_FAILED, HARNESS_FAILED = 0, 1, 3


class Fault(click.ClickException):
    """The harness could not do its work."""

    exit_code = HARNESS_FAILED


def _example(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(EXAMPLE_TARGET.read_text(encoding="utf-8"), nl=False)
        context.exit()


@click.command()
@click.argument("target")
@click.option(
    "--example",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_example,
    help="Print a target file that explains itself.",
)
@click.option("--provider", metavar="NAME", help="Judge one provider only.")
@click.option(
    "--only", multiple=True, metavar="ID", help="Judge requirements like this; * matches. Repeatable."
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Keep record and reports here.")
@click.option("--baseline", type=click.Path(path_type=Path, dir_okay=False), help="Known differences, TOML.")
@click.option("--seed", type=int, default=1, show_default=True, help="Seed of every space.")
@click.pass_context
def check(
    context: click.Context,
    target: str,
    provider: str | None,
    only: tuple[str, ...],
    out: Path | None,
    baseline: Path | None,
    seed: int,
) -> None:
    """Judge TARGET by the documents.

    TARGET is `self` (an emulator started for the occasion), an address like http://127.0.0.1:8000, or a
    target file for a real provider. Exit code 0: as the documents say; 1: not; 2: wrong usage; 3: could not
    be judged.

    SMSLAB_EXAMPLES and SMSLAB_STEPS in the environment ask for more of the calls that Schemathesis draws.
    """
    with plainly():
        rows = _rows(provider, only)
        known = baselines.load(baseline, rows) if baseline else None
        run = _run(target, provider, only, seed)
        if known is not None:
            run = msgspec.structs.replace(run, verdicts=baselines.annotated(run.verdicts, known))
        for line in console.findings(run):
            click.echo(line)
        for line in console.summary(run):
            click.echo(line)
        if out is not None:
            _keep(run, out)
        context.exit(_judgement(run, known))


@click.command()
@click.option("--provider", metavar="NAME", help="List one provider only.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, one object a requirement.")
def requirements(provider: str | None, as_json: bool) -> None:
    """List what is demanded: id, level, origin, text, checks."""
    with plainly():
        rows = selected(_rows(provider, ()), provider, ())
        checks = listed(provider)
    if as_json:
        listing = [msgspec.to_builtins(row) | {"checks": checks.get(row.id, [])} for row in rows]
        click.echo(msgspec.json.format(msgspec.json.encode(listing), indent=2).decode())
        return
    for row in rows:
        click.echo(f"{row.id}  ({row.level}, {row.origin})")
        click.echo(f"  {row.means}")
        click.echo(f"  {row.at}")
        for name in checks.get(row.id, []):
            click.echo(f"  check: {name}")
        if row.untestable:
            click.echo(f"  no check: {row.untestable}")


@click.command()
@click.argument("run", type=click.Path(path_type=Path, dir_okay=False), metavar="RUN.jsonl")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("out"), show_default=True
)
def report(run: Path, out: Path) -> None:
    """Render a finished run as HTML, JUnit XML and Markdown."""
    with plainly():
        for path in rendered(read(run), out):
            click.echo(path)


@contextmanager
def plainly() -> Iterator[None]:
    """Everything foreseen becomes one line and an exit code."""
    try:
        yield
    except (TargetError, Locked, baselines.BaselineError, RecordError) as fault:
        raise click.UsageError(str(fault)) from None
    except (Unreachable, HarnessFault, CatalogueError) as fault:
        raise Fault(str(fault)) from None
    except (click.ClickException, click.exceptions.Exit):
        raise
    except Exception as fault:
        raise Fault(f"the harness broke: {type(fault).__name__}: {fault}") from fault


def _rows(provider: str | None, only: tuple[str, ...]) -> Catalogue:
    rows = catalogue()
    if provider is not None and provider not in rows.providers:
        raise click.UsageError(f"no such provider: {provider}; there are {', '.join(rows.providers)}")
    for pattern in only:
        if not selected(rows, provider, [pattern]):
            raise click.UsageError(f"no requirement is like {pattern}; `smslab requirements` lists them")
    return rows


def _run(address: str, provider: str | None, only: tuple[str, ...], seed: int) -> Run:
    progress = console.Progress()

    def heard(check: Check) -> None:
        click.echo(progress.heard(check), nl=False)

    with opened(address, seed=seed, clock=CLOCK) as target, closing(Bench(target, seed=seed)) as bench:
        click.echo(f"judging {target.name}", nl=False)
        run = judged(bench, provider=provider, only=only, observer=heard)
    click.echo("\n")
    return run


def _keep(run: Run, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    record = out / "run.jsonl"
    record.write_bytes(written(run.lines()))
    click.echo(f"kept: {', '.join(map(str, [record, *rendered(run, out)]))}")


def _judgement(run: Run, known: baselines.Baseline | None) -> int:
    verdicts = {row.verdict for row in run.verdicts}
    if Verdict.ERROR in verdicts:
        click.echo("the harness broke on some checks; the run says nothing about them", err=True)
        return HARNESS_FAILED
    if not verdicts & OBSERVED:
        click.echo("nothing could be observed", err=True)
        return HARNESS_FAILED
    if known is None:
        return SUBJECT_FAILED if Verdict.FAILED in verdicts else AS_EXPECTED
    moved = baselines.moved(run.verdicts, known)
    for line in console.movements(run, known, moved) if moved else ():
        click.echo(line)
    return SUBJECT_FAILED if moved else AS_EXPECTED
