"""Values to begin with: one customer, one draft, and a gateway that stands at nine o'clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from emulator import settings
from emulator.core.clock import VirtualClock
from emulator.core.credits import Tariff
from emulator.core.events import Feed
from emulator.core.gateway import Gateway
from emulator.core.kept import Kept
from emulator.core.model import Account, Draft, Inbound, Login, Message, Order, Status
from emulator.core.notices import Ring
from emulator.core.ports import Look, Store
from emulator.core.pushes import Push
from emulator.core.sending import accepted, plan
from emulator.store.memory import MemoryStore

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
NUMBER, OTHER = "306912345678", "306998765432"
FAILS, EXPIRES, STUCK, SLOW = "306900009001", "306900009002", "306900009004", "306900009005"
TWICE = "306900009007"
EARLY, ANSWERS, SILENT, UNPAID = "306900009008", "306900009009", "306900009012", "306900009013"

DEMO = Login(provider="isms", name="demo", password="secret")
GUEST = Login(provider="isms", name="guest", password="guest")

URL = "http://127.0.0.1:1/dlr"


def second(count: float) -> datetime:
    """So many seconds after nine."""
    return NINE + timedelta(seconds=count)


def an_account(**changes: Any) -> Account:
    given = {"provider": "isms", "login": "demo", "password": "secret", "credit": Decimal("10.00")}
    return Account(**{**given, **changes})


def a_draft(*recipients: str, **changes: Any) -> Draft:
    return Draft(**{"sender": "smslab", "recipients": recipients, "text": "Hello", **changes})


def an_order(*recipients: str, id: int = 1, first: int = 1, **changes: Any) -> tuple[Order, list[Message]]:
    """An order accepted at nine and its messages, as the core makes them."""
    draft, account = a_draft(*(recipients or (NUMBER,)), **changes), an_account()
    fates = [settings.outcomes().of(number) for number in draft.recipients]
    return accepted(plan(draft, account, Tariff(), fates), account, now=NINE, id=id, first=first)


def a_message(recipient: str = NUMBER, **changes: Any) -> Message:
    return an_order(recipient, **changes)[1][0]


@dataclass(frozen=True, slots=True)
class Notes:
    """Reports of a made-up provider: a note for every step, and for every message from a handset."""

    retries: tuple[timedelta, ...] = ()
    early: bool = False
    """Whether there is a note of acceptance too."""

    def report(self, message: Message, status: Status, at: datetime) -> Sequence[Push]:
        url, accepted = message.order.callback, at == message.order.accepted_at and not status.final
        if url is None or (accepted and status is not Status.SUBMITTED and not self.early):
            return ()
        return (self._note(url, f"{message.recipient} {status} {at:%H:%M:%S}"),)

    def inbound(self, inbound: Inbound, account: Account, look: Look) -> Sequence[Push]:
        url = account.attributes.get("inbound")
        return (self._note(url, f"{inbound.sender} says {inbound.text}"),) if url else ()

    def consequences(self, inbound: Inbound, account: Account) -> Sequence[Kept]:
        return ()

    def _note(self, url: str, body: str) -> Push:
        return Push(method="POST", url=url, headers=(), body=body, retries=self.retries)


def nobody(provider: str, account: str) -> None:
    """Whoever has no sessions."""


def a_gateway(
    *accounts: Account,
    store: Store | None = None,
    tariff: Tariff | None = None,
    ring: Ring = nobody,
    keep: int = 0,
) -> Gateway:
    """A gateway of made-up provider `isms` whose clock stands at nine; `demo` has ten credits."""
    gateway = Gateway(
        clock=VirtualClock(NINE),
        store=MemoryStore() if store is None else store,
        feed=Feed(),
        outcomes=settings.outcomes(),
        tariffs={"isms": tariff or Tariff()},
        reports={"isms": Notes()},
        ring=ring,
        keep=keep,
    )
    for account in accounts or (an_account(), an_account(login="guest", password="guest")):
        gateway.store.put_account(account)
    return gateway


def run(gateway: Gateway, seconds: float) -> list[str]:
    """Let the clock jump ahead; the bodies of the callbacks that were to be tried on the way."""
    tried: list[str] = []
    target = gateway.clock.now() + timedelta(seconds=seconds)
    while (due := gateway.agenda.next_due()) is not None and due <= target:
        gateway.clock.reach(due)
        tried += [callback.push.body for callback in gateway.agenda.fall_due(due)]
    gateway.clock.reach(target)
    return tried
