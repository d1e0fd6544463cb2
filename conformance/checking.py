"""The command `smslab check`."""

from pathlib import Path
from typing import Any

import click
import msgspec

from conformance import baseline as baselines
from conformance import console
from conformance.absence import hints
from conformance.bench import SEED
from conformance.listeners import Manner
from conformance.order import Order, carried_out, rows
from conformance.places import EXAMPLE_TARGET
from conformance.plainly import AS_EXPECTED, HARNESS_FAILED, SUBJECT_FAILED, plainly
from conformance.record import Run, written
from conformance.recordings import file as recordings
from conformance.recordings.judging import judged_by_documents
from conformance.recordings.telling import answered_otherwise
from conformance.rehearsal import rehearsed
from conformance.replay import replayed
from conformance.report import rendered
from conformance.verdict import OBSERVED, Verdict

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)


def _example(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(EXAMPLE_TARGET.read_text(encoding="utf-8"), nl=False)
        context.exit()


@click.command()
@click.argument("target", required=False)
@click.option(
    "--example",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_example,
    help="Print a target file that explains itself.",
)
@click.option("--smpp", metavar="HOST:PORT", help="Where an http TARGET serves SMPP.")
@click.option("--provider", metavar="NAME", help="Judge one provider only.")
@click.option(
    "--only", multiple=True, metavar="ID", help="Judge requirements like this; * matches. Repeatable."
)
@click.option("--skip", multiple=True, metavar="ID", help="What TARGET does not offer, likewise. Repeatable.")
@click.option("--out", type=FOLDER, help="Keep record and reports here.")
@click.option("--baseline", type=FILE, help="Known differences, TOML; a run prints its own.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Seed of every space.")
@click.option("--shuffle", type=int, metavar="SEED", help="Make the checks in a random order.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes; emulators only. [cores]")
@click.option("--once", is_flag=True, help="Do not make unmet checks once more to see whether they stay so.")
@click.option("--dry-run", is_flag=True, help="List what would be sent, and its cost; send nothing.")
@click.option("--replay", metavar="FILE#ID", help="Make checks of a kept run again: one, or all that failed.")
@click.option(
    "--transcripts",
    type=FILE,
    help="Judge what `smslab record` kept; with an emulator as TARGET, say the same to it and compare.",
)
@click.pass_context
def check(
    context: click.Context,
    /,
    target: str | None,
    replay: str | None,
    baseline: Path | None,
    out: Path | None,
    shuffle: int | None,
    once: bool,
    dry_run: bool,
    transcripts: Path | None,
    **asked: Any,
) -> None:
    """Judge TARGET by the documents.

    TARGET is `self` (an emulator started for the occasion), an address like http://127.0.0.1:8000 or
    smpp://127.0.0.1:2775, or a target file for a real provider. Exit code 0: as the documents say; 1: not;
    2: wrong usage; 3: could not be judged.

    The environment says who binds (SMSLAB_SMPP_SYSTEM_ID, SMSLAB_SMPP_PASSWORD), what token an emulator wants
    (SMSLAB_CONTROL_TOKEN), and how many calls Schemathesis draws (SMSLAB_EXAMPLES, SMSLAB_STEPS).
    """
    with plainly():
        found = rows(asked["provider"], asked["only"], asked["skip"])
        known = baselines.load(baseline, found) if baseline else None
        if transcripts is not None and target is not None:
            context.exit(SUBJECT_FAILED if answered_otherwise(transcripts, target) else AS_EXPECTED)
        if transcripts is not None:
            run = judged_by_documents(recordings.read(transcripts), found)
        elif replay is not None:
            run = replayed(replay, target)
        elif target is None:
            raise click.UsageError("what is to be judged? give `self`, an address or a target file")
        else:
            order = Order(address=target, manner=Manner(shuffle=shuffle, more=not (once or dry_run)), **asked)
            if dry_run:
                rehearsed(order)
                context.exit(AS_EXPECTED)
            run = carried_out(order)
        context.exit(_judgement(_told(run, known, out), known))


def _told(run: Run, known: baselines.Baseline | None, out: Path | None) -> Run:
    if known is not None:
        run = msgspec.structs.replace(run, verdicts=baselines.annotated(run.verdicts, known))
    for line in (*console.findings(run), *console.summary(run), *hints(run)):
        click.echo(line)
    if out is not None:
        _keep(run, out)
    return run


def _keep(run: Run, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    record = out / "run.jsonl"
    record.write_bytes(written(run.lines()))
    click.echo(f"kept: {', '.join(map(str, [record, *rendered(run, out)]))}")
    failed = next((row.id for row in run.verdicts if row.verdict == Verdict.FAILED), None)
    if failed is not None:
        click.echo(f"one again: smslab check --replay {record}#{failed}")


def _judgement(run: Run, known: baselines.Baseline | None) -> int:
    verdicts = {row.verdict for row in run.verdicts}
    if Verdict.ERROR in verdicts:
        for line in console.broken(run):
            click.echo(line, err=True)
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
