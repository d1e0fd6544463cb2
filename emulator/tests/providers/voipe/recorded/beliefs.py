"""What an answer proves of the world it was given in, where the recording does not show how it came about."""

from bisect import bisect_left
from collections.abc import Sequence
from hashlib import md5

from emulator.core.model import Account, Status
from emulator.core.timetable import status_at
from emulator.providers.voipe.money import reckoned
from emulator.tests.providers.voipe.recorded import workers
from emulator.tests.providers.voipe.recorded.balances import owner, told
from emulator.tests.providers.voipe.recorded.bindings import SECRET, Kind
from emulator.tests.providers.voipe.recorded.reading import Exchange, session
from emulator.tests.providers.voipe.recorded.scene import Scene

REFUSED = frozenset({"100", "600"})
"""The codes of who is not let in."""

UNKNOWN = frozenset({"605", "607", "609", "611", "613", "615", "617", "620"})
"""The codes that may mean an account that is not there."""

INSIDE = "inc=core_welcome"
"""Where a visitor is sent who is logged in."""

FILTERS = ("src", "dst", "dt", "kwd", "c", "last")


class Beliefs:
    """What is taken from answers, exchange by exchange."""

    def __init__(self, exchanges: Sequence[Exchange]) -> None:
        self._exchanges = exchanges
        self._numbers = [exchange.number for exchange in exchanges]
        self._told: dict[str, int] = {}
        """The last exchange that told each account's balance."""

    def people(self, scene: Scene) -> None:
        """Who is let in is there and not banned, and who is spoken of is there."""
        exchange = scene.exchange
        if exchange.answer and exchange.error not in REFUSED:
            if exchange.user and "@" not in exchange.user and scene.caller() is None:
                scene.world.ensured(exchange.user.lower())
            caller = scene.caller()
            if caller is not None and caller.attributes.get("banned"):
                scene.world.attribute(caller.login, banned="")
            for row in exchange.rows if exchange.operation == "pv" else ():
                if str(row["to"]).startswith("@"):
                    scene.world.ensured(str(row["to"])[1:].lower())
            named = exchange.given("data_username")
            if named.isalnum() and exchange.error not in UNKNOWN and exchange.operation in ADMINISTRATION:
                scene.world.ensured(named)

    def believe(self, scene: Scene) -> bool:
        """Let everything be so that the answer takes for granted; whether a balance is among it."""
        self._session(scene)
        if not scene.exchange.answer:
            return False
        _token(scene)
        _password(scene)
        _means(scene)
        _queue(scene)
        _rows(scene)
        if not self._complete(scene.exchange.number - 1, scene.exchange.number):
            _nothing(scene)
        return self._balance(scene)

    def _complete(self, first: int, last: int) -> bool:
        """Whether every exchange from one to another is in the file."""
        return bisect_left(self._numbers, last) - bisect_left(self._numbers, first) == last - first

    def _balance(self, scene: Scene) -> bool:
        """A balance may be another one if exchanges are missing since it was told last."""
        account, balance = owner(scene), told(scene.exchange)
        if account is None or balance is None:
            return False
        scene.world.known.add(account.login.lower())
        number, before = scene.exchange.number, self._told.get(account.login, 0)
        self._told[account.login] = number
        ours = reckoned(account, scene.world.now)
        if self._complete(before, number) or ours is None or round(ours, 3) == balance:
            return False
        scene.world.balance(account.login, balance)
        return True

    def _session(self, scene: Scene) -> None:
        """A key was right if the visitor is inside afterwards; so is who comes with a cookie from nowhere."""
        exchange, bindings = scene.exchange, scene.bindings
        key, given = exchange.given("login_key").lower(), session(exchange.response.header("Set-Cookie"))
        if exchange.operation == "ws_login" and key and bindings.ours(Kind.SECRET, key) is None:
            after = [one for one in self._exchanges if given and one.cookie == given]
            if any(INSIDE in one.response.header("Location") for one in after):
                scene.world.attribute(exchange.user.lower(), login_key=key)
        if exchange.cookie and bindings.ours(Kind.SESSION, exchange.cookie) is None:
            inside = INSIDE in exchange.response.header("Location")
            bindings.bind(Kind.SESSION, exchange.cookie, scene.world.visitor(inside=inside))


ADMINISTRATION = frozenset({"accountban", "accountunban", "accountpref", "accountconf"})
"""Operations that do something to an account that is there."""


def _token(scene: Scene) -> None:
    """A token that was accepted is the account's, also where nobody saw how it got it."""
    token, account = scene.exchange.given("h").lower(), scene.caller()
    if account is None or not SECRET.fullmatch(token) or scene.exchange.error in REFUSED:
        return
    if scene.exchange.operation != "none" and scene.bindings.ours(Kind.SECRET, token) is None:
        _give(scene, account, token)


def _password(scene: Scene) -> None:
    """So is a password, and the token that was told for it."""
    exchange, account = scene.exchange, scene.caller()
    if exchange.operation != "get_token" or exchange.error == "100" or account is None:
        return
    scene.world.change(account.login, password=exchange.given("p"))
    token = str(exchange.answer.get("token", ""))
    if token and scene.bindings.ours(Kind.SECRET, token) is None and scene.bindings.is_ours(account.key):
        _give(scene, account, token)


def _give(scene: Scene, account: Account, token: str) -> None:
    """The token itself, unless it stands for another one already."""
    ours = md5(token.encode()).hexdigest() if scene.bindings.is_ours(token) else token
    scene.world.change(account.login, key=ours)
    scene.bindings.bind(Kind.SECRET, token, ours)


def _means(scene: Scene) -> None:
    """Messages that were taken could be paid."""
    account = scene.caller()
    taken = any(
        str(row["smslog_id"] or "") for row in scene.exchange.rows if scene.exchange.operation == "pv"
    )
    if account is not None and taken:
        scene.world.solvent(account.login)


def _queue(scene: Scene) -> None:
    """A queue that is said to wait, or to be done with, was made by somebody who wrote no line."""
    queue, account = scene.exchange.given("queue").lower(), scene.caller()
    if scene.exchange.operation != "ds" or account is None or scene.bindings.ours(Kind.SECRET, queue):
        return
    to = {"401": "1", "402": "nobody"}.get(scene.exchange.error)
    if to is not None:
        fields = {"schedule": "2099-01-01"} if "schedule" in scene.exchange.note else {}
        entries = scene.world.sent(account, to, "x", **fields)
        scene.bindings.bind(Kind.SECRET, queue, next((str(entry["queue"]) for entry in entries), queue))


def _rows(scene: Scene) -> None:
    """Workers have run on messages that are listed as handed over, or as reported."""
    world = scene.world
    for row in scene.exchange.rows if scene.exchange.operation == "ds" else ():
        ours = scene.bindings.ours(Kind.SMSLOG, str(row["smslog_id"]))
        message = world.space.store.message(int(ours)) if ours else None
        if message is None:
            continue
        if status_at(message, world.now) is Status.QUEUED:
            workers.queue_worker(world)
        if (
            row["status"] in {"2", "3"}
            and message.id not in world.touched
            and status_at(message, world.now) is Status.SUBMITTED
        ):
            workers.report_reader(world)


def _nothing(scene: Scene) -> None:
    """An inbox of which nothing is listed was emptied by somebody."""
    exchange, account = scene.exchange, scene.caller()
    filtered = any(exchange.given(name) for name in FILTERS)
    if account is None or filtered or (exchange.operation, exchange.error) != ("ix", "501"):
        return
    boxed = {one.id for one in scene.world.boxed() if one.account == account.login}
    scene.world.forget_received(lambda one: one.id in boxed)
