"""Options that say how an emulator begins: the same for every command that starts one."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

FASTEST = 1_000_000.0


def _pace(context: click.Context, parameter: click.Parameter, rate: float) -> float:
    """No number would also be neither too small nor too large."""
    if math.isnan(rate):
        raise click.BadParameter("write virtual seconds a second, 0 stands still")
    return rate


def _profiles(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Names of profiles by provider."""
    pairs = [pair.partition("=") for pair in given]
    if not all(provider and name for provider, _, name in pairs):
        raise click.BadParameter("write PROVIDER=NAME")
    return {provider: name for provider, _, name in pairs}


OPTIONS = (
    click.option("--seed", default=0, show_default=True, help="Decides identifiers and all else left open."),
    click.option(
        "--clock", default="now", show_default=True, help="Where the clock starts: now, or ISO 8601."
    ),
    click.option(
        "--rate",
        default=1.0,
        show_default=True,
        type=click.FloatRange(0, FASTEST),
        callback=_pace,
        help="Virtual seconds a second; 0 stands still.",
    ),
    click.option("--world", type=click.Path(path_type=Path), help="Accounts, prices and switches (TOML)."),
    click.option(
        "--profile",
        "profiles",
        multiple=True,
        metavar="PROVIDER=NAME",
        callback=_profiles,
        help="A named set of switches of a provider; may be given for each.",
    ),
)


LASTING = (
    click.option(
        "--store",
        default="memory",
        show_default=True,
        metavar="URL",
        envvar="SMSLAB_STORE",
        show_envvar=True,
        help="Where spaces are kept: memory, sqlite:///FILE or postgresql://USER@HOST/DATABASE.",
    ),
    click.option(
        "--keep",
        show_default="all",
        metavar="N",
        type=click.IntRange(min=1000),
        help="Remember the newest N messages of a space; of older ones those of which something may become.",
    ),
)


def lasting(command: Command) -> Command:
    """Give a command the options `store` and `keep`; without the second all is kept."""
    for option in reversed(LASTING):
        command = option(command)
    return command


def beginning(command: Command) -> Command:
    """Give a command the options `seed`, `clock`, `rate`, `world` and `profiles`."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command
