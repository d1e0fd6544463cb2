"""Exit codes, and every foreseen trouble as one line."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from conformance.baseline import BaselineError
from conformance.catalogue import CatalogueError
from conformance.control import Locked
from conformance.drivers.http import Unreachable
from conformance.judge import HarnessFault
from conformance.record import RecordError
from conformance.target import TargetError

AS_EXPECTED, SUBJECT_FAILED, HARNESS_FAILED = 0, 1, 3


class Fault(click.ClickException):
    """The harness could not do its work."""

    exit_code = HARNESS_FAILED


@contextmanager
def plainly() -> Iterator[None]:
    """Everything foreseen becomes one line and an exit code."""
    try:
        yield
    except (TargetError, Locked, BaselineError, RecordError) as fault:
        raise click.UsageError(str(fault)) from None
    except (Unreachable, HarnessFault, CatalogueError) as fault:
        raise Fault(str(fault)) from None
    except (click.ClickException, click.exceptions.Exit):
        raise
    except Exception as fault:
        raise Fault(f"the harness broke: {type(fault).__name__}: {fault}") from fault
