"""Values of options, out of their words."""

from __future__ import annotations

import re
import socket
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import click

Name = TypeVar("Name", bound=StrEnum)

UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
LOOPBACK = "127.0.0.1"
FASTEST = 1_000_000  # messages a second


def duration(text: str) -> float:
    """Seconds in `500ms`, `60s`, `10m`, `1h`; a bare number is seconds."""
    matched = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s|m|h)?", text)
    if not matched or not float(matched[1]):
        raise click.BadParameter(f"{text!r} is not a duration; write 500ms, 60s, 10m or 1h")
    return float(matched[1]) * UNITS[matched[2] or "s"]


def pace(text: str) -> float:
    """Messages a second."""
    if not re.fullmatch(r"\d+(\.\d+)?", text) or not 0 < float(text) <= FASTEST:
        raise click.BadParameter(f"{text!r} is not a number of messages a second, up to {FASTEST}")
    return float(text)


def credits_(text: str) -> Decimal:
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        raise click.BadParameter(f"{text!r} is not an amount of credits")
    return Decimal(text)


def prefix(text: str) -> str:
    """Of numbers that are counted up behind it in eight digits: E.164 has fifteen."""
    if not re.fullmatch("[1-9][0-9]{0,6}", text):
        raise click.BadParameter(
            f"{text!r} is not how numbers begin; write up to 7 digits, the country's first"
        )
    return text


def own_address(text: str) -> str:
    """One of the addresses of this machine: a target is told it."""
    try:
        if listening(text).is_unspecified:
            raise click.BadParameter(f"{text!r} is no address that a target could send to: name one of them")
    except OSError as error:
        raise click.BadParameter(f"{text} is no address to listen on: {error.strerror}") from None
    return text


def listening(host: str) -> IPv4Address | IPv6Address:
    """What a host comes to as an address of this machine. Raises OSError where it is none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family) as server:
        return ip_address(server.getsockname()[0])


def endpoint(text: str) -> str:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65_536:
        raise click.BadParameter(f"{text!r} is not HOST:PORT")
    return text


def facing(master: str) -> str:
    """The address of ours from which another host is reached. Raises click.UsageError where none is."""
    host, _, port = master.rpartition(":")
    try:
        return towards(host.strip("[]"), int(port))
    except OSError as error:
        raise click.UsageError(f"{master} cannot be reached: {error.strerror}") from None


def home(target: str | None) -> str:
    """The address of ours that a target reaches, as far as can be told."""
    try:
        host = urlsplit(target or "").hostname or LOOPBACK
        return LOOPBACK if is_ours(host) else towards(host, 9)
    except (OSError, ValueError):
        return LOOPBACK  # whoever sends there is told why it cannot


def is_ours(host: str) -> bool:
    """Whether what has this address is on this machine."""
    try:
        listening(host)
    except OSError:
        return False
    return True


def towards(host: str, port: int) -> str:
    """The address of ours that leads there, of IPv4 if there is one. Raises OSError where none does."""
    ways = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)
    family, kind, _, _, address = min(ways, key=lambda way: way[0] != socket.AF_INET)
    with socket.socket(family, kind) as probe:
        probe.connect(address)  # sends nothing
        own: str = probe.getsockname()[0]
        return own


def credentials(text: str) -> tuple[str, str]:
    login, colon, password = text.partition(":")
    if not login or not colon:
        raise click.BadParameter("write LOGIN:PASSWORD")  # without the value: it may be a password
    return login, password


def weight(text: str) -> tuple[str, int]:
    """A scenario and its part of a mixture."""
    name, _, parts = text.partition("=")
    if not re.fullmatch(r"[1-9]\d{0,3}", parts):
        raise click.BadParameter(f"{text!r} is not a share; write SCENARIO=PARTS, as in isms-http=3")
    return name, int(parts)


def shared(weights: Sequence[tuple[str, int]]) -> Mapping[str, int]:
    """Raises click.UsageError for a scenario that has two parts."""
    if repeated := [name for name, times in Counter(name for name, _ in weights).items() if times > 1]:
        raise click.UsageError(f"--share {repeated[0]} is there twice: give each scenario one number")
    return dict(weights)


def several(kind: type[Name]) -> Callable[[str], list[Name]]:
    """Names of a kind, with commas between them."""

    def names(text: str) -> list[Name]:
        try:
            return [kind(name) for name in text.split(",")]
        except ValueError:
            raise click.BadParameter(f"choose from {', '.join(kind)}") from None

    return names


def made(folder: Path) -> None:
    """Raises click.UsageError where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"--out {folder}: {error.strerror}") from None
