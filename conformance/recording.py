"""The command `smslab record`: a proxy that keeps what passes, without secrets and numbers."""

import signal
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import click

from conformance.plainly import plainly
from conformance.record import said
from conformance.recorder import smslab_version
from conformance.recordings.disguise import Disguise
from conformance.recordings.file import FORMAT, Head, Taken, written
from conformance.recordings.proxy import passing
from conformance.tape import Exchange
from conformance.target import host_port


class Keeper:
    """Writes exchanges to a file as they come, disguised; nothing of a secret ever reaches the disk."""

    def __init__(self, path: Path, upstream: str) -> None:
        self._file = path.open("wb")
        self._disguise = Disguise()
        self._lock = threading.Lock()
        self.kept = 0
        self._write(written(Head(format=FORMAT, smslab=smslab_version(), upstream=upstream, date=_now())))

    def hear(self, connection: int, exchange: Exchange) -> None:
        """Keep an exchange that is over by now; what is over after the recording is lost."""
        with self._lock:
            if self._file.closed:
                return
            asked = _now(ago=timedelta(seconds=exchange.took))
            kept = said(self._disguise.over(exchange))
            self._write(written(Taken(at=asked, connection=connection, said=kept)))
            self.kept += 1

    def close(self) -> None:
        with self._lock:
            self._file.close()

    def _write(self, line: bytes) -> None:
        self._file.write(line)
        self._file.flush()


@click.command()
@click.option(
    "--upstream", required=True, metavar="URL", help="What is recorded: http://, https://, smpp://."
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file, JSON lines."
)
@click.option("--listen", default="127.0.0.1:0", show_default=True, metavar="HOST:PORT")
def record(upstream: str, out: Path, listen: str) -> None:
    """Record what a client says to URL and what it is answered, until interrupted.

    The client is pointed at the address that is printed. Logins become those of the default world, numbers
    are replaced by others, the same ones by the same, before anything is written. Then `smslab check
    --transcripts FILE` judges the answers, and `smslab check self --transcripts FILE` says the same to our
    emulator and lists what it answers differently.
    """
    with plainly():
        _check(upstream)
        try:
            with closing(Keeper(out, upstream)) as keeper:
                _kept(keeper, upstream, _place(listen), out)
        except OSError as fault:
            raise click.UsageError(str(fault)) from None


def _kept(keeper: Keeper, upstream: str, listen: tuple[str, int], out: Path) -> None:
    with passing(upstream, listen, keeper.hear) as address:
        ended = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):  # the first is ignored where a shell script starts us
            signal.signal(number, lambda *_: ended.set())
        click.echo(f"recording {upstream} at {address} into {out}; interrupt to end")
        ended.wait()
    click.echo(f"kept {keeper.kept} exchanges")


def _check(upstream: str) -> None:
    """UsageError where it is no address, or one with a password, which would be kept."""
    try:
        parts = urlsplit(upstream)
        wrong = parts.scheme not in ("http", "https", "smpp") or not parts.hostname or parts.port == 0
    except ValueError:
        wrong = True
    if wrong:
        raise click.UsageError(f"--upstream reads http://host:port or smpp://host:port, not {upstream}")
    if parts.username is not None:
        raise click.UsageError("--upstream holds no name and no password; what the client says goes on")


def _place(text: str) -> tuple[str, int]:
    place = host_port(text)
    if place is None:
        raise click.UsageError(f"--listen reads host:port, not {text}")
    return place


def _now(*, ago: timedelta = timedelta()) -> str:
    return (datetime.now(UTC) - ago).isoformat().replace("+00:00", "Z")
