"""Accounts that want to be called: they hear an outbind when something waits and nobody is bound."""

import asyncio
import logging
from collections.abc import Callable

from emulator.core.model import Account
from emulator.transports.push import on_loopback
from emulator.transports.smpp.board import Place
from emulator.wire.smpp.pdus import body

OUTBIND, PASSWORD = "smpp_outbind", "smpp_outbind_password"
"""Attributes of such an account: where it is, as HOST:PORT, and how it knows us."""

AGAIN = 30.0
"""Seconds until an account that could not be called, or hung up, is called again."""

Credentials = tuple[str, str]
"""system_id and password of an outbind."""

log = logging.getLogger("smslab")


class Callout:
    """Calls accounts over lines of its own; `deal` looks again whether anything waits for one."""

    def __init__(
        self,
        line: Callable[[Credentials], asyncio.BaseProtocol],
        deal: Callable[[Place], None],
        *,
        anywhere: bool,
    ) -> None:
        self._line, self._deal, self._anywhere = line, deal, anywhere
        self._called = set[Place]()
        self._calling = set[asyncio.Task[None]]()

    def call(self, place: Place) -> None:
        """Something may wait for an account, and nobody is bound: it may want to be told."""
        # req: smpp34/bind/outbind smpp34/bind/outbind-then-bind
        account = place.space.store.account(place.provider, place.account)
        if account is None or OUTBIND not in account.attributes or place in self._called:
            return
        if place.space.feed.closed or not place.space.gateway.notices.kept(place.provider, place.account):
            return
        loop = asyncio.get_running_loop()
        self._called.add(place)
        loop.call_later(AGAIN, self._look_again, place)
        task = loop.create_task(self._connect(place, account))
        self._calling.add(task)
        task.add_done_callback(self._calling.discard)

    def close(self) -> None:
        """Call nobody any more."""
        for task in self._calling:
            task.cancel()

    def _look_again(self, place: Place) -> None:
        self._called.discard(place)
        self._deal(place)

    async def _connect(self, place: Place, account: Account) -> None:
        address = account.attributes[OUTBIND]
        host, _, port = address.rpartition(":")
        try:
            if not port.isdecimal() or not (self._anywhere or on_loopback(f"smpp://{host}:{port}")):
                raise OSError("no HOST:PORT that may be called")
            if not sayable(outbind := credentials(place, account)):
                raise OSError("its system_id or password is more than SMPP can say")
            async with asyncio.timeout(AGAIN):
                await asyncio.get_running_loop().create_connection(
                    lambda: self._line(outbind), host.strip("[]"), int(port)
                )
        except (OSError, OverflowError) as error:
            who = f"space {place.space.name!r} account {place.account!r}"
            log.warning("%s: outbind to %s: %s", who, address, error or "it does not answer")


def sayable(outbind: Credentials) -> bool:
    """Whether fields have room and letters for them."""
    try:
        body("outbind", dict(zip(("system_id", "password"), outbind, strict=True)), {})
    except ValueError:  # whose text is not for logs
        return False
    return True


def credentials(place: Place, account: Account) -> Credentials:
    """The system_id names the space, as in a bind."""
    name = f"@{place.space.name}" if place.space.name else ""
    return place.account + name, account.attributes.get(PASSWORD, account.password)
