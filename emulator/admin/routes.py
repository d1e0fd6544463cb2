"""The control API: each view is one call of the gateway, the space or the pump."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from hmac import compare_digest
from pathlib import Path
from typing import TypeVar

from flask import Blueprint, Response, request

from emulator.admin import accounts, bodies, pages, views
from emulator.admin.query import MOST, Unreadable, number, seconds, wanted
from emulator.admin.query import moment as read_moment
from emulator.admin.waiting import matching, stream, waited
from emulator.core import callbacks, sabotage
from emulator.core.events import Kind
from emulator.core.gateway import INBOUND, OVERRIDE
from emulator.core.model import Account, Callback, Inbound
from emulator.core.numbers import msisdn
from emulator.core.outcomes import Override
from emulator.core.refusals import Refused
from emulator.core.sabotage import Effect, Fault
from emulator.provider import CONTEXT, Provider
from emulator.settings import Misconfigured
from emulator.space import Space, Spaces, Start, changed_world
from emulator.store.archive import Inconsistent, exported, imported
from emulator.transports.pump import Pump

PREFIX = "/_emulator"

LONGEST_WAIT = 3600.0
MOST_DUE = 1000
"""How many of the things that fell due are told by name; `due_total` counts them all."""

DUE = {Kind.STEP, Kind.INBOUND, Kind.CALLBACK}

Thing = TypeVar("Thing")

OPENAPI = Path(__file__).with_name("openapi.json")


class Absent(Exception):
    """What the path names is not there."""


@dataclass(frozen=True, slots=True)
class Control:
    """The control API of one emulator."""

    spaces: Spaces
    pump: Pump
    providers: tuple[Provider, ...]

    # Health

    def livez(self) -> Response:
        return shown({"status": "ok"})

    def metrics(self) -> Response:
        return Response(pages.metrics(self.spaces), content_type="text/plain; version=0.0.4; charset=utf-8")

    # Time

    def clock(self) -> Response:
        return shown(views.clock(space()))

    def set_clock(self) -> Response:
        body = bodies.read(request.get_data(), bodies.ClockBody)
        here = space()
        here.clock.set(now=None if body.now is None else read_moment(body.now), rate=body.rate)
        here.wake()
        here.feed.tell(here.clock.now(), Kind.CLOCK, [views.clock(here)])
        return shown(views.clock(here))

    def advance(self) -> Response:
        body = bodies.read(request.get_data(), bodies.AdvanceBody)
        return self._moved(lambda here: self.pump.advance(here, timedelta(seconds=body.seconds)))

    def run_until_idle(self) -> Response:
        return self._moved(self.pump.run_until_idle)

    def _moved(self, move: Callable[[Space], None]) -> Response:
        here = space()
        before = here.feed.last
        move(here)
        due = [event for event in here.feed.after(before) if event.kind in DUE]
        here.feed.tell(here.clock.now(), Kind.CLOCK, [views.clock(here)])
        told = [self._views().event(event) for event in due[:MOST_DUE]]
        return shown({**views.clock(here), "due": told, "due_total": len(due)})

    # The space as a whole

    def reset(self) -> Response:
        with space().driving:
            space().reset()
        return nothing()

    def snapshots(self) -> Response:
        return shown({"snapshots": [views.snapshot(one) for one in space().snapshots.values()]})

    def take_snapshot(self) -> Response:
        body = bodies.read(request.get_data(), bodies.SnapshotBody)
        here = space()
        name = body.name or f"snapshot-{len(here.snapshots) + 1}"
        return shown(views.snapshot(here.remember(name)), 201)

    def restore_snapshot(self, id: str) -> Response:
        with space().driving:
            space().restore(present(space().snapshots.get(id), f"no snapshot {id!r}"))
        return nothing()

    def delete_snapshot(self, id: str) -> Response:
        present(space().snapshots.pop(id, None), f"no snapshot {id!r}")
        return nothing()

    def export(self) -> Response:
        here = space()
        self.pump.settle(here)
        now, rate = here.clock.now(), here.clock.rate
        octets = exported(here.store.snapshot(), seed=here.seed, now=now, rate=rate)
        return Response(octets, content_type="application/json")

    def import_(self) -> Response:
        restored = imported(request.get_data())
        with space().driving:
            space().become(restored)
        return nothing()

    # Accounts

    def accounts(self) -> Response:
        return shown({"accounts": [views.account(one) for one in space().store.accounts()]})

    def put_account(self, provider: str, login: str) -> Response:
        body = bodies.read(request.get_data(), bodies.AccountBody)
        self._provider(provider)
        new = space().store.account(provider, login) is None
        return self._kept(accounts.created(provider, login, body), 201 if new else 200)

    def patch_account(self, provider: str, login: str) -> Response:
        body = bodies.read(request.get_data(), bodies.AccountBody)
        with space().store.turn():
            return self._kept(accounts.changed(self._account(provider, login), body), 200)

    def delete_account(self, provider: str, login: str) -> Response:
        if not space().store.drop_account(provider, login):
            raise Absent(f"no account {login!r} of {provider!r}")
        return nothing()

    def _kept(self, account: Account, status: int) -> Response:
        space().store.put_account(account)
        return shown(views.account(account), status)

    def _account(self, provider: str, login: str) -> Account:
        return present(space().store.account(provider, login), f"no account {login!r} of {provider!r}")

    def _provider(self, name: str) -> None:
        if name not in {provider.name for provider in self.providers}:
            raise Absent(f"no provider {name!r}")

    # Messages

    def messages(self) -> Response:
        found, total = matching(space(), wanted(request.args))
        return shown({"messages": [self._views().message(one) for one in found], "total": total})

    def message(self, id: int) -> Response:
        return shown(self._views().message(present(space().store.message(id), f"no message {id}")))

    def wait(self) -> Response:
        filter = wanted(request.args, "count", "timeout")
        count = number(request.args, "count", 1, most=MOST)
        timeout = seconds(request.args, "timeout", 5.0, LONGEST_WAIT)
        found, total = waited(space(), filter, count, timeout)
        answer = {"messages": [self._views().message(one) for one in found], "total": total}
        return shown(answer, 200 if total >= count else 408)

    def forget_messages(self) -> Response:
        with space().store.turn():
            space().store.forget_messages()
        return nothing()

    # Outcomes, handsets, callbacks, journal, faults

    def outcomes(self) -> Response:
        here = space().gateway.outcomes
        overrides = [one for one in space().store.values(OVERRIDE) if isinstance(one, Override)]
        return shown(
            {
                "outcomes": [views.outcome(one) for one in (here.ordinary, *here.special.values())],
                "overrides": {one.number: views.override(one) for one in overrides},
            }
        )

    def put_outcome(self, number: str) -> Response:
        body = bodies.read(request.get_data(), bodies.OverrideBody)
        named = space().gateway.outcomes.named
        if body.outcome not in named:
            raise Unreadable(f"no outcome {body.outcome!r}; there are {', '.join(named)}")
        override = Override(number=digits(number), outcome=body.outcome, left=body.times)
        space().store.put(OVERRIDE, (override.number,), override)
        return shown(views.override(override))

    def delete_outcome(self, number: str) -> Response:
        if not space().store.drop(OVERRIDE, (digits(number),)):
            raise Absent(f"no outcome was put for {number!r}")
        return nothing()

    def inbound(self) -> Response:
        known = [one for one in space().store.values(INBOUND) if isinstance(one, Inbound)]
        return shown({"inbound": [views.inbound(one) for one in known]})

    def receive(self) -> Response:
        body = bodies.read(request.get_data(), bodies.InboundBody)
        self._account(body.provider, body.account)
        inbound = space().gateway.receive(body.provider, body.account, body.sender, body.recipient, body.text)
        return shown(views.inbound(inbound), 201)

    def callbacks(self) -> Response:
        here = space()
        if not here.clock.rate:
            self.pump.settle(here)
        with here.store.turn():
            known = here.store.values(callbacks.FINISHED) + here.store.values(callbacks.KIND)
            dropped = here.store.count(callbacks.DROPPED)
        ordered = sorted((one for one in known if isinstance(one, Callback)), key=lambda one: one.id)
        return shown({"callbacks": [views.callback(one) for one in ordered], "dropped": dropped})

    def journal(self) -> Response:
        since, limit = number(request.args, "since", 0), number(request.args, "limit", 1000, most=MOST)
        journal = space().journal
        entries = journal.since(since, limit)
        next_ = entries[-1].id if entries else since
        told = [self._views().exchange(one) for one in entries]
        return shown({"entries": told, "next": next_, "dropped": journal.dropped})

    def faults(self) -> Response:
        known = [one for one in space().store.values(sabotage.KIND) if isinstance(one, Fault)]
        return shown({"faults": [views.fault(one) for one in known]})

    def put_fault(self, id: str) -> Response:
        body = bodies.read(request.get_data(), bodies.FaultBody)
        if (body.effect is Effect.REFUSE) != (body.reason is not None):
            raise Unreadable("a reason goes with the effect refuse, and only with it")
        if body.account is not None and body.effect is not Effect.REFUSE:
            raise Unreadable(
                "only the effect refuse can be aimed at an account: others strike before it is read"
            )
        fault = Fault(id=id, **{name: getattr(body, name) for name in body.__struct_fields__})
        new = space().store.get(sabotage.KIND, (id,)) is None
        space().store.put(sabotage.KIND, (id,), fault)
        return shown(views.fault(fault), 201 if new else 200)

    def delete_fault(self, id: str) -> Response:
        if not space().store.drop(sabotage.KIND, (id,)):
            raise Absent(f"no fault {id!r}")
        return nothing()

    # Spaces and their events

    def list_spaces(self) -> Response:
        return shown({"spaces": [views.space(one) for one in self.spaces.all()]})

    def put_space(self, name: str) -> Response:
        body = bodies.read(request.get_data(), bodies.SpaceBody)
        start = Start(
            seed=body.seed,
            clock=None if body.clock == "now" else read_moment(body.clock),
            rate=body.rate,
            world=changed_world(self.spaces.default.world, body.quirks),
        )
        made, new = self.spaces.put(name, start)
        return shown(views.space(made), 201 if new else 200)

    def delete_space(self, name: str) -> Response:
        if not self.spaces.drop(name):
            raise Absent(f"no space {name!r} that could be deleted")
        return nothing()

    def events(self) -> Response:
        here = space()
        after = number({"id": request.headers.get("Last-Event-ID", str(here.feed.last))}, "id", 0)
        fields = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
        told = stream(here, lambda: views.Views(here, self.providers), after)
        return Response(told, headers=fields, content_type="text/event-stream")

    # Documents

    def openapi(self) -> Response:
        return Response(OPENAPI.read_bytes(), content_type="application/json")

    def docs(self) -> Response:
        return Response(pages.docs(OPENAPI.read_bytes()), content_type="text/html; charset=utf-8")

    def home(self) -> Response:
        return Response(
            pages.home(self.providers, request.script_root), content_type="text/html; charset=utf-8"
        )

    def _views(self) -> views.Views:
        return views.Views(space(), self.providers)


def control_api(
    spaces: Spaces, pump: Pump, providers: tuple[Provider, ...], *, token: str | None
) -> Blueprint:
    """The blueprint of everything that is ours: the page at `/`, and what lies under `/_emulator/`."""
    control = Control(spaces, pump, providers)
    api = Blueprint("control", __name__)
    for method, path, view in table(control):
        api.add_url_rule(path, f"{method} {path}".replace(".", "_"), view, methods=[method])
    if token is not None:
        api.before_request(lambda: refused(token))
    for kind in (Unreadable, Misconfigured, Inconsistent):
        api.register_error_handler(kind, lambda error: problem(400, "Bad Request", str(error)))
    api.register_error_handler(Absent, lambda error: problem(404, "Not Found", str(error)))
    api.register_error_handler(Refused, lambda error: problem(409, "Conflict", str(error)))
    return api


def table(control: Control) -> list[tuple[str, str, Callable[..., Response]]]:
    """Every call: method, path, view."""
    rows: list[tuple[str, str, Callable[..., Response]]] = [
        ("GET", "/livez", control.livez),
        ("GET", "/readyz", control.livez),
        ("GET", "/metrics", control.metrics),
        ("GET", "/clock", control.clock),
        ("PUT", "/clock", control.set_clock),
        ("POST", "/clock/advance", control.advance),
        ("POST", "/clock/run-until-idle", control.run_until_idle),
        ("POST", "/reset", control.reset),
        ("GET", "/snapshots", control.snapshots),
        ("POST", "/snapshots", control.take_snapshot),
        ("POST", "/snapshots/<id>/restore", control.restore_snapshot),
        ("DELETE", "/snapshots/<id>", control.delete_snapshot),
        ("GET", "/export", control.export),
        ("POST", "/import", control.import_),
        ("GET", "/accounts", control.accounts),
        ("PUT", "/accounts/<provider>/<login>", control.put_account),
        ("PATCH", "/accounts/<provider>/<login>", control.patch_account),
        ("DELETE", "/accounts/<provider>/<login>", control.delete_account),
        ("GET", "/messages", control.messages),
        ("DELETE", "/messages", control.forget_messages),
        ("GET", "/messages/wait", control.wait),
        ("GET", "/messages/<int:id>", control.message),
        ("GET", "/outcomes", control.outcomes),
        ("PUT", "/outcomes/<number>", control.put_outcome),
        ("DELETE", "/outcomes/<number>", control.delete_outcome),
        ("GET", "/inbound", control.inbound),
        ("POST", "/inbound", control.receive),
        ("GET", "/callbacks", control.callbacks),
        ("GET", "/journal", control.journal),
        ("GET", "/faults", control.faults),
        ("PUT", "/faults/<id>", control.put_fault),
        ("DELETE", "/faults/<id>", control.delete_fault),
        ("GET", "/spaces", control.list_spaces),
        ("PUT", "/spaces/<name>", control.put_space),
        ("DELETE", "/spaces/<name>", control.delete_space),
        ("GET", "/events", control.events),
        ("GET", "/openapi.json", control.openapi),
        ("GET", "/docs", control.docs),
    ]
    ours = [(method, PREFIX + path, view) for method, path, view in rows]
    return [("GET", "/", control.home), *ours]


def space() -> Space:
    """The space that this request is for."""
    found = request.environ[CONTEXT]
    return found if isinstance(found, Space) else found.space


def present(found: Thing | None, otherwise: str) -> Thing:
    """What was looked for. Raises Absent."""
    if found is None:
        raise Absent(otherwise)
    return found


def digits(number: str) -> str:
    """A number in its one spelling. Raises Unreadable."""
    found = msisdn(number, fewest=1)
    if found is None:
        raise Unreadable(f"{number!r} is no number: write up to 15 digits")
    return found


def shown(value: object, status: int = 200) -> Response:
    return Response(views.encoded(value), status, content_type="application/json")


def nothing() -> Response:
    return Response(status=204)


def problem(status: int, title: str, detail: str) -> Response:
    """A problem document (RFC 9457)."""
    body = views.encoded({"type": "about:blank", "title": title, "status": status, "detail": detail})
    return Response(body, status, content_type="application/problem+json")


def refused(token: str) -> Response | None:
    """The answer to a caller without the token."""
    given = request.headers.get("Authorization", "")
    if not request.path.startswith(PREFIX) or compare_digest(given.encode(), f"Bearer {token}".encode()):
        return None
    answer = problem(401, "Unauthorized", "this emulator wants Authorization: Bearer and its control token")
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer
