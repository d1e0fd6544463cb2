"""What was given as TARGET -> the target: `self`, an address of HTTP or SMPP, or a target file."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from conformance.drivers import smpp as smpp_driver
from conformance.drivers.http import HttpClient
from conformance.target import Target, TargetError, at, emulated, host_port
from conformance.target_file import read


@contextmanager
def opened(address: str, *, seed: int, clock: str, smpp: str | None = None) -> Iterator[Target]:
    """The target behind `address`, seen to listen; TargetError or Unreachable.

    `smpp` is HOST:PORT where an address of HTTP serves SMPP, if it does not say so itself.
    """
    if address == "self" and smpp is None:
        with emulated(seed=seed, clock=clock) as target:
            yield replace(target, address=address)
        return
    target = found(address, smpp)
    for dialect in target.dialects.values():
        if dialect.http:
            HttpClient(dialect.http, timeout=target.answer).probe()
        if dialect.smpp:
            smpp_driver.probe(dialect.smpp, timeout=target.answer)
    yield replace(target, address=address, smpp=smpp)


def found(address: str, smpp: str | None = None, *, ask: bool = True) -> Target:
    """What an address or a file says; whether an address has a control API is known only who `ask`s."""
    if smpp is not None and not address.startswith(("http://", "https://")):
        raise TargetError("--smpp goes with an address of HTTP; a target file has `smpp` of its own")
    if "://" not in address:
        return read(Path(address), os.environ)
    if smpp is None:
        return at(address, ask=ask)
    relay = host_port(smpp)
    if relay is None:
        raise TargetError(f"--smpp reads host:port, not {smpp}")
    return at(address, relay=relay, ask=ask)
