"""How a load run ends without a verdict."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import click

WARNED = "the load generator warns: "
"""What begins so in its output is passed on."""


class HarnessFailed(click.ClickException):
    """The harness broke, or the target could not be reached: no statement about the target."""

    exit_code = 3


@contextmanager
def accounted_for() -> Iterator[None]:
    """Raises HarnessFailed for what nobody expected, lest it end like a target that failed."""
    try:
        yield
    except (click.ClickException, click.Abort, click.exceptions.Exit, ImportError, OSError):
        raise  # each of these has an end of its own
    except Exception as unexpected:
        place = traceback.extract_tb(unexpected.__traceback__)[-1]
        raise HarnessFailed(
            f"unexpected {type(unexpected).__name__} in line {place.lineno} of {place.filename}: {unexpected}"
        ) from unexpected
