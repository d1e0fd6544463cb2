"""`smslab serve`: the emulator behind granian, one worker, addresses to copy, and a ready file."""

import logging
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import Pipe
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from emulator.announcement import announce
from emulator.ending import after_end, at_end, end_with
from emulator.listening import certificate, context, free_port, probe, taken
from emulator.options import beginning, lasting
from emulator.tuning import BACKLOG, THREADS, open_many_files, tune_interpreter

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from emulator.app import Emulator
    from emulator.space import Start
    from emulator.transports.rsgi import Bridge
    from emulator.transports.smpp.server import SmppServer

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class Broken(click.ClickException):
    """The emulator itself failed."""

    exit_code = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What `serve` was asked for."""

    host: str
    port: int
    smpp_port: int
    seed: int
    clock: str
    rate: float
    store: str
    keep: int | None
    world: Path | None
    profiles: Mapping[str, str]
    threads: int
    control_token: str | None
    callbacks_anywhere: bool
    certificate: tuple[Path, Path] | None
    ready_file: Path | None
    verbose: bool

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.certificate else 'http'}://{host}:{self.port}"

    @property
    def smpp(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.smpp_port}"


@click.command(short_help="start the emulator")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 picks a free one."
)
@click.option(
    "--smpp-port",
    default=2775,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port of the SMSC that speaks SMPP 3.4, at the same address; 0 picks a free one.",
)
@beginning
@lasting
@click.option(
    "--threads",
    default=THREADS,
    show_default=True,
    metavar="N",
    type=click.IntRange(4, 4096),
    help="Most requests at a time that wait for something, of which three quarters may wait for messages or"
    " listen.",
)
@click.option(
    "--control-token",
    metavar="TOKEN",
    envvar="SMSLAB_CONTROL_TOKEN",
    show_envvar=True,
    help="Wanted as bearer token by every call of the control API.",
)
@click.option(
    "--callbacks-anywhere", is_flag=True, help="Call back, and call by outbind, any host, not only loopback."
)
@click.option(
    "--tls", is_flag=True, help="Serve HTTPS, and SMPP over TLS, with a certificate made on the spot."
)
@click.option(
    "--tls-dir", type=click.Path(path_type=Path), help="Where --tls puts ca.pem for clients to trust."
)
@click.option(
    "-v", "--verbose", is_flag=True, help="Log every exchange and every callback, secrets left out."
)
@click.option("--ready-file", type=click.Path(path_type=Path), help="Written once everything listens (JSON).")
def serve(port: int, smpp_port: int, tls: bool, tls_dir: Path | None, **given: Any) -> None:
    """Start the emulator, print its addresses, serve until interrupted."""
    host, token = given["host"], given["control_token"]
    if token is not None and not token.strip():
        raise click.UsageError("--control-token is empty: write some characters that nobody guesses")
    if host not in LOOPBACK and token is None:
        raise click.UsageError(
            f"--host {host} is reachable from elsewhere: protect the control API with --control-token"
        )
    if tls_dir is not None and not tls:
        raise click.UsageError("--tls-dir says where --tls puts its certificate: give both")
    port = port or free_port(host, besides=smpp_port)
    smpp_port = smpp_port or free_port(host, besides=port)
    options = Options(port=port, smpp_port=smpp_port, certificate=None, **given)
    _check(options)
    _serve(replace(options, certificate=certificate(host, tls_dir or Path("smslab-tls"))) if tls else options)


def _serve(options: Options) -> None:
    """Hand over to granian; it forks the one worker that holds the state."""
    from granian.constants import Interfaces
    from granian.server.mp import MPServer

    certificate, key = options.certificate or (None, None)
    life = Pipe(duplex=False)
    server = MPServer(
        "smslab",
        address=options.host,
        port=options.port,
        interface=Interfaces.RSGI,
        workers=1,
        websockets=False,
        backlog=BACKLOG,
        log_enabled=False,
        ssl_cert=certificate,
        ssl_key=key,
        workers_kill_timeout=1,  # streams of events have no end of their own
    )
    try:
        # any object with __rsgi__ will do
        server.serve(target_loader=partial(loaded, options, *life), wrap_loader=False)  # type: ignore[arg-type]
    except SystemExit:
        raise Broken("the worker came to an unexpected end") from None
    finally:
        if options.ready_file is not None:
            options.ready_file.unlink(missing_ok=True)


def _check(options: Options) -> None:
    """Find what would stop the worker before there is one. Raises click.UsageError."""
    from emulator.core.ports import StoreError
    from emulator.settings import Misconfigured
    from emulator.store.vault import opened

    if options.port == options.smpp_port:
        raise click.UsageError("--port and --smpp-port are the same")
    for port, option in ((options.port, "--port"), (options.smpp_port, "--smpp-port")):
        probe(options.host, port, option)  # before anything is touched that may belong to who listens there
    try:
        start(options)
        opened(options.store).close()
    except (Misconfigured, StoreError) as error:
        raise click.UsageError(str(error)) from None
    if options.ready_file is not None:
        _clear(options.ready_file)


def start(options: Options) -> "Start":
    """How the emulator begins. Raises Misconfigured."""
    from emulator.app import start_of

    return start_of(
        options.world,
        seed=options.seed,
        clock=options.clock,
        rate=options.rate,
        profiles=options.profiles,
    )


def _clear(ready_file: Path) -> None:
    """Take away what an earlier run left. Raises click.UsageError where nothing can be written."""
    try:
        ready_file.touch()
        ready_file.unlink()
    except OSError as error:
        raise click.UsageError(f"--ready-file {ready_file}: {error.strerror}") from None


def loaded(options: Options, life: "Connection", ours: "Connection") -> "Bridge":
    """In the worker: the application, its pump at work, and somebody who tells when it answers.

    `life` ends when nobody has `ours` any more: the master has it for as long as it lives.
    """
    from emulator.space import DEFAULT
    from emulator.store.vault import MEMORY
    from emulator.transports.rsgi import Bridge

    ours.close()
    end_with(life)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("smslab").setLevel(logging.INFO if options.verbose else logging.WARNING)
    emulator = _emulator(options)
    emulator.start()
    after_end(emulator.stop)
    open_many_files()
    smsc = _smsc(emulator, options)
    tune_interpreter()
    told = options, os.getppid(), emulator.spaces[DEFAULT]
    threading.Thread(target=announce, args=told, daemon=True, name="smslab-ready").start()

    def part() -> None:
        """Let go of who would be waited for, or the end would not be a good one."""
        emulator.spaces.dismiss()
        smsc.stop()

    front = emulator.wsgi
    is_swift = front.is_swift if options.store == MEMORY else lambda path: False
    return Bridge(front, is_swift, options.threads, begun=partial(at_end, part))


def _emulator(options: Options) -> "Emulator":
    """As it was asked for, not started. Raises SystemExit."""
    from emulator.app import composed
    from emulator.core.ports import StoreError
    from emulator.store.vault import opened

    try:
        return composed(
            start(options),
            threads=options.threads,
            control_token=options.control_token,
            callbacks_anywhere=options.callbacks_anywhere,
            vault=opened(options.store),
            keep=options.keep or 0,
        )
    except StoreError as error:  # nobody has read before what is written there
        raise SystemExit(f"smslab: {error}") from None


def _smsc(emulator: "Emulator", options: Options) -> "SmppServer":
    """Its SMSC, at work. Raises SystemExit."""
    smsc = emulator.smsc(
        options.host, options.smpp_port, tls=context(options.certificate), anywhere=options.callbacks_anywhere
    )
    try:
        smsc.start()
    except OSError as error:  # somebody was quicker since it was probed
        raise SystemExit(f"smslab: {taken(options.host, options.smpp_port, '--smpp-port', error)}") from None
    return smsc
