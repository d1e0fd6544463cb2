"""Wrong emulators of the iSMS SOAP operations, and their switches, turned."""

import re
from functools import partial

from werkzeug.wrappers import Response

from conformance.drivers.isms_soap import NAMESPACE, PATH
from conformance.drivers.soap import ENVELOPE
from conformance.miniature import Miniature
from conformance.tests.shelf import soap
from conformance.tests.shelf.soap import Call, answer, fault, refused

MINIATURES: list[Miniature] = []

TURNED: dict[str, object] = {
    "soap_fault_code": "Client",
    "soap_positional": False,
    "soap_namespace": "urn:other",
    "soap_extended": True,
}

wrong = partial(soap.wrong, MINIATURES, path=PATH)
misdescribed = partial(soap.wrong, MINIATURES, path="/api/soap/*")

STRANGER = "Authentication error."
NAMES = ("username", "password", "from", "to", "message_id", "mobile", "message", "coding", "flash")


# How calls travel


@wrong("isms/soap/envelope", "calls every answer the same")
def one_answer(call: Call) -> str:
    return re.sub(r"(send|query)Response", "callResponse", call.says())


@wrong("isms/soap/version", "reads whatever is called an envelope")
def any_envelope(call: Call) -> str:
    return call.put(r'(xmlns:SOAP-ENV=)"[^"]*"', rf'\1"{ENVELOPE}"')


@wrong("isms/soap/must-understand", "passes over what it has to understand")
def careless(call: Call) -> str:
    return call.put(r'SOAP-ENV:mustUnderstand="1"', "")


@wrong("isms/soap/no-document-type", "does what a document type says")
def expanding(call: Call) -> str:
    return call.says(re.sub(r"<!DOCTYPE.*?>\n", "", call.text).replace("&note;", "306900000000"))


@wrong("isms/soap/encoding", "takes everything for UTF-8")
def utf8_alone(call: Call) -> str:
    call.request.environ["CONTENT_TYPE"] = "text/xml; charset=utf-8"
    return call.says(call.text.replace("\0", "\ufffd"))


@wrong("isms/soap/status", "answers faults with status 200")
def status_of_faults(call: Call) -> Response:
    reply = call.truth()
    reply.status_code = 200
    return reply


@wrong("isms/soap/content-type", "labels its answers as those of SOAP 1.2")
def label_of_soap_12(call: Call) -> Response:
    reply = call.truth()
    reply.headers["Content-Type"] = "application/soap+xml"
    return reply


@wrong("isms/soap/any-action", "goes by the SOAPAction")
def by_action(call: Call) -> str | Response:
    action = call.request.headers.get("SOAPAction", "")
    return call.says() if call.operation in action else fault("No such action.", "Client")


@wrong("isms/soap/not-an-envelope", "has no fault for what is no XML")
def no_fault_for_words(call: Call) -> str | Response:
    return call.says() if "<" in call.text else Response("Bad Request", 400, content_type="text/plain")


@wrong("isms/soap/unknown-operation", "answers whatever is called")
def obliging(call: Call) -> str:
    return call.says() if call.operation in ("send", "query") else call.put(call.operation, "query")


# Faults


@wrong("isms/soap/fault", "writes its faults in the namespace of the envelope")
def qualified_faults(call: Call) -> str:
    return re.sub(r"(</?)(faultcode|faultstring)", r"\1SOAP-ENV:\2", call.says())


@wrong("isms/soap/fault-text", "says Error: before its sentences")
def error_word(call: Call) -> str:
    return call.says().replace("<faultstring>", "<faultstring>Error: ")


@wrong("isms/soap/missing-credentials", "has a sentence of its own for a missing password")
def password_sentence(call: Call) -> str | Response:
    return call.says() if call.argument("password") else fault("No password defined.")


# Arguments and results


@wrong("isms/soap/by-name", "takes every argument by its place")
def places_alone(call: Call) -> str:
    return call.put(rf"(</?)({'|'.join(NAMES)})(?=[ >/])", r"\1param_\2")


@wrong("isms/soap/untyped", "reads no argument without a type")
def typed_only(call: Call) -> str | Response:
    return call.says() if "xsi:type=" in call.text else fault(STRANGER)


@wrong("isms/soap/references", "does not look beside the call")
def no_references(call: Call) -> str:
    return call.put(r"<\w+ href=[^>]*>", "")


@wrong("isms/soap/empty-is-missing", "takes nil for a word")
def nil_is_a_word(call: Call) -> str:
    return call.put(r'<message_id xsi:nil="true"\s*/>', "<message_id>nil</message_id>")


@wrong("isms/soap/unknown-names", "refuses arguments it does not know", "send")
def no_remarks(call: Call) -> str | Response:
    return fault("Unknown argument.", "Client") if "<remark" in call.text else call.says()


