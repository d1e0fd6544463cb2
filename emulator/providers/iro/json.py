"""The JSON and JSONP surfaces, as they were planned."""

import json
import re
from collections.abc import Callable

from flask import Blueprint, Request, Response, abort, request

from emulator.core.refusals import Refused
from emulator.provider import Context, Reply, Surface, View, context
from emulator.providers.iro import fields
from emulator.providers.iro.calls import answered
from emulator.providers.iro.faults import Declined, Fault, Framework, Unfit, Unknown, Unreadable, worded
from emulator.providers.iro.fields import Fields
from emulator.providers.iro.methods import METHODS
from emulator.providers.iro.quirks import Quirks

JSON, JSONP = "/json/", "/jsonp/"  # req: iro/json/address iro/jsonp/address
SURFACES = {JSON: "iro-json", JSONP: "iro-jsonp"}

TYPE, SCRIPT = "application/json; charset=utf-8", "application/javascript; charset=utf-8"

CALLBACK = "callback"
SPENT = frozenset({CALLBACK, "_"})
"""What a script's address has beside parameters: the function, and what jQuery puts there against caches."""

NO_GUESSING = (("X-Content-Type-Options", "nosniff"),)
"""The browser is to take the text for what it is called, whatever somebody had it say."""

TWISTED: Framework = {
    # req: iro/json/unparseable iro/json/unknown-method iro/json/argument-names
    Unreadable: Fault(8002, "Can't deserialize input: {}", "iro/json/unparseable"),
    Unknown: Fault(8001, "procedure {} not found", "iro/json/unknown-method"),
    Unfit: Fault(8002, "error", "iro/json/argument-names"),
}

_FUNCTION = re.compile(r"[A-Za-z_$][A-Za-z0-9_$.]{0,127}", re.ASCII)


def views() -> dict[str, Surface]:
    """The addresses of both, for each method of the page."""
    objects = {f"{JSON}{name}": Surface(_object(name), ("GET", "POST")) for name in METHODS}
    return {**objects, **{f"{JSONP}{name}": Surface(_script(name), ("GET",)) for name in METHODS}}


def others() -> Blueprint:
    """All other addresses below these two."""
    blueprint = Blueprint("iro", __name__)

    @blueprint.route(f"{JSON}<path:name>", methods=["GET", "POST"])
    def no_object(name: str) -> Response:
        return _object(name)(context(), request).response()

    @blueprint.route(f"{JSONP}<path:name>", methods=["GET"])
    def no_script(name: str) -> Response:
        return _script(name)(context(), request).response()

    return blueprint


def _object(name: str) -> View:
    """What answers with an object."""

    def view(here: Context, request: Request) -> Reply:
        _must_be_on(here)
        # req: iro/json/body-beside-query
        read = fields.posted if request.method == "POST" else fields.query
        text, status = _answer(here, JSON, name, lambda: read(request))
        return Reply(text, TYPE, status)  # req: iro/json/content-type

    return view


def _script(name: str) -> View:
    """What answers with a call of a function that the client names."""

    def view(here: Context, request: Request) -> Reply:
        _must_be_on(here)
        function = request.args.get(CALLBACK, "")
        if not _FUNCTION.fullmatch(function):  # req: iro/jsonp/bad-callback
            here.voiced("iro/jsonp/bad-callback")
            return Reply("400 Bad Request: callback names no function\n", "text/plain", 400, NO_GUESSING)
        text, _ = _answer(here, JSONP, name, lambda: _parameters(request))
        # req: iro/jsonp/callback iro/jsonp/text iro/jsonp/content-type iro/jsonp/http-status
        return Reply(f"{function}({text});", SCRIPT, headers=NO_GUESSING)

    return view


def _parameters(request: Request) -> Fields:
    # req: iro/jsonp/cache-breaker
    return {name: value for name, value in fields.query(request).items() if name not in SPENT}


def _answer(here: Context, tree: str, name: str, read: Callable[[], Fields]) -> tuple[str, int]:
    """The text of an object, and the status for it. ASCII alone: no character of it ends a line of script."""
    # req: iro/json/object iro/json/success iro/json/error
    try:
        result = answered(here, SURFACES[tree], name, _given(here, tree, read))
        return json.dumps({"status": True, "result": result}), 200
    except (Declined, Refused) as error:
        quirks = here.switches(Quirks)
        fault = worded(error, quirks, TWISTED)
        here.voiced(fault.requirement)
        status = 404 if isinstance(error, Unknown) else quirks.json_error_status  # req: iro/json/http-status
        return json.dumps({"status": False, "error": {"code": fault.code, "msg": fault.text}}), status


def _given(here: Context, tree: str, read: Callable[[], Fields]) -> Fields:
    try:
        return read()
    except Unreadable:
        here.understood(SURFACES[tree], "", {})
        raise


def _must_be_on(here: Context) -> None:
    if not here.switches(Quirks).json_enabled:
        abort(404)
