"""Runs the checks against a target, in this process and apart from whatever pytest runs around it."""

import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from conformance.bench import Bench
from conformance.catalogue import catalogue
from conformance.hearing import Hearing
from conformance.listeners import Census, Faults, Judge, Manner
from conformance.places import CHECKS
from conformance.record import Check, Run
from conformance.recorder import finished, selected

QUIET = ("terminal", "cacheprovider", "logging", "doctest", "junitxml", "pastebin", "debugging")
WATCHERS = ("unraisableexception", "threadexception", "faulthandler")  # they replace hooks of the interpreter
FOREIGN = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")  # meant for the user's own suite

PLAIN = Manner()


class HarnessFault(Exception):
    """The checks could not be run at all; one line."""


def judged(
    bench: Bench,
    *,
    provider: str | None = None,
    only: Sequence[str] = (),
    observer: Callable[[Check], None] = lambda check: None,
    checks: Path = CHECKS,
    files: Sequence[str] = (),
    manner: Manner = PLAIN,
) -> Run:
    """A finished run; `observer` hears of every check as it ends. HarnessFault when nothing could be run.

    `files` are those below `checks` that alone need to be read, where that is known.
    """
    hearing = Hearing(observer)
    made(bench, hearing.hear, provider=provider, only=only, checks=checks, files=files, manner=manner)
    return finished(bench, selected(catalogue(), provider, only), hearing.checks)


def made(
    bench: Bench,
    hear: Callable[[int, Check], None],
    *,
    provider: str | None = None,
    only: Sequence[str] = (),
    checks: Path = CHECKS,
    files: Sequence[str] = (),
    manner: Manner = PLAIN,
) -> None:
    """Makes the checks; `hear` is told of each, and where it stands in their order."""
    _pytest(Judge(bench, hear, checks, manner), checks, provider, only, files=files)


def listed(provider: str | None = None) -> dict[str, list[str]]:
    """Requirement id -> the checks that observe it, as pytest collects them."""
    census = Census()
    _pytest(census, CHECKS, provider, (), "--collect-only")
    return census.checks


def _pytest(
    listener: Faults,
    checks: Path,
    provider: str | None,
    only: Sequence[str],
    *options: str,
    files: Sequence[str] = (),
) -> None:
    arguments = [
        *map(str, [checks / file for file in files] or _folders(checks, provider, only)),
        f"--rootdir={checks}",
        f"--config-file={CHECKS / 'checks.ini'}",
        "--disable-plugin-autoload",
        "--capture=sys",
        *(f"-pno:{plugin}" for plugin in (*QUIET, *WATCHERS)),
        "-pconformance.plugin",
        *([f"--smslab-provider={provider}"] if provider else []),
        *(f"--smslab-only={pattern}" for pattern in only),
        *options,
    ]
    with warnings.catch_warnings(), _without(FOREIGN):
        code = pytest.ExitCode(pytest.main(arguments, plugins=[listener]))
    if code == pytest.ExitCode.INTERRUPTED and listener.fault is None:
        raise KeyboardInterrupt
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise HarnessFault(f"the checks could not be run: {listener.fault or code.name.lower()}")


def _folders(checks: Path, provider: str | None, only: Sequence[str]) -> list[Path]:
    """What has to be read for a provider, or for ids that say whose they are; else everything."""
    names = [provider] if provider else [pattern.partition("/")[0] for pattern in only]
    folders = [checks / name for name in dict.fromkeys(names)]
    return folders if folders and all(folder.is_dir() for folder in folders) else [checks]


@contextmanager
def _without(variables: Sequence[str]) -> Iterator[None]:
    """Within, the environment lacks these variables."""
    kept = {name: os.environ.pop(name) for name in variables if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)
