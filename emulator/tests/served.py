"""The emulator in this process, called through WSGI: no socket, no thread, a clock that stands at nine."""

from datetime import timedelta
from typing import Any

from werkzeug.test import Client, TestResponse

from emulator import settings
from emulator.app import composed
from emulator.core import sabotage
from emulator.core.journal import Exchange
from emulator.core.sabotage import Effect, Fault
from emulator.space import Start, changed_world
from emulator.tests.samples import NINE, NUMBER

LOGIN = {"username": "demo", "password": "demo"}
LETTER = {"from": "smslab", "to": NUMBER, "message": "Hello"}


class Served:
    """An emulator whose iSMS switches are put as given."""

    def __init__(self, **quirks: Any) -> None:
        world = changed_world(settings.world(), {"isms": quirks})
        self.emulator = composed(Start(seed=1, clock=NINE, rate=0.0, world=world))
        self.space = self.emulator.spaces[""]
        self.client = Client(self.emulator.wsgi)

    def get(self, script: str, **fields: str) -> str:
        """The reply to `demo`; a field called `sender` travels as `from`, `dlr_url` as `dlr-url`."""
        return self.answer(script, **fields).text

    def answer(self, script: str, **fields: str) -> TestResponse:
        return self.client.get(f"/api/http/{script}.php", query_string={**LOGIN, **named(fields)})

    def send(self, **fields: str) -> str:
        """The identifier of an accepted send."""
        reply = self.get("send", **{**LETTER, **named(fields)})
        assert reply[:3] == "ID:"
        return reply[3:]

    def advance(self, seconds: float) -> None:
        self.emulator.pump.advance(self.space, timedelta(seconds=seconds))

    def break_(self, effect: Effect, **aim: Any) -> None:
        """Put a fault on purpose."""
        self.space.store.put(sabotage.KIND, ("f",), Fault(id="f", effect=effect, **aim))

    @property
    def journal(self) -> list[Exchange]:
        return self.space.journal.since(0, 1000)


def named(fields: dict[str, str]) -> dict[str, str]:
    spelled = {"sender": "from", "dlr_url": "dlr-url"}
    return {spelled.get(name, name): value for name, value in fields.items()}
