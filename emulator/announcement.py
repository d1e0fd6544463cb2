"""What `smslab serve` says once it answers: addresses and credentials to copy."""

import json
import socket
import threading
from typing import TYPE_CHECKING

import click

from emulator.listening import AUTHORITY

if TYPE_CHECKING:
    from emulator.serve import Options


def announce(options: "Options", parent: int) -> None:
    """Once the port answers: the ready file, and addresses and credentials as a block to copy."""
    pause = threading.Event()
    while not _answers(options):
        pause.wait(0.01)
    if options.ready_file is not None:
        ready = {"http": options.url, "smpp": options.smpp, "pid": parent}
        unfinished = options.ready_file.with_name(options.ready_file.name + ".tmp")
        unfinished.write_text(json.dumps(ready))
        unfinished.replace(options.ready_file)
    click.echo(block(options))


def _answers(options: "Options") -> bool:
    try:
        with socket.create_connection((options.host, options.port), timeout=1):
            return True
    except OSError:
        return False


def block(options: "Options") -> str:
    """What a newcomer copies."""
    from emulator.execute import addresses
    from emulator.providers import PROVIDERS

    trust = ["--cacert", str(options.certificate[0].with_name(AUTHORITY))] if options.certificate else []
    lines = [f"export {name}={value}" for name, value in addresses(options.url, options.smpp).items()]
    for provider in PROVIDERS:
        ways = f"{provider.title}, also over SMPP" if provider.smsc else provider.title
        lines.append(f"# {ways}: {credentials(options, provider.name)}")
        lines.append(provider.sample.curl(options.url, *trust))
    return "\n".join(["", *lines, f"# inbox, clock and documents: {options.url}/   stop with Ctrl-C", ""])


def credentials(options: "Options", provider: str) -> str:
    """Who may log in, as documented; a world of one's own is not repeated into logs."""
    from emulator import settings

    if options.world is not None:
        return f"accounts of {options.world}"
    known = [one for one in settings.accounts(settings.world()) if one.provider == provider]
    return ", ".join(f"{one.login} / {one.password}" if one.password else f"key {one.key}" for one in known)
