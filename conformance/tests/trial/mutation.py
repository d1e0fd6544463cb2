"""`python -m conformance.tests.trial.mutation`: hunts the mutants of the emulator's providers.

Needs cosmic-ray, the extra `mutants`. What comes of each is written to a file as it comes, so that a run may
be broken off and gone on with. Printed is the summary, which fixtures/trial/mutants.json keeps.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import msgspec

from conformance.tests.trial.hunt import fate, prepared
from conformance.tests.trial.judgements import equivalent
from conformance.tests.trial.mutants import Mutant, mutants
from conformance.tests.trial.tally import Hunted, summary, summed

ROOT = Path(__file__).parents[3]
FILES = ("wire.py", "faults.py")
SEED = 7
"""Of the order in which mutants are hunted, so that whoever breaks off has a fair sample."""


def main(arguments: Sequence[str] | None = None) -> None:
    reader = argparse.ArgumentParser(prog="python -m conformance.tests.trial.mutation", description=__doc__)
    reader.add_argument("providers", nargs="*", metavar="PROVIDER", help="all, unless some are named")
    reader.add_argument("--file", type=Path, default=Path("out/mutants.jsonl"), help="what came of each")
    reader.add_argument("--sample", type=int, metavar="N", help="so many of each provider at most")
    given = reader.parse_args(arguments)
    given.file.parent.mkdir(parents=True, exist_ok=True)
    for provider in given.providers or found():
        hunted(provider, given.file, given.sample)
    print(summary(summed(known(given.file))))


def found() -> list[str]:
    """The providers that have such modules."""
    return sorted({path.parent.name for name in FILES for path in ROOT.glob(f"emulator/providers/*/{name}")})


def hunted(provider: str, file: Path, most: int | None = None) -> None:
    """Adds to the file what becomes of the mutants of a provider that it does not know."""
    done = {one.name for one in known(file)}
    checks = prepared(provider)
    with file.open("ab") as kept:
        for one in shuffled(provider)[:most]:
            if one.name in done:
                continue
            why = equivalent(one.short, one.was, one.reads)
            what, noticed = ("equivalent", why) if why else fate(one, checks)
            row = Hunted(
                name=one.name,
                module=one.short,
                line=one.line,
                was=one.was,
                reads=one.reads,
                fate=what,
                by=noticed,
            )
            kept.write(msgspec.json.encode(row) + b"\n")
            kept.flush()


def shuffled(provider: str) -> list[Mutant]:
    paths = [f"emulator/providers/{provider}/{name}" for name in FILES]
    every = [one for path in paths if (ROOT / path).exists() for one in mutants(ROOT, path)]
    Random(SEED).shuffle(every)
    return every


def known(file: Path) -> Iterator[Hunted]:
    lines = file.read_bytes().splitlines() if file.exists() else []
    return (msgspec.json.decode(line, type=Hunted) for line in lines)


if __name__ == "__main__":
    main()
