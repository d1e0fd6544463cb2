"""`python -m conformance.tests.stores`: judges self on memory, SQLite and PostgreSQL; do all say the same?"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from conformance.verdict import FINE
from loadtests.postgres import QUICK, Unavailable, server
from loadtests.program import HELP, program

Verdicts = Mapping[str, str]
"""What was found, by the id of the requirement."""


@click.command(context_settings={**HELP, "ignore_unknown_options": True})
@click.argument("arguments", metavar="[OPTIONS OF smslab check]...", nargs=-1, type=click.UNPROCESSED)
def main(arguments: tuple[str, ...]) -> None:
    """Judge ours on memory, SQLite and PostgreSQL, each as `smslab check self` does.

    PostgreSQL is that of SMSLAB_TEST_POSTGRES, or one started for it; without either it is skipped.
    Exit code 1 where a store does not do what the documents say, or not what another does.
    """
    sys.exit(compared(arguments))


def compared(arguments: Sequence[str]) -> int:
    """The exit code; `arguments` are more of `smslab check`."""
    with ExitStack() as ending:
        place = Path(ending.enter_context(TemporaryDirectory(prefix="smslab-stores-")))
        found = {name: judged(url, place / name, arguments) for name, url in stores(place, ending)}
    for name, verdicts in found.items():
        print(f"{name}: {len(verdicts)} requirements, {len(unmet(verdicts))} of them not met")
    differing = differences(found)
    print(*differing, sep="\n", end="\n" if differing else "")
    return 1 if differing or any(unmet(one) or not one for one in found.values()) else 0


def stores(place: Path, ending: ExitStack) -> Iterator[tuple[str, str]]:
    """Each with its address; PostgreSQL where there is a server."""
    yield "memory", "memory"
    yield "sqlite", f"sqlite:///{place}/store"
    try:
        yield "postgresql", ending.enter_context(server(*QUICK))
    except Unavailable as reason:
        print(f"postgresql: skipped: {reason}", file=sys.stderr)


def judged(url: str, out: Path, arguments: Sequence[str]) -> Verdicts:
    """What `smslab check self` says; one emulator, as a file is that of one."""
    command = (sys.executable, "-m", "emulator", "check", "self", "--jobs", "1", "--out", str(out))
    subprocess.run((*command, *arguments), env={**os.environ, "SMSLAB_STORE": url}, check=False)
    try:
        kept = json.loads((out / "ctrf.json").read_text())
    except FileNotFoundError:
        return {}
    return {one["testId"]: one["rawStatus"] for one in kept["results"]["tests"]}


def unmet(verdicts: Verdicts) -> list[str]:
    return [requirement for requirement, verdict in verdicts.items() if verdict not in FINE]


def differences(found: Mapping[str, Verdicts]) -> list[str]:
    """A line for each requirement that not all stores do alike."""
    known = dict.fromkeys(requirement for verdicts in found.values() for requirement in verdicts)
    said = {one: [verdicts.get(one, "not judged") for verdicts in found.values()] for one in known}
    return [f"{one}: {', '.join(these)}" for one, these in said.items() if len({*these}) > 1]


if __name__ == "__main__":
    program(main)
