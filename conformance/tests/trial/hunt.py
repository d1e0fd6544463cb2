"""Whether the checks notice a mutant: each in a process of its own, which ends with the first that does."""

import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from types import ModuleType
from typing import Literal, NoReturn

from conformance.bench import CLOCK, SEED, Bench
from conformance.judge import judged, listed
from conformance.observation import Outcome
from conformance.record import Check
from conformance.target import emulated
from conformance.tests.trial.mutants import Mutant

Fate = Literal["killed", "hung", "survived"]
Checks = Mapping[str, Sequence[str]]

PATIENCE = 240
"""Seconds after which a mutant is taken to hang."""

NOTICED = frozenset({Outcome.UNMET, Outcome.ERROR})


class Instead(MetaPathFinder, Loader):
    """Imports a module from another source than its file."""

    def __init__(self, name: str, source: str) -> None:
        self._name, self._source = name, source

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        return spec_from_loader(name, self) if name == self._name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._source, f"<{self._name}, mutated>", "exec"), module.__dict__)


def prepared(provider: str) -> Checks:
    """The checks of a provider by requirement; all is imported that a hunt needs."""
    with emulated(seed=SEED, clock=CLOCK):
        return listed(provider)


def fate(mutant: Mutant, checks: Checks) -> tuple[Fate, str]:
    """What becomes of a mutant, and the check that noticed it."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _hunt(mutant, checks, writer)
    os.close(writer)
    with os.fdopen(reader) as said:
        over = _over(child, time.monotonic() + PATIENCE)
        noticed = said.read()
    if not over:
        return "hung", ""
    return ("killed", noticed) if noticed else ("survived", "")


def _over(child: int, until: float) -> bool:
    """Whether it ended in time; else it is ended."""
    while time.monotonic() < until:
        if os.waitpid(child, os.WNOHANG)[0]:
            return True
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _hunt(mutant: Mutant, checks: Checks, writer: int) -> NoReturn:
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)

    def observe(check: Check) -> None:
        if check.outcome in NOTICED:
            os.write(writer, check.id.encode())
            os._exit(0)

    try:
        _mutated(mutant)
        with emulated(seed=SEED, clock=CLOCK) as target, closing(Bench(target)) as bench:
            likely = [one for one in mutant.near if one in checks]
            if likely:
                files = sorted({name.partition("::")[0] for one in likely for name in checks[one]})
                judged(bench, provider=mutant.provider, only=likely, files=files, observer=observe)
            judged(bench, provider=mutant.provider, observer=observe)
    except BaseException as fault:  # it does not so much as start
        os.write(writer, f"{type(fault).__name__}: {fault}".encode())
    os._exit(0)


def _mutated(mutant: Mutant) -> None:
    """From here on the emulator is imported with the mutant in it."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "emulator"]:
        del sys.modules[name]
    dotted = mutant.module.removesuffix(".py").replace("/", ".")
    sys.meta_path.insert(0, Instead(dotted, mutant.source))
