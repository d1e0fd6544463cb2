"""The world that a recording happened in: an emulator with the profile `upstream`, in this process."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import md5
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode

from emulator.app import composed
from emulator.core import sabotage
from emulator.core.model import INBOUND, Account, Inbound, Message, Timetable
from emulator.core.refusals import Reason
from emulator.core.sabotage import Effect, Fault
from emulator.providers.voipe import incoming, people, queues
from emulator.providers.voipe.people import NAME
from emulator.settings import WorldFile
from emulator.space import Space, Start
from emulator.store.archive import Restored
from emulator.tests.providers.voipe.recorded.answers import Answer, moment, own
from emulator.tests.providers.voipe.recorded.reading import Field, envelope, session
from emulator.transports.http import captured

MEANS = Decimal(1000)
"""What an account has of which nobody tells what it has."""

INDEX = "/playsms/index.php"

DOWN = "database"
"""The name of the fault on purpose."""


class World:
    """Thread of one replay. Clocks stand still: workers run when a state says so."""

    def __init__(self, begin: datetime, file: WorldFile) -> None:
        self.emulator = composed(Start(seed=1, clock=begin, rate=0.0, world=file))
        self.known: set[str] = set()
        """Whose balance was told."""
        self.numbers: dict[str, int] = {}
        """The last number of each kind that was given to an entry of a phone book."""
        self.touched: dict[int, tuple[Message, Timetable]] = {}
        """Messages whose fate somebody changed by hand, and what it was before."""

    @property
    def space(self) -> Space:
        return self.emulator.spaces[""]

    @property
    def now(self) -> datetime:
        return self.space.clock.now()

    # Asking

    def ask(
        self, method: str, path: str, query: str, headers: Sequence[Field] = (), body: bytes = b""
    ) -> Answer:
        """What is answered to a request from this machine."""
        fields = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers}
        environ: dict[str, Any] = {
            **fields,
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query.encode().decode("latin-1"),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": fields.get("HTTP_CONTENT_TYPE", ""),
            "CONTENT_LENGTH": str(len(body)) if body else "",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
        }
        answer = captured(self.emulator.wsgi, environ)
        return Answer(
            int(answer.status[:3]), own(answer.headers), answer.body.decode("utf-8", "surrogateescape")
        )

    def call(self, **fields: str) -> Mapping[str, Any]:
        """The envelope that an operation answers to whoever works at this world."""
        return envelope(self.ask("GET", INDEX, urlencode({"app": "ws", **fields})).body)

    def begin_anew(self, file: WorldFile) -> None:
        """The same memory in a space whose world is another."""
        space = self.space
        memory = Restored(space.store.snapshot(), space.seed, self.now, 0.0)
        made, _ = self.emulator.spaces.put("", replace(space.start, world=file))
        made.become(memory)

    def break_down(self) -> None:
        """Let the database be gone."""
        fault = Fault(id=DOWN, effect=Effect.REFUSE, provider=NAME, reason=Reason.STORAGE_FAILED)
        self.space.store.put(sabotage.KIND, (DOWN,), fault)

    def mend(self) -> None:
        self.space.store.drop(sabotage.KIND, (DOWN,))

    # Accounts

    def account(self, name: str) -> Account | None:
        return people.named(self.space.gateway, name)

    def ensured(self, name: str) -> Account:
        """The account of that name; who is not there yet is opened as this recording opens its accounts."""
        found = self.account(name)
        if found is None:
            attributes = {"level": "3", "name": f"{name.title()} User", "email": f"{name}@example.com"}
            found = Account(
                provider=NAME, login=name, password=name, key=md5(name.encode()).hexdigest(),
                credit=Decimal(0), senders=(), attributes=attributes,
            )  # fmt: skip
            self.put(found)
        return found

    def put(self, account: Account) -> None:
        self.space.store.put_account(account)

    def change(self, name: str, **fields: Any) -> None:
        self.put(replace(self.ensured(name), **fields))

    def attribute(self, name: str, **attributes: str) -> None:
        account = self.ensured(name)
        kept = {key: value for key, value in {**account.attributes, **attributes}.items() if value}
        self.put(replace(account, attributes=kept))

    def balance(self, name: str, credit: Decimal) -> None:
        """What the credit worker has computed."""
        self.known.add(name.lower())
        self._reckon(name, credit)

    def solvent(self, name: str) -> None:
        """Whoever could send had the means, unless it is known what they were; so had the parent."""
        account = self.ensured(name)
        above = people.parent(self.space.gateway, account)
        tariff = self.space.start.world.tariffs[NAME]
        for one in (account, above) if tariff.sms or tariff.prefixes else ():
            if one is not None and one.credit is not None and one.login.lower() not in self.known:
                self._reckon(one.login, max(one.credit, MEANS))

    def _reckon(self, name: str, credit: Decimal) -> None:
        self.change(name, credit=credit)
        self.attribute(name, reckoned="", reckoned_until="")

    def sent(self, account: Account, to: str, msg: str, **fields: str) -> Sequence[Mapping[str, Any]]:
        """The entries for a call of pv that costs nothing and needs no credit."""
        before = self.ensured(account.login).credit
        self.change(account.login, credit=None)
        told = self.call(op="pv", u=account.login, h=account.key, to=to, msg=msg, **fields)
        self.change(account.login, credit=before)
        return list(told.get("data") or ())

    def write(self, message: Message) -> None:
        """Put a message in the place of the one with its identifier."""
        with self.space.store.turn():
            self.space.store.replace(message)

    def queue(self, message: Message) -> str:
        return queues.code(message.order.id, self.space.ids)

    # What came in

    def words(self, owner: str) -> set[str]:
        return incoming.keywords(self.ensured(owner))

    def received(self, owner: str, sender: str, number: str, text: str, at: str) -> str:
        """A message that came in at a moment long ago; its identifier."""
        self.ensured(owner)
        inbound = self.space.gateway.receive(NAME, owner, sender, number, text)
        self.space.store.put(INBOUND, (inbound.id,), replace(inbound, received_at=moment(at)))
        return str(inbound.id)

    def forget_received(self, which: Callable[[Inbound], bool]) -> None:
        """Delete some of what came in."""
        for one in self.space.store.values(INBOUND):
            if isinstance(one, Inbound) and which(one):
                self.space.store.drop(INBOUND, (one.id,))

    def boxed(self) -> list[Inbound]:
        """What stands in inboxes, oldest first."""
        found = [one for one in self.space.store.values(INBOUND) if isinstance(one, Inbound)]
        return [one for one in found if incoming.place(one, self.ensured(one.account)).list == "ix"]

    def visitor(self, *, inside: bool) -> str:
        """The session of a visitor who came before, logged in by the administrator's key or not."""
        key = self.call(op="loginkeyset", u="admin", h=self.ensured("admin").key, data_username="demo")
        query = {"app": "ws", "op": "ws_login", "u": "demo", "login_key": key["login_key"] if inside else "x"}
        answer = self.ask("GET", INDEX, urlencode(query))
        return next(session(value) for name, value in answer.headers if name == "Set-Cookie")

    # Time

    def advance(self, by: timedelta) -> None:
        """Let time pass, with everything that is due in it."""
        self.emulator.pump.advance(self.space, by)