@wrong("isms/soap/result", "calls its results by the operation")
def named_results(call: Call) -> str:
    return re.sub(r"(</?)return", rf"\1{call.operation}Result", call.says())


@wrong("isms/soap/same-messages", "has its own price", "send")
def own_price(call: Call) -> str:
    said = call.says()
    if not refused(said):
        call.charge("isms", 1)
    return said


# The description


@misdescribed("isms/soap/wsdl", "has its description at one address only")
def one_address(call: Call) -> Response:
    known = not call.request.path.endswith(".wsdl.php")
    return call.truth() if known else Response("no such file", 404, content_type="text/plain")


@misdescribed("isms/soap/wsdl-asked", "asks for ?wsdl in small letters")
def small_letters(call: Call) -> Response:
    known = call.request.query_string != b"WSDL"
    return call.truth() if known else Response("POST only", 405, content_type="text/plain")


@misdescribed("isms/soap/wsdl-location", "names the address of the page, however it is reached")
def printed_address(call: Call) -> str:
    return re.sub(r'(location=)"[^"]*"', r'\1"http://cp.isms.gr/api/soap/sms.php"', call.says())


@misdescribed("isms/soap/wsdl-contents", "forgets the message, as the page does")
def no_message(call: Call) -> str:
    return re.sub(r'<(\w+:)?part name="message"[^>]*>', "", call.says())


# send


@wrong("isms/soap-send/to", "serves the first of an array", "send")
def first_item(call: Call) -> str:
    return call.put(r"(</item>)<item.*</item>", r"\1")


@wrong("isms/soap-send/to-spelling", "reads one of several elements", "send")
def last_element(call: Call) -> str:
    return call.put(r"(<recipients>|<recipients xsi:type=.xsd:string.>)[^<]*</recipients>(?=<recipients)", "")


@wrong("isms/soap-send/to-map", "knows no maps", "send")
def no_maps(call: Call) -> str:
    return call.put(r"<key[ >].*</key>", "")


@wrong("isms/soap-send/item-names", "knows the elements of an array by their name", "send")
def named_items(call: Call) -> str:
    return call.put(r"<(string|recipient|key) xsi:type=.xsd:string.>[^<]*</\1>", "")


@wrong("isms/soap-send/message", "trims the text", "send")
def trimmed(call: Call) -> str:
    return call.put(r"(<(?:message|param4)[^>]*>)\s+", r"\1")


@wrong("isms/soap-send/flash-spelling", "knows true, and nothing else that means it", "send")
def true_alone(call: Call) -> str:
    return call.put(r"(<flash[^>]*>)1<", r"\1false<")


@wrong("isms/soap-send/every-language", "loses what XML has to escape", "send")
def unescaped(call: Call) -> str:
    return call.put(r"&(amp|lt|gt);", "")


@wrong("isms/soap-send/bare-id", "returns what it says over HTTP", "send")
def id_word(call: Call) -> str:
    return re.sub(r"(<return[^>]*>)", r"\1ID:", call.says())


@wrong("isms/soap-send/no-credit", "sends on credit", "send")
def trusting(call: Call) -> str:
    said = call.says()
    return answer("send", "I7I5R4HTAA", NAMESPACE) if "Insufficient credits." in said else said


@wrong("isms/soap-send/precedence", "looks at the sender before the recipients", "send")
def sender_before_recipients(call: Call) -> str | Response:
    said, sender = call.says(), call.argument("from")
    return fault("Invalid sender identity.") if "No recipients." in said and "no sender" in sender else said


@wrong("isms/soap-send/refused-is-free", "charges for refused sends", "send")
def faults_cost(call: Call) -> str:
    said = call.says()
    if refused(said):
        call.charge("isms", 1)
    return said


@wrong("isms/soap-send/schedule", "sends at once", "send")
def hasty(call: Call) -> str:
    return call.put(r"\+1 hour", "now")


# query


@wrong("isms/soap-query/reply", "answers as over HTTP", "query")
def status_before(call: Call) -> str:
    return re.sub(r"(<return[^>]*>)", r"\1Status: ", call.says())


@wrong("isms/soap-query/failed", "says Undelivered of a failed message", "query")
def other_word(call: Call) -> str:
    return call.says().replace("Failed", "Undelivered")


@wrong("isms/soap-query/unknown", "tells a stranger's number that it is pending", "query")
def strangers_pending(call: Call) -> str:
    said = call.says()
    sent = call.control("GET", "/messages")["total"]
    return answer("query", "Pending", NAMESPACE) if sent and "No such message" in said else said


@wrong("isms/soap-query/owner", "tells other accounts", "query")
def open_to_others(call: Call) -> str:
    return call.put("(<(?:username|password)[^>]*>)empty<", r"\1demo<")


@wrong("isms/soap-query/precedence", "looks for the identifier before the password", "query")
def identifier_before_password(call: Call) -> str | Response:
    return call.says() if call.argument("message_id") else fault("No message ID defined.")
