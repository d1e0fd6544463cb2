"""What `smslab serve` says once it answers: addresses and credentials to copy."""

import json
import os
import signal
import socket
import threading
from typing import TYPE_CHECKING

import click

from emulator.listening import AUTHORITY

if TYPE_CHECKING:
    from emulator.serve import Options
    from emulator.space import Space


def announce(options: "Options", parent: int, space: "Space") -> None:
    """Once the port answers: the ready file, and addresses and credentials as a block to copy.

    Where the file cannot be written this process ends: who waits for it would wait for ever.
    """
    pause = threading.Event()
    while not _answers(options):
        pause.wait(0.01)
    try:
        _note(options, parent)
    except OSError as error:
        click.echo(f"smslab: --ready-file {options.ready_file}: {error.strerror}", err=True)
        os.kill(os.getpid(), signal.SIGTERM)
        return
    click.echo(block(options, space))


def _note(options: "Options", parent: int) -> None:
    """Write the ready file, if there is to be one."""
    if options.ready_file is None:
        return
    ready = {"http": options.url, "smpp": options.smpp, "pid": parent}
    unfinished = options.ready_file.with_name(options.ready_file.name + ".tmp")
    unfinished.write_text(json.dumps(ready))
    unfinished.replace(options.ready_file)


def _answers(options: "Options") -> bool:
    try:
        with socket.create_connection((options.host, options.port), timeout=1):
            return True
    except OSError:
        return False


def block(options: "Options", space: "Space") -> str:
    """What a newcomer copies; and how the default space goes on, where it was there before."""
    from emulator.execute import addresses
    from emulator.providers import PROVIDERS

    trust = ["--cacert", str(options.certificate[0].with_name(AUTHORITY))] if options.certificate else []
    lines = [f"export {name}={value}" for name, value in addresses(options.url, options.smpp).items()]
    for provider in PROVIDERS:
        ways = f"{provider.title}, also over SMPP" if provider.smsc else provider.title
        lines.append(f"# {ways}: {credentials(options, provider.name)}")
        lines.append(provider.sample.curl(options.url, *trust))
    lines += going_on(space)
    return "\n".join(["", *lines, f"# inbox, clock and documents: {options.url}/   stop with Ctrl-C", ""])


def going_on(space: "Space") -> list[str]:
    """That options which say how a space begins are not for this one, if it was there before."""
    if not space.is_recalled:
        return []
    now = space.clock.now().isoformat(timespec="seconds").replace("+00:00", "Z")
    how = f"its clock goes on from {now} at rate {space.clock.rate:g}, its seed is {space.seed}"
    return [
        f"# the store was used before: {how};",
        "# --clock, --rate, --seed and the accounts of --world hold after POST /_emulator/reset",
    ]


def credentials(options: "Options", provider: str) -> str:
    """Who may log in, as documented; a world of one's own is not repeated into logs."""
    from emulator import settings

    if options.world is not None:
        return f"accounts of {options.world}"
    known = [one for one in settings.accounts(settings.world()) if one.provider == provider]
    return ", ".join(f"{one.login} / {one.password}" if one.password else f"key {one.key}" for one in known)
