"""Wrong emulators of iP.1's messages, and the switches of them, turned."""

import json
import re
from functools import partial
from typing import Any

from werkzeug.wrappers import Response

from conformance.miniature import Miniature
from conformance.tests.shelf import rest
from conformance.tests.shelf.rest import Call, changed

MINIATURES: list[Miniature] = []

TURNED: dict[str, object] = {
    "settings_root": "/api",
    "property_case": "exact",
    "accept_basic": True,
    "unauthorized_body": "empty",
    "first_index": 1,
    "limit_cap": 100,
    "error_keys": "camel",
    "created_status": 200,
    "registered_at_start": False,
    "integer_enums": "refuse",
    "leading_plus": "refuse",
    "unregistered_sender": "http422",
    "unparsable_code": 409,
    "repeated_recipients": "each",
    "blacklisted_code": 406,
    "missing_value": "kept",
    "templated": "object",
    "past_windows": "ignore",
    "cancelled_batches": "remove",
    "enum_case": "upper",
    "batch_status": "majority",
    "coding_rejected_code": 404,
    "unknown_participant": "missing",
    "lifecycle": "101 102 103 110 111 112 201",
    "push_attempts": 11,
    "push_accepts": "2xx",
    "setting_answer": "value",
    "no_credit": "http403",
    "empty_reference": "accept",
}

BATCHES = "/v2/batches"
BATCH = f"{BATCHES}/{'?' * 24}"
SENDERS = "/v2/me/senders"

wrong = partial(rest.wrong, MINIATURES)


# What every call promises


@wrong("ip1/http/request-type", "does not look at the label of a body", f"POST {BATCHES}")
def unlabelled(call: Call) -> Response:
    call.request.environ["CONTENT_TYPE"] = "application/json"
    return call.truth()


@wrong("ip1/http/read-timestamps", "takes a moment without a zone for one in Stockholm", f"POST {BATCHES}")
def local_time(call: Call) -> Response:
    return call.truth(re.sub(rb'(T\d\d:\d\d:\d\d)"', rb'\1+01:00"', call.request.get_data()))


@wrong("ip1/http/methods", "does not find paths where it lacks the method", "DELETE|PUT|POST /v2/*")
def all_missing(call: Call) -> Response:
    reply = call.truth()
    if reply.status_code == 405:
        reply.status_code = 404
    return reply


@wrong("ip1/auth/before-all", "reads the body before it asks who calls", f"POST {BATCHES}")
def curious(call: Call) -> Response:
    return call.truth() if call.sent is not None else Response("{}", 400)


@wrong("ip1/auth/challenge", "does not say how to call", "GET /v2/*")
def unasked(call: Call) -> Response:
    reply = call.truth()
    reply.headers.pop("WWW-Authenticate", None)
    return reply


@wrong("ip1/auth/basic", "opens any account to a key that it knows", "GET /api/me*")
def any_key(call: Call) -> Response:
    given = call.request.authorization
    if given is not None and given.type == "basic":
        call.request.environ["HTTP_AUTHORIZATION"] = f"Bearer {given.password}"
    return call.truth()


@wrong("ip1/pagination/limit", "shows a hundred entries where nothing is said", f"GET {BATCH}/messages")
def a_hundred(call: Call) -> Response:
    return call.ask(query={"limit": "100", **call.request.args})


@wrong("ip1/pagination/order", "cuts a list before it turns it around", f"GET {BATCH}/messages")
def cut_first(call: Call) -> Response:
    if call.request.args.get("order") != "DESC":
        return call.truth()
    return changed(call.ask(query={**call.request.args, "order": "ASC"}), lambda entries: entries[::-1])


@wrong("ip1/pagination/link", "leads to paths without a host", "GET /v2/*")
def relative(call: Call) -> Response:
    reply = call.truth()
    reply.headers["Link"] = re.sub(r"<https?://[^/]+", "<", reply.headers.get("Link", ""))
    return reply


@wrong("ip1/pagination/filters-kept", "forgets the filters in its links", "GET /v2/contacts")
def forgetful(call: Call) -> Response:
    reply = call.truth()
    reply.headers["Link"] = re.sub(r"labels=[^&>]*&?", "", reply.headers.get("Link", ""))
    return reply


@wrong("ip1/pagination/bounds", "shows the first page where it does not understand which", f"GET {BATCHES}")
def good_natured(call: Call) -> Response:
    return call.truth() if call.truth().status_code < 400 else call.ask()


@wrong("ip1/pagination/beyond", "does not find a page that is empty", "GET /v2/*")
def nothing_there(call: Call) -> Response:
    return Response("{}", 404) if call.truth().get_data() == b"[]" else call.truth()


@wrong("ip1/problems/errors", "names the first field at fault alone", f"POST {BATCHES}")
def first_fault(call: Call) -> Response:
    reply = call.truth()
    if reply.status_code == 400:
        said = json.loads(reply.get_data())
        said["errors"] = dict(list(said.get("errors", {}).items())[:1])
        reply.set_data(json.dumps(said))
    return reply


