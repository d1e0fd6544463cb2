"""The two ways in: index.php with a query or a form, api.php with a JSON object."""

import re
from collections.abc import Callable

from flask import Request

from emulator.provider import Context, Reply, Surface, View
from emulator.providers.voipe import fields, sessions
from emulator.providers.voipe.answers import EMPTY, JSON, Answer, Unanswered, declined, reply
from emulator.providers.voipe.calls import Asked, answered
from emulator.providers.voipe.faults import Declined
from emulator.providers.voipe.fields import Fields, trimmed
from emulator.providers.voipe.operations import OPERATIONS
from emulator.providers.voipe.quirks import Quirks
from emulator.providers.voipe.tokens import get_token
from emulator.wire.php import given

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
        try:
            said = view(here, request, cookie)
        except Unanswered as instead:
            said = instead.page
        # req: voipe/http/headers voipe/http/cookie voipe/http/type-spelling
        session = () if given else (("Set-Cookie", f"{sessions.COOKIE}={cookie}; path=/"),)
        typed = ("Content-Type" if said.content_type == JSON else "Content-type", said.content_type)
        headers = (("X-Frame-Options", "SAMEORIGIN"), *session, *FOREVER, *said.headers, typed)
        return Reply("" if request.method == "HEAD" else said.text, "", said.status, headers)

    return dressed


def _index(here: Context, request: Request, cookie: str) -> Reply:
    asked = _asked(here, request, QUERY, fields.requested(request), cookie)
    module = asked.untrimmed.get("app", "")
    if module not in MODULE:  # req: voipe/http/other-app voipe/http/no-app
        asked.understood()
        return EMPTY if module else sessions.landing(here, cookie)
    if module == "webservice" and request.method == "POST":  # req: voipe/http/singular-form
        asked.understood()
        return sessions.redirect(sessions.BLOCKED)
    return _served(asked)


def _api(here: Context, request: Request, cookie: str) -> Reply:
    # req: voipe/api/https voipe/api/alike voipe/api/all voipe/api/app voipe/api/plain-http
    if request.scheme != "https" and not here.switches(Quirks).plain_http:
        return Reply("403 Forbidden: this address is for HTTPS alone\n", "text/plain", 403)
    return _served(_asked(here, request, OBJECT, fields.members(request), cookie))


def _asked(here: Context, request: Request, surface: str, sent: Fields, cookie: str) -> Asked:
    quirks = here.switches(Quirks)
    untrimmed = fields.cleaned(sent, quirks)
    return Asked(
        here=here,
        fields=trimmed(untrimmed),
        untrimmed=untrimmed,
        quirks=quirks,
        surface=surface,
        address=request.remote_addr or "",
        cookie=cookie,
    )


def _served(asked: Asked) -> Reply:
    """What the operation that is named answers, in the format asked for. Raises Unanswered."""
    name = _operation(asked.untrimmed.get("op", ""))
    if name == "ws_login":
        return sessions.log_in(asked)
    try:
        answer = _answer(asked, name)
    except Declined as error:
        asked.here.voiced(f"voipe/code/{error.code}")
        answer = declined(error)
    return reply(answer, asked.value("format"), asked.here.gateway.clock.now(), asked.quirks)


def _operation(op: str) -> str:
    """The name of an operation as playSMS reads it: in any case, without what it strikes out of words."""
    # req: voipe/op/case voipe/op/cleaned voipe/op/first voipe/http/untrimmed
    return op.lower() if op.isalnum() else _STRUCK.sub("", op[:LONGEST_OP]).lower()


def _answer(asked: Asked, name: str) -> Answer:
    """What the operation of that name answers. Raises Declined and Unanswered."""
    operation = OPERATIONS.get(name)
    if operation is not None:
        return answered(operation, asked)
    if name == "get_token":
        return get_token(asked)
    asked.understood()
    return _unknown(asked.quirks) if given(name) else _missing(asked.quirks)


def _missing(quirks: Quirks) -> Answer:
    if quirks.missing_op == "bare":  # req: voipe/op/missing
        return {}
    raise Declined("102")


def _unknown(quirks: Quirks) -> Answer:
    if quirks.unknown_op == "empty":  # req: voipe/op/unknown voipe/op/plugins
        raise Unanswered(EMPTY)
    raise Declined("101")
