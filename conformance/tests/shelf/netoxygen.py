"""Wrong emulators of the NetOxygen methods, and their switches, turned."""

import re
from functools import partial
from typing import Any

from werkzeug.wrappers import Response

from conformance.drivers.netoxygen import PATH
from conformance.drivers.xmlrpc import Fault, Value
from conformance.miniature import Miniature
from conformance.tests.shelf import xmlrpc
from conformance.tests.shelf.xmlrpc import Call

MINIATURES: list[Miniature] = []

TURNED: dict[str, object] = {
    "content_type": "application/xml",
    "result": "int",
    "number_echo": "given",
    "sender_check": False,
    "date_only": "invalid",
    "most_parts": 9,
    "no_credit_code": 3,
    "fewest_digits": 7,
    "most_digits": 14,
    "tables_swapped": True,
    "network_seconds": 5.0,
    "validity_hours": 24,
    "refund": False,
    "bad_credentials": "false",
    "fault_codes": "interop",
}

wrong = partial(xmlrpc.wrong, MINIATURES, path=PATH)

SENDER, DATE, TYPE = 4, 5, 6


def filled(call: Call, place: int, value: Value) -> list[Any]:
    """The parameters with another value in one place, and empty strings up to there."""
    params = call.params + [""] * (place + 1 - len(call.params))
    params[place] = value
    return params


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


# Every call


@wrong("netoxygen/xmlrpc/status-200", "answers faults with status 500")
def status_of_faults(call: Call) -> Response:
    reply = call.truth()
    if b"<fault>" in reply.get_data():
        reply.status_code = 500
    return reply


@wrong("netoxygen/xmlrpc/http-1.0", "asks for a later HTTP")
def modern(call: Call) -> Response:
    outdated = call.request.environ["SERVER_PROTOCOL"] == "HTTP/1.0"
    return Response("HTTP Version Not Supported", 505) if outdated else call.truth()


@wrong("netoxygen/xmlrpc/content-type", "does not name its charset")
def no_charset(call: Call) -> Response:
    reply = call.truth()
    reply.headers["Content-Type"] = "text/xml"
    return reply


@wrong("netoxygen/xmlrpc/one-value", "leaves the signs of XML in what it repeats", "get_status")
def unescaped(call: Call) -> Response:
    reply = call.truth()
    reply.set_data(reply.get_data().replace(b"&lt;", b"<").replace(b"&amp;", b"&"))
    return reply


@wrong("netoxygen/xmlrpc/base64", "takes the spelling of base64 for a text", "send_message")
def base64_as_written(call: Call) -> Value:
    return call.says(*[b"aGVsbG8=" if isinstance(one, bytes) else one for one in call.params])


@wrong("netoxygen/xmlrpc/typed-numbers", "drops the nought of a number typed as one", "clean_number")
def integers(call: Call) -> Response:
    body = call.request.get_data()
    return call.truth(re.sub(rb"<(int|i4|i8)>[+]?0*", rb"<\1>", body))


@wrong("netoxygen/xmlrpc/any-content-type", "reads text/xml alone")
def strict_labels(call: Call) -> Response:
    labelled = call.request.mimetype in ("text/xml", "")
    return call.truth() if labelled else Response("Unsupported Media Type", 415)


@wrong("netoxygen/faults/malformed", "shows the page of a framework for a body it cannot read")
def framework(call: Call) -> Response:
    return call.truth() if call.method else Response("<h1>Bad Request</h1>", 400)


@wrong("netoxygen/faults/precedence", "looks at the password before the parameters", "send_message")
def password_first(call: Call) -> Value:
    said, stranger = call.says(), call.params[1:2] == ["nobody-has-this"]
    return Fault(401, "Authentication failed.") if stranger else said


@wrong("netoxygen/faults/unknown-method", "has a fault of its own for unknown methods", "no_such_method")
def not_found(call: Call) -> Value:
    return Fault(404, "Not Found")