@wrong("ip1/problems/bad-id", "does not find what cannot be an id", "GET /v2/*")
def no_such_id(call: Call) -> Response:
    reply = call.truth()
    return Response("{}", 404) if reply.status_code == 400 else reply


@wrong("ip1/problems/nothing-half-done", "sends up to the recipient that it refuses", f"POST {BATCHES}")
def half_done(call: Call) -> Response:
    if call.truth().status_code != 400:
        return call.truth()
    recipients = call.sent.get("recipients") or []
    call.instead(recipients=[one for one in recipients if str(one).isdecimal()])
    return call.truth()


# Senders


@wrong("ip1/senders/idempotent", "registers anew what is registered", f"PUT {SENDERS}/*")
def anew(call: Call) -> Response:
    call.ask("DELETE")
    return call.truth()


@wrong("ip1/senders/list", "lists senders as they came", f"GET {SENDERS}")
def as_they_came(call: Call) -> Response:
    return call.told(lambda entries: sorted(entries, key=lambda one: one["sender"], reverse=True))


@wrong("ip1/senders/delete-document", "has nothing to say of what is gone", f"DELETE {SENDERS}/*")
def silent(call: Call) -> Response:
    reply = call.truth()
    return Response(status=204) if reply.status_code == 200 else reply


# Sending


@wrong("ip1/send/body", "sends a text of blanks", f"POST {BATCHES}")
def blank_text(call: Call) -> Response:
    blank = str(call.sent.get("body", "")).isspace()
    return call.instead(body="-") if blank else call.truth()


@wrong("ip1/send/enum-case", "knows words in small letters alone", f"POST {BATCHES}")
def small_letters(call: Call) -> Response:
    words = [call.sent.get(name, "") for name in ("type", "datacoding")]
    return call.truth() if all(word == word.lower() for word in words) else Response("{}", 400)


@wrong("ip1/send/reference", "takes tags for a set", f"POST {BATCHES}")
def tags_once(call: Call) -> Response:
    return call.instead(tags=sorted(set(call.sent.get("tags", []))))


@wrong("ip1/send/report-url-refused", "leaves out an address that it cannot use", f"POST {BATCHES}")
def no_address(call: Call) -> Response:
    return call.truth() if call.truth().status_code < 400 else call.instead(deliveryReportUrl=None)


@wrong("ip1/send/price", "shows the price of a segment for that of a message", f"GET {BATCH}/messages/*")
def each_segment(call: Call) -> Response:
    return call.told(lambda shown: {**shown, "price": shown["price"] / shown["segments"]})


@wrong("ip1/recipients/digits", "takes off the plus sign of a recipient", f"POST {BATCHES}")
def plus_taken(call: Call) -> Response:
    return call.truth(call.request.get_data().replace(b'"+', b'"'))


@wrong("ip1/recipients/each-own", "refuses everybody for one wrong number", f"POST {BATCHES}")
def all_or_none(call: Call) -> Response:
    return Response("{}", 400) if any(one[0] == "0" for one in call.sent["recipients"]) else call.truth()


@wrong("ip1/templating/default", "lets the default outweigh a recipient's own", f"POST {BATCHES}")
def default_wins(call: Call) -> Response:
    given = call.sent["recipients"]
    return call.instead(recipients={name: {**own, **given["default"]} for name, own in given.items()})


@wrong("ip1/templating/once", "searches values for keys", f"POST {BATCHES}")
def searching(call: Call) -> Response:
    given = call.sent["recipients"]
    if isinstance(given, list):
        return call.truth()
    return call.instead(
        recipients={to: {key: _filled(one, own) for key, one in own.items()} for to, own in given.items()}
    )


@wrong("ip1/templating/body-kept", "shows the text of the first message as that of the batch", f"GET {BATCH}")
def rendered(call: Call) -> Response:
    messages = call.ask(path=f"{call.path}/messages").get_json()
    return call.told(lambda shown: {**shown, "body": messages[0]["body"]})


@wrong("ip1/windows/waits", "does not wait for a window", f"POST {BATCHES}")
def impatient(call: Call) -> Response:
    return call.instead(deliveryWindows=[])


@wrong("ip1/windows/expires", "lets messages live for a week whatever their windows", f"POST {BATCHES}")
def long_lived(call: Call) -> Response:
    windows = call.sent["deliveryWindows"]
    return call.instead(deliveryWindows=[{"opens": one["opens"]} for one in windows])


# Batches, messages and conversations


@wrong("ip1/batches/list", "shows a summary in lists as well", f"GET {BATCHES}")
def summed_up(call: Call) -> Response:
    return call.told(lambda entries: [{**one, "messageSummary": {}} for one in entries])


@wrong("ip1/batches/message-summary", "counts messages where it should count segments", f"GET {BATCH}")
def messages_twice(call: Call) -> Response:
    return call.told(lambda shown: {**shown, "messageSummary": _counted(shown["messageSummary"])})


@wrong("ip1/batches/price-figures", "shares the price among segments", f"GET {BATCH}")
def by_segment(call: Call) -> Response:
    return call.told(lambda shown: {**shown, "priceSummary": _shared(shown)})


