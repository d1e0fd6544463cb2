"""The two ways in: index.php with a query or a form, api.php with a JSON object."""

import re
from collections.abc import Callable
from functools import partial

from flask import Request

from emulator.provider import Context, Reply, Surface, View
from emulator.providers.voipe import fields, sessions
from emulator.providers.voipe.answers import BROKEN, EMPTY, JSON, Answer, declined, reply
from emulator.providers.voipe.calls import Asked, answered
from emulator.providers.voipe.faults import Declined
from emulator.providers.voipe.fields import Fields, trimmed
from emulator.providers.voipe.operations import OPERATIONS
from emulator.providers.voipe.quirks import Quirks
from emulator.providers.voipe.sending import Defect
from emulator.providers.voipe.tokens import get_token

# req: voipe/http/address voipe/http/old-address voipe/api/address
INDEX, OLD, API = "/playsms/index.php", "/index.php", "/playsms/api.php"
QUERY, OBJECT = "voipe-query", "voipe-json"

METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS")  # req: voipe/http/other-methods

MODULE = frozenset({"ws", "webservice", "webservices"})  # req: voipe/http/app-names

FOREVER = (
    ("Expires", "Thu, 19 Nov 1981 08:52:00 GMT"),
    ("Cache-Control", "no-store, no-cache, must-revalidate"),
    ("Pragma", "no-cache"),
)

LONGEST_OP = 100
"""Characters that are looked at."""

_STRUCK = re.compile(r"""[/|\\"']|\.\.|<[^>]*>""")


def views() -> dict[str, Surface]:
    """The addresses, each with what answers there."""
    index = Surface(_dressed(_index), METHODS)
    return {INDEX: index, OLD: index, API: Surface(_dressed(_api), METHODS)}


def _dressed(view: Callable[[Context, Request, str], Reply]) -> View:
    """The same with what PHP sends with every page."""

    def dressed(here: Context, request: Request) -> Reply:
        cookie = request.cookies.get(sessions.COOKIE, "")
        given = sessions.known(cookie)
        cookie = cookie if given else sessions.new(here)
        said = view(here, request, cookie)
        # req: voipe/http/headers voipe/http/cookie voipe/http/type-spelling
        session = () if given else (("Set-Cookie", f"{sessions.COOKIE}={cookie}; path=/"),)
        typed = ("Content-Type" if said.content_type == JSON else "Content-type", said.content_type)
        headers = (("X-Frame-Options", "SAMEORIGIN"), *session, *FOREVER, *said.headers, typed)
        return Reply("" if request.method == "HEAD" else said.text, "", said.status, headers)

    return dressed


def _index(here: Context, request: Request, cookie: str) -> Reply:
    sent = fields.cleaned(fields.requested(request), here.switches(Quirks))
    module = sent.get("app", "")
    if module not in MODULE:
        here.understood(QUERY, "", sent)
        return (
            EMPTY if module else sessions.landing(here, cookie)
        )  # req: voipe/http/other-app voipe/http/no-app
    if module == "webservice" and request.method == "POST":  # req: voipe/http/singular-form
        here.understood(QUERY, "", sent)
        return sessions.redirect(sessions.BLOCKED)
    return _served(_asked(here, request, QUERY, sent, cookie), sent.get("op", ""))


def _api(here: Context, request: Request, cookie: str) -> Reply:
    # req: voipe/api/https voipe/api/alike voipe/api/all voipe/api/app voipe/api/plain-http
    if request.scheme != "https" and not here.switches(Quirks).plain_http:
        return Reply("403 Forbidden: this address is for HTTPS alone\n", "text/plain", 403)
    sent = fields.cleaned(fields.members(request), here.switches(Quirks))
    return _served(_asked(here, request, OBJECT, sent, cookie), sent.get("op", ""))


def _asked(here: Context, request: Request, surface: str, sent: Fields, cookie: str) -> Asked:
    return Asked(
        here=here,
        fields=trimmed(sent),
        untrimmed=sent,
        quirks=here.switches(Quirks),
        surface=surface,
        address=request.remote_addr or "",
        cookie=cookie,
    )


def _served(asked: Asked, op: str) -> Reply:
    """What the operation of that name answers, in the format asked for."""
    # req: voipe/op/case voipe/op/cleaned voipe/op/first voipe/http/untrimmed
    name = op.lower() if op.isalnum() else _STRUCK.sub("", op[:LONGEST_OP]).lower()
    if name == "ws_login":
        return sessions.log_in(asked)
    write = partial(
        reply, wanted=asked.value("format"), now=asked.here.gateway.clock.now(), quirks=asked.quirks
    )
    try:
        return write(_answer(asked, name))
    except Defect:
        return BROKEN
    except Declined as error:
        asked.here.voiced(f"voipe/code/{error.code}")
        return _unsaid(error, asked.quirks) or write(declined(error))


def _answer(asked: Asked, name: str) -> Answer:
    operation = OPERATIONS.get(name)
    if operation is not None:
        return answered(operation, asked)
    if name == "get_token":
        return get_token(asked)
    asked.here.understood(asked.surface, "", asked.fields)
    if name in ("", "0"):
        if asked.quirks.missing_op == "bare":
            return {}
        raise Declined("102")  # req: voipe/op/missing
    raise Declined("101")  # req: voipe/op/unknown voipe/op/plugins


def _unsaid(error: Declined, quirks: Quirks) -> Reply | None:
    """The silence that some servers keep instead."""
    return EMPTY if error.code == "101" and quirks.unknown_op == "empty" else None