@wrong("netoxygen/faults/no-work", "cleans numbers for anybody", "clean_number")
def no_password_needed(call: Call) -> Value:
    return call.says("demo", "demo", *call.params[2:])


# send_message


@wrong("netoxygen/send/triple", "leaves the destination out", "send_message")
def pairs(call: Call) -> Value:
    said = call.says()
    return [one[1:] for one in said] if isinstance(said, list) else said


@wrong("netoxygen/send/dest-string", "gives a string an answer without an array around it", "send_message")
def not_nested(call: Call) -> Value:
    said = call.says()
    return said[0] if isinstance(said, list) and not isinstance(call.params[2], list) else said


@wrong("netoxygen/send/order", "answers for whom it refused last", "send_message")
def refused_last(call: Call) -> Value:
    said = call.says()
    return sorted(said, key=lambda one: not one[1]) if isinstance(said, list) else said


@wrong("netoxygen/send/unique-id", "gives all recipients of a call one identifier", "send_message")
def one_id(call: Call) -> Value:
    said = call.says()
    return [[*one[:2], said[0][2]] for one in said] if isinstance(said, list) else said


@wrong("netoxygen/send/each-for-itself", "refuses a whole call for one bad number", "send_message")
def all_or_nothing(call: Call) -> Value:
    said = call.says()
    bad = isinstance(said, list) and not all(one[1] for one in said)
    return [[one[0], False, 5] for one in said] if bad else said


@wrong("netoxygen/send/sender-not-allowed", "lets everybody choose a sender", "send_message")
def free_choice(call: Call) -> Value:
    user, sender = call.params[0], [*call.params, ""][SENDER : SENDER + 1]
    attributes = {"status": "regular", "sender": sender[0] if sender else ""}
    if user == "free":
        call.control("PATCH", "/accounts/netoxygen/free", {"senders": None, "attributes": attributes})
    return call.says()


@wrong("netoxygen/send/sender-textobox", "sends under its own name without a sender", "send_message")
def own_name(call: Call) -> Value:
    sender = [*call.params, "", ""][SENDER]
    return call.says(*filled(call, SENDER, sender or "NetOxygen"))


@wrong("netoxygen/send/date", "sends at once whatever the date", "send_message")
def impatient(call: Call) -> Value:
    return call.says(*filled(call, DATE, ""))


@wrong("netoxygen/send/date-zone", "reads dates as those of Greenwich in winter", "send_message")
def an_hour_late(call: Call) -> Value:
    date = (call.params + [""] * 3)[DATE]
    return call.says(*filled(call, DATE, date.replace(" 20:", " 21:")))


@wrong("netoxygen/send/date-invalid", "refuses a call with an invalid date", "send_message")
def strict_dates(call: Call) -> Value:
    date = (call.params + [""] * 3)[DATE]
    valid = re.fullmatch(r"(\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?)?", str(date))
    return call.says() if valid else Fault(3, "Incorrect parameters passed to method")


@wrong("netoxygen/send/type-flash", "never flashes", "send_message")
def no_flash(call: Call) -> Value:
    return call.says(*filled(call, TYPE, "text"))


@wrong("netoxygen/send/refused-is-free", "charges for refused recipients", "send_message")
def refusals_cost(call: Call) -> Value:
    said = call.says()
    call.charge("netoxygen", sum(not one[1] for one in said) if isinstance(said, list) else 0)
    return said


@wrong("netoxygen/send/cost", "charges by the call, however many the recipients", "send_message")
def price_by_call(call: Call) -> Value:
    said = call.says()
    call.charge("netoxygen", 1 - sum(bool(one[1]) for one in said) if isinstance(said, list) else 0)
    return said


@wrong("netoxygen/send/parts-extension", "has no extension table", "send_message")
def no_extension(call: Call) -> Value:
    user, password, dest, message, *rest = call.params
    return call.says(user, password, dest, re.sub(r"[\^{}\\\[~\]|€]", "?", message), *rest)


