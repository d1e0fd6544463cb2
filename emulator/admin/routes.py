"""The control API: every call in one table, and the application that serves it."""

import logging
from collections.abc import Callable
from functools import partial
from hmac import compare_digest

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from emulator.admin import (
    accounts,
    bodies,
    clock,
    documents,
    faults,
    health,
    inbox,
    outcomes,
    pages,
    queries,
    resources,
    spaces,
    stream,
    traffic,
    world,
)
from emulator.admin.answers import Declined, problem
from emulator.admin.call import Call, Here
from emulator.admin.scripts import Scripts
from emulator.admin.turnstile import Turnstile
from emulator.core.ports import StoreError
from emulator.provider import CONTEXT, CONTROL, Provider
from emulator.settings import Misconfigured
from emulator.space import Spaces
from emulator.store.soundness import Inconsistent
from emulator.transports.pump import Pump

LARGEST_WORLD = 256 * 2**20

CALLS = (
    Call("GET", "/livez", health.alive),
    Call("GET", "/readyz", health.ready),
    Call("GET", "/metrics", health.metrics),
    Call("GET", "/clock", clock.show),
    Call("PUT", "/clock", clock.put, bodies.ClockBody),
    Call("POST", "/clock/advance", clock.advance, bodies.AdvanceBody),
    Call("POST", "/clock/run-until-idle", clock.run_until_idle),
    Call("POST", "/reset", world.reset),
    Call("GET", "/snapshots", world.snapshots),
    Call("POST", "/snapshots", world.take_snapshot, bodies.SnapshotBody),
    Call("POST", "/snapshots/<id>/restore", world.restore_snapshot),
    Call("DELETE", "/snapshots/<id>", world.delete_snapshot),
    Call("GET", "/export", world.export),
    Call("POST", "/import", world.import_, bytes, largest=LARGEST_WORLD),
    Call("GET", "/accounts", accounts.index),
    Call("PUT", "/accounts/<provider>/<login>", accounts.put, bodies.AccountBody),
    Call("PATCH", "/accounts/<provider>/<login>", accounts.patch, bodies.AccountBody),
    Call("DELETE", "/accounts/<provider>/<login>", accounts.delete),
    Call("GET", "/messages", inbox.index, query=queries.MessagesQuery),
    Call("DELETE", "/messages", inbox.forget),
    Call("GET", "/messages/wait", inbox.wait, query=queries.WaitQuery),
    Call("GET", "/messages/<int:id>", inbox.show),
    Call("GET", "/outcomes", outcomes.index),
    Call("PUT", "/outcomes/<number>", outcomes.put, bodies.OverrideBody),
    Call("DELETE", "/outcomes/<number>", outcomes.delete),
    Call("GET", "/inbound", inbox.inbound),
    Call("POST", "/inbound", inbox.receive, bodies.InboundBody),
    Call("GET", "/resources", resources.index, query=queries.ResourcesQuery),
    Call("GET", "/callbacks", traffic.callbacks),
    Call("GET", "/journal", traffic.journal, query=queries.JournalQuery),
    Call("GET", "/faults", faults.index),
    Call("PUT", "/faults/<id>", faults.put, bodies.AnyFault),
    Call("DELETE", "/faults/<id>", faults.delete),
    Call("GET", "/spaces", spaces.index),
    Call("PUT", "/spaces/<name>", spaces.put, bodies.SpaceBody),
    Call("DELETE", "/spaces/<name>", spaces.delete),
    Call("GET", "/events", stream.listen),
    Call("GET", "/openapi.json", documents.openapi, query=queries.DocsQuery),
    Call("GET", "/docs", documents.docs, query=queries.DocsQuery),
)
"""Everything below /_emulator."""

HOME = Call("GET", "/", documents.home)

log = logging.getLogger("smslab")


def control_app(
    spaces: Spaces,
    pump: Pump,
    providers: tuple[Provider, ...],
    *,
    token: str | None = None,
    held: int,
    smpp: Callable[[], str | None],
) -> Flask:
    """The application of everything that is ours: the page at `/`, and what lies under `/_emulator/`.

    So many callers (`held`) may wait or listen at a time: each keeps a thread of the server. `smpp` says
    where sessions can be had.
    """
    app = Flask(__name__, static_folder=None)
    app.url_map.merge_slashes = False  # it would answer with a redirect
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.jinja_env.filters |= {"pretty": pages.pretty, "prose": pages.prose, "clock": pages.clock}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    here = partial(
        Here,
        spaces=spaces,
        pump=pump,
        smpp=smpp,
        providers=providers,
        scripts=Scripts(),
        turnstile=Turnstile(held),
        guarded=token is not None,
    )
    for path, call in ((HOME.path, HOME), *((CONTROL + call.path, call) for call in CALLS)):
        name = f"{call.method} {call.path}".replace(".", "_")  # Flask takes a dot for a blueprint's
        app.add_url_rule(path, name, _view(call, here), methods=[call.method])
    app.before_request(lambda: refused(token) if token is not None else None)
    app.before_request(lost)
    for kind in (Misconfigured, Inconsistent):
        app.register_error_handler(kind, lambda error: problem(400, str(error)))
    app.register_error_handler(Declined, lambda error: problem(error.status, str(error)))
    app.register_error_handler(HTTPException, _unserved)
    app.register_error_handler(StoreError, _unkept)
    app.register_error_handler(Exception, _defect)
    return app


def _view(call: Call, here: Callable[..., Here]) -> Callable[..., Response]:
    return lambda **named: call.answer(here(space=request.environ[CONTEXT]), request, named)


def refused(token: str) -> Response | None:
    """The answer to a caller without the token."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    opens = compare_digest(
        given.encode("latin-1", "replace"), token.encode()
    )  # WSGI hands octets over as Latin-1
    if request.path == HOME.path or (opens and scheme.lower() == "bearer"):
        return None
    answer = problem(401, "this emulator wants Authorization: Bearer and its control token")
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def lost() -> Response | None:
    """The answer where the path names a space that cannot be. Raises StoreError if it cannot be had now."""
    context = request.environ[CONTEXT]
    if isinstance(context, StoreError):
        raise context
    return problem(404, str(context)) if isinstance(context, Misconfigured) else None


def _unserved(error: HTTPException) -> Response:
    """An unknown path or a wrong method."""
    answer = problem(
        error.code or 500, f"{request.method} {request.path[:200]} is no call: see {CONTROL}/docs"
    )
    answer.headers.extend([field for field in error.get_headers() if field[0] == "Allow"])
    return answer


def _unkept(error: StoreError) -> Response:
    return problem(500, f"the store does not work: {error}")


def _defect(error: Exception) -> Response:
    """A mistake of ours: in the log with all there is to it, told the caller without."""
    log.error("defect at %s %s", request.method, request.path, exc_info=error)
    return problem(500, "a defect of the emulator: see its log")
