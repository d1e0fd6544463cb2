"""Wrong emulators of Voipe's webservices, and their switches, turned."""

import json
import re
from functools import partial
from itertools import count

from werkzeug.wrappers import Response

from conformance.drivers.voipe import RENAMED
from conformance.miniature import Miniature
from conformance.tests.shelf import playsms
from conformance.tests.shelf.playsms import TOKENS, Call, written

MINIATURES: list[Miniature] = []

TURNED: dict[str, object] = {
    "unknown_op": "empty",
    "missing_op": "bare",
    "timestamp": False,
    "ampersands": "raw",
    "brute_force": True,
    "plain_http": False,
    "duplicates": "gaps",
    "refused_with_user": "defect",
    "max_parts": 2,
    "cut": "octets",
    "markup": "purified",
    "astral": "marks",
    "auto_unicode": False,
    "bad_sender": "refused",
    "system_sender": "PlaySys",
    "system_zone": "Asia/Jerusalem",
    "charged": "delivered",
    "no_credit": "200",
    "unknown_user": "accepted",
    "zero_balance": "failed",
    "storage_failed": "page",
    "names": "filled",
    "booked": "later",
}


wrong = partial(playsms.wrong, MINIATURES)


# Requests and answers


@wrong("voipe/http/status-200", "refuses with status 400")
def status_of_refusals(call: Call) -> Response:
    reply = call.truth()
    if b'"status":"ERR"' in reply.get_data():
        reply.status_code = 400
    return reply


@wrong("voipe/http/form-wins", "prefers the query to the form")
def query_wins(call: Call) -> str:
    return call.says(**{name: values[-1] for name, values in call.request.args.lists()})


@wrong("voipe/envelope/list", "calls a send that was taken OK as a whole", "pv")
def status_of_lists(call: Call) -> str:
    document = call.document()
    return written({"status": "OK", "error": "0", **document}) if "data" in document else call.says()


@wrong("voipe/json/characters", "writes JSON in UTF-8")
def utf8(call: Call) -> str:
    said = call.says()
    return (
        json.dumps(json.loads(said), separators=(",", ":"), ensure_ascii=False) if said[:1] == "{" else said
    )


@wrong("voipe/serialize/lengths", "counts letters and not octets")
def letters_counted(call: Call) -> str:
    return re.sub(r's:\d+:"([^"]*)";', lambda found: f's:{len(found[1])}:"{found[1]}";', call.says())


# Who calls


@wrong("voipe/auth/foreign", "takes anybody's token")
def any_token(call: Call) -> str:
    own = TOKENS.get(call.fields.get("u", ""))
    known = own is not None and call.fields.get("h") in TOKENS.values()
    return call.says(h=own) if known else call.says()


@wrong("voipe/auth/first", "looks at the message before it looks at who sends it", "pv")
def message_first(call: Call) -> str:
    return call.says() if call.fields.get("msg") else call.says(u="demo", h=TOKENS["demo"])


@wrong("voipe/auth/webservices-off", "serves those for whom webservices are off", "cr")
def always_on(call: Call) -> str:
    login = call.fields.get("u")
    if login and login not in TOKENS:
        call.control("PATCH", f"/accounts/voipe/{login}", {"attributes": {"webservices": "1"}})
    return call.says()


@wrong("voipe/api/own-names", "reads the names of the query in JSON, too")
def both_names(call: Call) -> Response:
    known = {RENAMED.get(name, name): value for name, value in call.members.items()}
    return call.truth(json.dumps(known).encode() if known else None)


@wrong("voipe/api/unreadable", "shows the page of a framework for a body it cannot read")
def framework(call: Call) -> Response:
    broken = call.request.path.endswith("api.php") and call.request.get_data() and not call.members
    return Response("<h1>Bad Request</h1>", 400) if broken else call.truth()


# pv


@wrong("voipe/pv/entries", "has one entry for all numbers", "pv")
def one_entry(call: Call) -> str:
    document = call.document()
    return written({**document, "data": document["data"][:1]}) if "data" in document else call.says()


@wrong("voipe/pv/queue", "has a queue for each number", "pv")
def queues(call: Call) -> str:
    places = count()
    return re.sub(r'"queue":"(\w)\w', lambda found: f'"queue":"{found[1]}{next(places) % 10}', call.says())


@wrong("voipe/pv/empty", "tells a missing message in an entry", "pv")
def empty_entry(call: Call) -> str:
    said = call.says()
    return said.replace('"status":"ERR","error":"201"', '"data":[{"status":"ERR","error":"201"}]')


@wrong("voipe/pv/commas", "wants semicolons between numbers", "pv")
def semicolons(call: Call) -> str:
    return call.says(to=call.fields.get("to", "").replace(",", "").replace(";", ","))


@wrong("voipe/user/no-id", "numbers messages to users", "pv")
def numbered_users(call: Call) -> str:
    return call.says().replace('"smslog_id":null', '"smslog_id":"1"')


@wrong("voipe/segments/seven-bit", "charges one part for any length", "pv")
def one_price(call: Call) -> str:
    user = call.fields.get("u", "")
    before, said = call.credit("voipe", user), call.says()
    if call.credit("voipe", user) < before:
        call.charge("voipe", call.credit("voipe", user) - before + 1, user)
    return said


@wrong("voipe/sender/predefined", "lets everybody choose a sender", "pv")
def free_choice(call: Call) -> str:
    call.control("PATCH", f"/accounts/voipe/{call.fields.get('u')}", {"senders": None})
    return call.says()


# What is told


@wrong("voipe/ds/last-excluded", "tells the message again that `last` names", "ds")
def last_included(call: Call) -> str:
    last = call.fields.get("last", "")
    return call.says(last=str(int(last) - 1)) if last.isdigit() else call.says()


@wrong("voipe/ds/order", "tells the oldest first", "ds")
def oldest_first(call: Call) -> str:
    document = call.document()
    return written({**document, "data": document["data"][::-1]}) if "data" in document else call.says()


@wrong("voipe/ds/own", "tells everybody's messages", "ds")
def indiscreet(call: Call) -> str:
    return call.says(u="demo", h=TOKENS["demo"]) if call.fields.get("u") == "empty" else call.says()


@wrong("voipe/ds/queued", "knows nothing of what waits", "ds")
def no_queue(call: Call) -> str:
    said = call.says()
    return call.says(queue="0" * 32) if '"401"' in said else said


@wrong("voipe/ix/nothing", "tells an empty list", "ix")
def empty_list(call: Call) -> str:
    return re.sub(
        r'"status":"ERR","error":"501","error_string":"[^"]*"', '"data":[],"error_string":null', call.says()
    )


@wrong("voipe/contact/none", "finds an empty list of contacts", "get_contact")
def no_contacts(call: Call) -> str:
    return call.says().replace('"data":null', '"data":[]').replace('"data";N;', '"data";a:0:{}')


@wrong("voipe/get-token/order", "looks for the token before it looks at the address", "get_token")
def token_first(call: Call) -> str:
    said = call.says()
    return said.replace('"106"', '"104"')


@wrong("voipe/ws-login/once", "keeps keys that were used", "ws_login")
def lasting_keys(call: Call) -> Response:
    accounts = call.control("GET", "/accounts")["accounts"]
    known = {
        one["login"]: one["attributes"].get("login_key") for one in accounts if one["provider"] == "voipe"
    }
    reply, user = call.truth(), call.fields.get("u", "")
    if known.get(user):
        call.control("PATCH", f"/accounts/voipe/{user}", {"attributes": {"login_key": known[user]}})
    return reply
