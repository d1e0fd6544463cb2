"""Puts everything together: spaces, providers, control API, transports. Imported only to start it."""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from emulator import settings
from emulator.admin.routes import control_app
from emulator.providers import PROVIDERS
from emulator.settings import WorldFile
from emulator.space import Spaces, Start, changed_world, switches
from emulator.store.vault import MEMORY, Vault, opened
from emulator.transports.http import Front
from emulator.transports.pump import Pump
from emulator.transports.push import Courier
from emulator.transports.smpp.board import Board
from emulator.transports.smpp.server import SmppServer
from emulator.transports.web import web_app
from emulator.tuning import THREADS

if TYPE_CHECKING:
    from ssl import SSLContext

    from _typeshed.wsgi import WSGIApplication


@dataclass(frozen=True, slots=True)
class Emulator:
    """A composed emulator: hand `wsgi` to a server, `start` before and `stop` after."""

    wsgi: Front
    spaces: Spaces
    pump: Pump
    board: Board
    http: str = ""
    smpp: str = ""

    def start(self) -> None:
        self.pump.start()

    def stop(self) -> None:
        self.pump.stop()
        self.spaces.close()

    def smsc(
        self, host: str, port: int, *, tls: "SSLContext | None" = None, anywhere: bool = False
    ) -> SmppServer:
        """The SMPP server of the one provider that has one: not started."""
        (provider,) = [one for one in PROVIDERS if one.smsc is not None]
        return SmppServer(
            provider, self.spaces, self.pump, self.board, host=host, port=port, tls=tls, anywhere=anywhere
        )


def composed(
    start: Start,
    *,
    threads: int = THREADS,
    control_token: str | None = None,
    callbacks_anywhere: bool = False,
    vault: Vault | None = None,
    keep: int = 0,
) -> Emulator:
    """Everything, once, for a server of so many threads: who waits or listens may hold three of four."""
    pump = Pump(Courier(anywhere=callbacks_anywhere))
    board = Board()
    spaces = Spaces(start, pump.poke, board.ring, vault, keep=keep)
    pump.leads = spaces.leads
    control = control_app(
        spaces, pump, PROVIDERS, token=control_token, held=threads * 3 // 4, smpp=lambda: board.address
    )
    front = Front(web_app(PROVIDERS), control.wsgi_app, spaces, pump, PROVIDERS)
    return Emulator(front, spaces, pump, board)


def start_of(
    world: Path | None = None,
    *,
    seed: int = 0,
    clock: str | None = None,
    rate: float = 1.0,
    profiles: Mapping[str, str] = MappingProxyType({}),
) -> Start:
    """How a space begins, read and checked. Raises Misconfigured."""
    start = Start(
        seed=seed,
        clock=settings.clock_start(clock),
        rate=rate,
        world=changed_world(settings.world(world), {}, profiles),
    )
    switches(start.world)
    return start


@contextmanager
def running(
    *,
    seed: int = 0,
    clock: str | None = None,
    rate: float = 1.0,
    world: WorldFile | None = None,
    control_token: str | None = None,
    callbacks_anywhere: bool = False,
    store: str = MEMORY,
    keep: int = 0,
    wrap: "Callable[[WSGIApplication], WSGIApplication]" = lambda app: app,
) -> Iterator[Emulator]:
    """An emulator in this process, on free ports of the loopback, for as long as the block lasts.

    `store` and `keep` are as of `smslab serve`. Raises StoreError.
    """
    start = Start(seed=seed, clock=settings.clock_start(clock), rate=rate, world=world or settings.world())
    emulator = composed(
        start,
        control_token=control_token,
        callbacks_anywhere=callbacks_anywhere,
        vault=opened(store),
        keep=keep,
    )
    emulator.start()
    with ExitStack() as ending:
        ending.callback(emulator.stop)
        smsc = emulator.smsc("127.0.0.1", 0, anywhere=callbacks_anywhere)
        smsc.start()
        ending.callback(smsc.stop)
        port = ending.enter_context(_answering(wrap(emulator.wsgi)))
        ending.callback(emulator.spaces.dismiss)  # or who listens would be waited for
        yield replace(emulator, http=f"http://127.0.0.1:{port}", smpp=smsc.address)


@contextmanager
def _answering(app: "WSGIApplication") -> Iterator[int]:
    """A server of an application in this process, for as long as the block lasts: its port."""
    from waitress.server import create_server
    from waitress.wasyncore import close_all

    sockets: dict[int, Any] = {}
    server = create_server(
        app, map=sockets, host="127.0.0.1", port=0, threads=THREADS, ident=None,
        max_request_body_size=2**30, clear_untrusted_proxy_headers=False,
    )  # fmt: skip
    logging.getLogger("waitress").setLevel(logging.ERROR)
    logging.getLogger("waitress").addFilter(is_news)
    thread = threading.Thread(target=server.run, daemon=True, name="smslab-http")
    thread.start()
    try:
        yield server.effective_port
    finally:
        server.task_dispatcher.shutdown()
        # from within its loop, which ends with the last connection; from outside it would sleep on
        server.trigger.pull_trigger(lambda: close_all(sockets))
        thread.join(2)


def is_news(record: logging.LogRecord) -> bool:
    """Whether it tells of anything but an answer that a fault on purpose cuts short."""
    return not (record.exc_info and isinstance(record.exc_info[1], ConnectionAbortedError))