@wrong("netoxygen/send/no-credit", "sends on credit", "send_message")
def on_credit(call: Call) -> Value:
    said = call.says()
    return [[one[0], True, "f" * 32] if one[1:] == [False, 2] else one for one in said]


# The questions about an account


@wrong("netoxygen/auth/false", "meets a wrong password with a fault", "auth")
def fault_for_false(call: Call) -> Value:
    return call.says() or Fault(401, "Authentication failed.")


@wrong("netoxygen/credits/zero", "says FALSE of no credits", "get_credits")
def nothing_is_false(call: Call) -> Value:
    return call.says() or False


@wrong("netoxygen/credits/integer", "writes credits with two decimals", "get_credits")
def decimals(call: Call) -> Value:
    said = call.says()
    return said if isinstance(said, bool | Fault) else float(said)


@wrong("netoxygen/account-status/free", "knows regular accounts only", "account_status")
def all_regular(call: Call) -> Value:
    return "regular"


@wrong("netoxygen/guid/length", "follows the pattern of the document to 37 characters", "get_guid")
def as_printed(call: Call) -> Value:
    said = call.says()
    return f"{said[:8]}00{said[8:-1]}" if isinstance(said, str) else said


@wrong("netoxygen/guid/shared", "has a group for every user", "get_guid")
def a_group_each(call: Call) -> Value:
    said = call.says()
    return f"{len(call.params[0]):08x}{said[8:]}" if isinstance(said, str) else said


@wrong("netoxygen/clean-number/example", "cleans numbers for abroad", "clean_number")
def other_country(call: Call) -> Value:
    said = call.says()
    return re.sub("^41", "49", said) if isinstance(said, str) else said


@wrong("netoxygen/clean-number/length", "takes five digits for a number", "clean_number")
def short_numbers(call: Call) -> Value:
    number = str(call.params[-1])
    return number if re.fullmatch(r"\d{5,7}", number) else call.says()


# get_status and cancel_message


@wrong("netoxygen/status/members", "leaves out the texts of the codes", "get_status")
def no_texts(call: Call) -> Value:
    said = call.says()
    for one in said if isinstance(said, list) else []:
        if isinstance(one[1], dict):
            one[1] = {name: value for name, value in one[1].items() if not name.endswith("_text")}
    return said


@wrong("netoxygen/status/foreign", "tells other users", "get_status")
def indiscreet(call: Call) -> Value:
    return call.says("demo", "demo", *call.params[2:]) if call.params[0] == "free" else call.says()


@wrong("netoxygen/status/unknown", "says nothing of what it does not know", "get_status")
def silence_about_the_unknown(call: Call) -> Value:
    said = call.says()
    return [one for one in said if one[1] is not False] if isinstance(said, list) else said


@wrong("netoxygen/codes/error-10", "spells cancelled with two l", "get_status")
def british(call: Call) -> Response:
    reply = call.truth()
    reply.set_data(reply.get_data().replace(b"Message canceled", b"Message cancelled"))
    return reply


@wrong("netoxygen/codes/status-6", "never gives up on a message", "send_message")
def never_expiring(call: Call) -> Value:
    for number in listed(call.params[2]):
        if str(number).endswith("9002"):
            call.control("PUT", f"/outcomes/{number}", {"outcome": "stuck"})
    return call.says()


@wrong("netoxygen/cancel/scheduled", "cancels nothing", "cancel_message")
def unstoppable(call: Call) -> Value:
    return [[id, False] for id in listed(call.params[2])]


@wrong("netoxygen/cancel/never-sent", "says TRUE and sends all the same", "cancel_message")
def says_so(call: Call) -> Value:
    return [[id, True] for id in listed(call.params[2])]


@wrong("netoxygen/cancel/refund", "keeps what a cancelled message cost", "cancel_message")
def kept_money(call: Call) -> Value:
    before, said = call.credit("netoxygen"), call.says()
    call.charge("netoxygen", call.credit("netoxygen") - before)
    return said
