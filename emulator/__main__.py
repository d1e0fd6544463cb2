"""The program `smslab`: every command imports what it needs when it is called, so that help is quick."""

import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

COMMANDS = {
    "serve": ("emulator.serve", "start the emulator"),
    "exec": ("emulator.execute", "start an emulator, run a command against it, stop"),
    "check": ("conformance.checking", "judge an implementation against the documents"),
    "record": ("conformance.recording", "keep what a client and a gateway say, without secrets"),
    "requirements": ("conformance.cli", "list what is judged"),
    "report": ("conformance.cli", "render a finished run"),
    "load": ("loadtests.cli", "run a load scenario and give its verdict"),
}
"""Where each command lives, and its line in the help."""

USAGE, HARNESS = 2, 3


class Lazy(click.Group):
    """A group whose commands are imported when they are named."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[name][0])
        command: click.Command = getattr(module, {"exec": "execute"}.get(name, name))
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in COMMANDS.items()])


@click.group(
    cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "SMSLAB"}
)
@click.version_option(package_name="smslab", prog_name="smslab")
def smslab() -> None:
    """SMS gateway emulator and conformance test harness.

    Exit codes: 0 as expected, 1 the subject failed, 2 wrong usage or configuration, 3 the harness
    failed or the target could not be reached.

    Completion: eval "$(_SMSLAB_COMPLETE=bash_source smslab)", likewise zsh_source and fish_source.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program; every failure is one line that says what to do."""
    try:
        try:
            code = smslab.main(args=arguments, prog_name="smslab", standalone_mode=False)
        finally:
            sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(USAGE)
    except click.ClickException as error:
        _say(error.format_message().replace("\n", " "))
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted")
        sys.exit(130)
    except ModuleNotFoundError as error:
        _say(f"{error.name} is not installed: pip install 'smslab[load]', or make test for everything")
        sys.exit(HARNESS)
    except BrokenPipeError:  # whoever read has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _say(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        sys.exit(HARNESS)
    sys.exit(code if isinstance(code, int) else 0)


def _say(line: str) -> None:
    click.echo(f"smslab: {line}", err=True)


if __name__ == "__main__":
    main()
