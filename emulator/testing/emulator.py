"""An emulator in this process."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from emulator import app
from emulator.testing.control import Control
from emulator.testing.space import Space

CLOCK = "2026-03-02T09:00:00Z"
"""Where the clock of a space begins unless something else is said."""

NONE: Mapping[str, Any] = MappingProxyType({})


class Emulator:
    """What listens on two free ports of the loopback: `url` for HTTP, `smpp` for sessions."""

    def __init__(self, url: str, smpp: tuple[str, int]) -> None:
        self.url, self.smpp = url, smpp
        self._control = Control(url)
        self._numbers = count(1)

    def __repr__(self) -> str:
        return f"<Emulator at {self.url}>"

    @contextmanager
    def space(
        self,
        name: str | None = None,
        *,
        seed: int = 0,
        clock: datetime | str = CLOCK,
        rate: float = 0.0,
        profiles: Mapping[str, str] = NONE,
        quirks: Mapping[str, Mapping[str, Any]] = NONE,
    ) -> Iterator[Space]:
        """A new space for as long as the block lasts.

        The `seed` decides identifiers. The `clock` begins at a moment or "now" and passes `rate` seconds in
        one on the wall: at 0 it stands until it is moved. `profiles` and `quirks` say by provider how it
        behaves where documents leave that open: `{"iro": {"soap_result": "wrapped"}}`. Over SMPP a name of
        up to ten characters leaves room for the login `demo`. Raises Declined.
        """
        name = name or f"space-{next(self._numbers)}"
        begins = clock.isoformat() if isinstance(clock, datetime) else clock
        start = {"seed": seed, "clock": begins, "rate": rate, "profiles": {**profiles}, "quirks": {**quirks}}
        self._control.tell("PUT", f"/spaces/{quote(name, safe='')}", start)
        try:
            yield Space(name, f"{self.url}/~{name}", self.smpp)
        finally:
            self._control.tell("DELETE", f"/spaces/{name}")


@contextmanager
def running(world: Path | None = None) -> Iterator[Emulator]:
    """An emulator for as long as the block lasts; `world` is a file instead of the default accounts.

    Raises emulator.settings.Misconfigured where the file cannot be obeyed.
    """
    with app.running(world=app.start_of(world).world) as started:
        host, _, port = started.smpp.rpartition(":")
        yield Emulator(started.http, (host, int(port)))
