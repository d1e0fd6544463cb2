"""From a request to the operation that answers it."""

from collections.abc import Mapping

from flask import Blueprint, Request, Response, request

from emulator import provider
from emulator.core.model import Account, Login
from emulator.core.refusals import Refused, refuse_for
from emulator.provider import Context, Reply, Surface, context
from emulator.providers.ip1 import auth, bodies, calls, faults
from emulator.providers.ip1.calls import Call
from emulator.providers.ip1.faults import ACCOUNTS, NO_ID, Declined, invalid, objection, worded
from emulator.providers.ip1.operations import PATHS, Methods, Operation
from emulator.providers.ip1.quirks import Quirks
from emulator.providers.ip1.wire import NAME, is_identifier
from emulator.wire.paths import Paths

SURFACE = "ip1-rest"

V2, SETTINGS = "/v2", "/me/sms/settings"

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")

SHOWN = 200
"""Characters of a value, and members of a body, that the journal is told."""

TABLE = Paths(PATHS, wide={"labelName"})


def views() -> dict[str, Surface]:
    """The addresses without changing parts."""
    return {path: Surface(answered, METHODS) for path in TABLE.fixed}


def others() -> Blueprint:
    """All other addresses below the three roots."""
    blueprint = Blueprint(NAME, __name__)

    def other(rest: str = "") -> Response:
        return answered(context(), request).response()

    for root in (V2, ACCOUNTS, SETTINGS):
        for rule in (f"{root}/", f"{root}/<path:rest>"):
            blueprint.add_url_rule(rule, endpoint="other", view_func=other, methods=METHODS)
    return blueprint


def answered(here: Context, request: Request) -> Reply:
    """A document, or why there is none."""
    # req: ip1/http/described ip1/problems/no-server-error
    quirks = here.switches(Quirks)
    try:
        return _answer(here, request, quirks)
    except Refused as refusal:
        return _refused(here, request, objection(refusal), quirks)
    except Declined as declined:  # kept in a variable it would keep the whole call: its traceback leads there
        return _refused(here, request, declined, quirks)


def _refused(here: Context, request: Request, declined: Declined, quirks: Quirks) -> Reply:
    here.voiced(declined.requirement)
    return worded(declined, request.path, quirks)


def elsewhere(declined: provider.Declined) -> Reply:
    """What is said where no surface answers; the table knows which methods would do."""
    # req: ip1/http/methods
    said = faults.elsewhere(declined)
    found = TABLE.find(canonical(declined.path, Quirks())) if declined.status == 405 else None
    return said._replace(headers=(_allow(found[0]),)) if found else said


def _answer(here: Context, request: Request, quirks: Quirks) -> Reply:
    """Raises Declined, Refused."""
    account = _account(here, request, quirks)
    try:
        operation, call = _call(here, request, quirks, account)
    except Declined:
        refuse_for(here.understood(SURFACE, account.login, {}))
        raise
    refuse_for(here.understood(SURFACE, account.login, _shown(call)))
    reply = operation.act(call)
    here.voiced(operation.requirement)
    return reply


def _account(here: Context, request: Request, quirks: Quirks) -> Account:
    """Who calls; the journal is told of strangers too. Raises Declined, Refused."""
    try:
        return auth.account(here, request, quirks)
    except (Declined, Refused):
        here.understood(SURFACE, "", {})
        raise


def _call(here: Context, request: Request, quirks: Quirks, account: Account) -> tuple[Operation, Call]:
    """What is to be done, and with what. Raises Declined."""
    methods, place = _found(request.path, quirks)
    operation = _chosen(methods, request.method, quirks)
    for name, value in place.items():
        if name.endswith("Id") and not is_identifier(value):  # req: ip1/problems/bad-id
            raise invalid({name: [NO_ID]}, "ip1/problems/bad-id")
    call = Call(
        here=here,
        request=request,
        account=account,
        login=Login(provider=NAME, key=account.key),  # req: ip1/auth/own-only
        quirks=quirks,
        place=place,
        query=calls.query(request),
        body=bodies.body(request) if operation.told else None,
    )
    return operation, call


def _found(path: str, quirks: Quirks) -> tuple[Methods, Mapping[str, str]]:
    """What a path answers, and its changing parts. Raises Declined."""
    found = TABLE.find(canonical(path, quirks))
    if found is None:
        raise Declined(404, "There is no such address.", "ip1/http/methods")
    return found


def canonical(path: str, quirks: Quirks) -> str:
    """The address as the table has it: without a slash at the end, settings where they stand by default."""
    # req: ip1/http/trailing-slash ip1/settings/address ip1/settings/bare-address
    path = path.removesuffix("/")
    root, settings, _ = path.partition(SETTINGS)
    if not settings:
        return path
    return V2 + path.removeprefix(root) if root in {quirks.settings_root, ""} else ""


def _chosen(methods: Methods, method: str, quirks: Quirks) -> Operation:
    """Raises Declined."""
    # req: ip1/http/methods
    offered = {name: one for name, one in methods.items() if one.offered(quirks)}
    operation = offered.get("GET" if method == "HEAD" else method)
    if operation is None:
        said = "This address knows no such method."
        raise Declined(405, said, "ip1/http/methods", headers=(_allow(offered),))
    return operation


def _allow(methods: Methods) -> tuple[str, str]:
    return "Allow", ", ".join(methods)


def _shown(call: Call) -> dict[str, str]:
    """The call for the journal."""
    body = call.body if isinstance(call.body, dict) else {}
    sent = {name: _short(value) for name, value in list(body.items())[:SHOWN]}
    return {**dict(call.query), **sent, **call.place}


def _short(value: object) -> str:
    if isinstance(value, (str, int, float)):
        return str(value)[:SHOWN]
    if isinstance(value, (list, dict)) and len(value) <= SHOWN:
        return ", ".join([one if isinstance(one, str) else type(one).__name__ for one in value])
    return type(value).__name__
