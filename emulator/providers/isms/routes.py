"""The HTTP surface: read, ask the gateway, write."""

from collections.abc import Callable, Mapping

from flask import Request

from emulator.core.model import Login
from emulator.core.refusals import Refused
from emulator.provider import Context, Reply, View
from emulator.providers.isms import wire
from emulator.providers.isms.faults import requirement, voiced
from emulator.providers.isms.quirks import Quirks
from emulator.wire import php

PREFIX = "/api/http"
SURFACE = "isms-http"

Script = Callable[[Context, wire.Fields, Login], str]


def credits(here: Context, fields: wire.Fields, login: Login) -> str:
    return wire.balance(here.gateway.credit(login))  # req: isms/credits/no-effect


def send(here: Context, fields: wire.Fields, login: Login) -> str:
    draft = wire.draft(fields, here.switches(Quirks), here.gateway.clock.now())
    # req: isms/send/cost isms/send/refused-is-free isms/send/all-or-nothing isms/send/to-the-last-credit
    # req: isms/send/sender-list isms/schedule/paid-at-once
    return wire.sent(here.gateway.send(login, draft), here.ids)


def query(here: Context, fields: wire.Fields, login: Login) -> str:
    enquiry = wire.message_enquiry(fields, here.switches(Quirks), here.ids)
    # req: isms/query/each-recipient isms/query/no-effect isms/query/onwards
    return wire.state(here.gateway.status(login, enquiry)[1])


def hlr(here: Context, fields: wire.Fields, login: Login) -> str:
    question = wire.question(fields, here.switches(Quirks))
    # req: isms/hlr/cost isms/hlr/refused-is-free
    return wire.asked(here.gateway.look_up(login, question), here.ids)


def hlrquery(here: Context, fields: wire.Fields, login: Login) -> str:
    enquiry = wire.lookup_enquiry(fields, here.switches(Quirks), here.ids)
    # req: isms/hlrquery/no-effect
    return wire.answer(*here.gateway.looked_up(login, enquiry))


def savecontact(here: Context, fields: wire.Fields, login: Login) -> str:
    switches = here.switches(Quirks)
    # req: isms/savecontact/updates isms/savecontact/owner isms/savecontact/free
    here.gateway.save_contact(login, wire.entry(fields, switches))
    return wire.OK[switches.contact_ok]  # req: isms/savecontact/ok-spelling


def deletecontact(here: Context, fields: wire.Fields, login: Login) -> str:
    switches = here.switches(Quirks)
    missing_ok = switches.delete_unknown == "ok"
    here.gateway.delete_contact(login, wire.entry(fields, switches), missing_ok=missing_ok)
    return wire.OK[switches.contact_ok]  # req: isms/deletecontact/ok


SCRIPTS: Mapping[Script, str] = {
    credits: "isms/credits/reply",
    send: "isms/send/reply",
    query: "isms/query/reply",
    hlr: "isms/hlr/reply",
    hlrquery: "isms/hlrquery/parameters",
    savecontact: "isms/savecontact/ok",
    deletecontact: "isms/deletecontact/ok",
}
"""Each answers at its own name; beside it the requirement that its success obeys."""
# req: isms/http/addresses

DOUBLED = f"{PREFIX}/api/http/deletecontact.php"
"""The path of the document's own example."""
# req: isms/deletecontact/doubled-path


def views() -> dict[str, View]:
    """The addresses of the document."""
    # req: isms/http/other-methods isms/http/unknown-script
    documented = {f"{PREFIX}/{script.__name__}.php": _served(script) for script in SCRIPTS}
    return {**documented, DOUBLED: _served(deletecontact)}


def _served(script: Script) -> View:
    def view(here: Context, request: Request) -> Reply:
        switches = here.switches(Quirks)
        if request.method == "POST" and not switches.accept_post:
            return Reply("405 Method Not Allowed\n", "text/plain", 405, (("Allow", "GET"),))
        fields = read(request, switches)
        login = wire.login(fields, here.understood(SURFACE, fields.get("username", ""), fields))
        try:
            # req: isms/http/success-status isms/http/content-type isms/http/nothing-before
            # req: isms/http/no-newline
            reply = Reply(script(here, fields, login), switches.content_type)
            here.voiced(SCRIPTS[script])
            return reply
        except Refused as refusal:
            fault = voiced(refusal)
            here.voiced(requirement(fault, script.__name__))
            return Reply(fault.text, switches.content_type, switches.error_status)
        except wire.TooMany as error:
            return Reply(f"413 Content Too Large: {error}\n", "text/plain", 413)

    return view


def read(request: Request, switches: Quirks) -> dict[str, str]:
    """Query and form as PHP merges them."""
    # req: isms/http/get isms/http/post isms/http/body-beside-query
    first = switches.repeated_name == "first"  # req: isms/http/last-name-wins
    # req: isms/http/url-encoded isms/http/plus-is-blank isms/http/encoded-plus isms/http/undecodable
    query = php.fields(request.query_string, first_wins=first)
    return php.merged(query, form(request, first_wins=first)) if request.method == "POST" else query


def form(request: Request, *, first_wins: bool) -> dict[str, str]:
    """The fields of the body, in the two encodings that PHP reads."""
    if request.mimetype == "application/x-www-form-urlencoded":
        return php.fields(request.get_data(), first_wins=first_wins)
    if request.mimetype == "multipart/form-data":
        pairs = request.form.lists()
        return {name: values[0 if first_wins else -1] for name, values in pairs if "[" not in name}
    return {}
