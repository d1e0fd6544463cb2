"""How a load run ends without a verdict."""

from __future__ import annotations

import click


class HarnessFailed(click.ClickException):
    """The harness broke, or the target could not be reached: no statement about the target."""

    exit_code = 3
