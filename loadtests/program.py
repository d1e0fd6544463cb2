"""How programs beside `smslab` end: whatever fails is one line that says what to do."""

from __future__ import annotations

import os
import sys
from typing import Any, NoReturn

import click

from loadtests.ending import terminable
from loadtests.failures import HarnessFailed

HELP: dict[str, Any] = {"help_option_names": ["-h", "--help"], "show_default": True}
"""Settings of their commands."""


def program(command: click.Command) -> NoReturn:
    """Run it with the arguments of this process."""
    try:
        with terminable():
            try:
                code = command.main(standalone_mode=False)
            finally:
                sys.stdout.flush()
    except click.ClickException as error:
        ends(error.exit_code, error.format_message())
    except (click.Abort, KeyboardInterrupt):
        ends(130, "interrupted")
    except BrokenPipeError:  # whoever read has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        ends(HarnessFailed.exit_code, f"{error.filename}: {error.strerror}" if error.filename else str(error))
    sys.exit(code if isinstance(code, int) else 0)


def ends(code: int, line: str) -> NoReturn:
    click.echo("smslab: " + line.replace("\n", " "), err=True)
    sys.exit(code)
