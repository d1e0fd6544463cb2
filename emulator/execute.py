"""`smslab exec -- CMD…`: an emulator for as long as a command runs."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from emulator.announcement import going_on
from emulator.options import beginning, lasting

NOT_FOUND, NOT_EXECUTABLE = 127, 126
"""What env(1) exits with when there is no such command, or it cannot be run."""

Handler = Callable[[int, FrameType | None], object]


@click.command(
    "exec", context_settings={"ignore_unknown_options": True}, short_help="run a command against an emulator"
)
@beginning
@lasting
@click.argument("command", metavar="CMD...", nargs=-1, required=True, type=click.UNPROCESSED)
def execute(
    seed: int,
    clock: str,
    rate: float,
    world: Path | None,
    profiles: Mapping[str, str],
    store: str,
    keep: int | None,
    command: tuple[str, ...],
) -> int:
    """Start an emulator on free ports, run CMD, stop, exit with its code.

    CMD finds SMSLAB_URL, SMSLAB_SMPP (HOST:PORT) and, for each provider, a base address such as
    SMSLAB_ISMS_URL in its environment.
    Exits with 127 if there is no such command, 126 if it cannot be run, 128 + N if signal N ended it.
    """
    from emulator.app import running, start_of
    from emulator.core.ports import StoreError
    from emulator.settings import Misconfigured
    from emulator.space import DEFAULT

    try:
        start = start_of(world, seed=seed, clock=clock, rate=rate, profiles=profiles)
        with running(
            seed=seed, clock=clock, rate=rate, world=start.world, store=store, keep=keep or 0
        ) as emulator:
            for line in going_on(emulator.spaces[DEFAULT]):
                click.echo(line, err=True)
            return _ended(command, addresses(emulator.http, emulator.smpp))
    except (Misconfigured, StoreError) as error:
        raise click.UsageError(str(error)) from None


def addresses(url: str, smpp: str) -> Mapping[str, str]:
    """The environment variables that tell a client where to go."""
    from emulator.providers import PROVIDERS

    bases = {f"SMSLAB_{p.name.upper()}_URL": url + p.base for p in PROVIDERS}
    return {"SMSLAB_URL": url, "SMSLAB_SMPP": smpp, **bases}


def _ended(command: tuple[str, ...], variables: Mapping[str, str]) -> int:
    """The exit code of the command, as a shell would tell it."""
    relay = Relay()
    with _listening(relay):
        try:
            child = subprocess.Popen(command, env={**os.environ, **variables})
        except OSError as error:
            click.echo(f"smslab: {command[0]}: {error.strerror}", err=True)
            return NOT_FOUND if isinstance(error, FileNotFoundError) else NOT_EXECUTABLE
        relay.reach(child)
        code = child.wait()
    return code if code >= 0 else 128 - code


class Relay:
    """Passes signals on to a command, also those that come before it could be reached."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._early: list[int] = []

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self._child is None:
            self._early.append(number)
        else:
            self._child.send_signal(number)

    def reach(self, child: "subprocess.Popen[bytes]") -> None:
        self._child = child
        for number in self._early:
            child.send_signal(number)


@contextmanager
def _listening(relay: Relay) -> Iterator[None]:
    """Leave it to the command how it takes an interruption; a terminal interrupts it by itself.

    What whoever started us has ignored, as nohup(1) does, stays ignored, for the command as well.
    """
    handlers: dict[int, Handler] = {
        signal.SIGINT: lambda *_: None,
        signal.SIGTERM: relay,
        signal.SIGHUP: relay,
    }
    before = {
        number: signal.signal(number, handler)
        for number, handler in handlers.items()
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
