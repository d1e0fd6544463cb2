"""`smslab exec -- CMD…`: an emulator for as long as a command runs."""

import os
import subprocess
from collections.abc import Mapping

import click


@click.command(
    "exec", context_settings={"ignore_unknown_options": True}, short_help="run a command against an emulator"
)
@click.option("--seed", default=0, show_default=True, help="Decides identifiers and all else left open.")
@click.option("--clock", default="now", show_default=True, help="Where the clock starts: now, or ISO 8601.")
@click.option(
    "--rate", default=1.0, show_default=True, type=click.FloatRange(0), help="Virtual seconds a second."
)
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def execute(seed: int, clock: str, rate: float, command: tuple[str, ...]) -> int:
    """Start an emulator on a free port, run CMD, stop, exit with its code.

    CMD finds SMSLAB_URL and, for each provider, a base address such as SMSLAB_ISMS_URL in its environment.
    """
    from emulator.app import running
    from emulator.settings import Misconfigured

    try:
        with running(seed=seed, clock=clock, rate=rate) as emulator:
            return _ended(command, addresses(emulator.http))
    except Misconfigured as error:
        raise click.UsageError(str(error)) from None


def addresses(url: str) -> Mapping[str, str]:
    """The environment variables that tell a client where to go."""
    from emulator.providers import PROVIDERS

    bases = {f"SMSLAB_{p.name.upper()}_URL": url + p.prefixes[0] for p in PROVIDERS}
    return {"SMSLAB_URL": url, **bases}


def _ended(command: tuple[str, ...], variables: Mapping[str, str]) -> int:
    try:
        code = subprocess.run(command, env={**os.environ, **variables}, check=False).returncode
    except OSError as error:
        raise click.UsageError(f"{command[0]}: {error.strerror}") from None
    return code if code >= 0 else 128 - code