@wrong("ip1/batches/delete", "says that a batch is gone, and keeps it", f"DELETE {BATCH}")
def kept(call: Call) -> Response:
    return call.ask()


@wrong("ip1/messages/list", "shows every status in lists as well", f"GET {BATCH}/messages")
def whole_history(call: Call) -> Response:
    return call.told(lambda all: [call.ask(path=f"{call.path}/{one['id']}").get_json() for one in all])


@wrong("ip1/messages/within-batch", "finds a message below any batch", f"GET {BATCH}/messages/*")
def anywhere(call: Call) -> Response:
    id = call.path.rpartition("/")[2]
    places = [f"{BATCHES}/{one['id']}/messages/{id}" for one in call.ask(path=BATCHES).get_json()]
    found = [reply for reply in (call.ask(path=place) for place in places) if reply.status_code == 200]
    return found[0] if found else call.truth()


@wrong(
    "ip1/messages/datacoding",
    "shows the alphabet of the batch for that of the text",
    f"GET {BATCH}/messages/*",
)
def largest(call: Call) -> Response:
    return call.told(lambda shown: {**shown, "datacoding": "ucs"})


@wrong("ip1/messages/network", "tells the network in numbers", f"GET {BATCH}/messages/*")
def numbered(call: Call) -> Response:
    return call.told(lambda shown: {**shown, "mnc": int(shown["mnc"])})


@wrong("ip1/status-codes/duration", "has 0 for what arrived, as one example does", f"GET {BATCH}/messages/*")
def as_printed(call: Call) -> Response:
    return call.told(
        lambda shown: {**shown, "statuses": [{**one, "duration": 0} for one in shown["statuses"]]}
    )


@wrong("ip1/conversations/list", "shows what was said last first", "GET /v2/conversations/*")
def last_word_first(call: Call) -> Response:
    return call.told(lambda shown: shown[::-1] if isinstance(shown, list) else shown)


@wrong("ip1/conversations/mt", "shows both sides for one", "GET /v2/conversations/*/mt")
def both_sides(call: Call) -> Response:
    return call.ask(path=call.path.removesuffix("/mt"))


@wrong("ip1/conversations/summary-totals", "counts what was sent alone", "GET /v2/conversations/*/summary")
def one_side(call: Call) -> Response:
    return call.told(lambda shown: {**shown, "totalMessageCount": 2, "totalSmsCount": 2})


# What comes back, and what may not go out


@wrong("ip1/blacklist/stop-spelling", "takes every text with STOP in it for one", "POST /_emulator/inbound")
def hasty(call: Call) -> Response:
    return call.instead(text="STOP") if "stop" in call.sent["text"].lower() else call.truth()


@wrong("ip1/blacklist/again", "objects to a number that is blocked already", "POST|PUT /v2/blacklist*")
def already(call: Call) -> Response:
    number = (call.sent or {}).get("msisdn") or call.path.rpartition("/")[2]
    there = call.ask(path=f"/v2/blacklist/{number}").status_code == 200
    return Response("{}", 409) if there else call.truth()


@wrong("ip1/blacklist/created-form", "has a zone where the example has none", "PUT /v2/blacklist/*")
def zoned(call: Call) -> Response:
    return call.told(lambda shown: {**shown, "created": f"{shown['created']}Z"})


@wrong("ip1/reports/post", "leaves off the query of an address", f"POST {BATCHES}")
def no_query(call: Call) -> Response:
    return call.instead(deliveryReportUrl=call.sent["deliveryReportUrl"].partition("?")[0])


@wrong("ip1/reports/none", "reports to the last address it was given", f"POST {BATCHES}")
def old_address(call: Call) -> Response:
    return call.instead(deliveryReportUrl="http://127.0.0.1:1/")


@wrong("ip1/incoming/setting", "pushes to an address that was deleted", "DELETE /v2/me/sms/settings/*")
def never_deleted(call: Call) -> Response:
    return call.ask()


@wrong("ip1/settings/set", "sets a setting once", "PUT /v2/me/sms/settings/*")
def once(call: Call) -> Response:
    return Response("{}", 409) if call.ask().get_json()["value"] else call.truth()


@wrong("ip1/settings/unset", "does not find what is not set", "GET /v2/me/sms/settings/*")
def not_set(call: Call) -> Response:
    reply = call.truth()
    return reply if reply.get_json()["value"] else Response("{}", 404)


def _filled(value: Any, values: dict[str, Any]) -> Any:
    for key, other in values.items():
        value = value.replace(f"{{{key}}}", other) if isinstance(value, str) else value
    return value


def _counted(summary: dict[str, Any]) -> dict[str, Any]:
    return {code: {**one, "sms": one["messages"]} for code, one in summary.items()}


def _shared(batch: dict[str, Any]) -> dict[str, Any]:
    """The price of a batch, with an average over its segments."""
    price, segments = batch["priceSummary"], sum(one["sms"] for one in batch["messageSummary"].values())
    return {**price, "average": price["total"] / segments}
