"""Wrong emulators of the iSMS scripts, and their switches, turned."""

import re
from decimal import Decimal
from functools import partial
from urllib.parse import unquote

from werkzeug.wrappers import Response

from conformance.miniature import Miniature
from conformance.tests.shelf import scripts
from conformance.tests.shelf.scripts import PHP, Call

MINIATURES: list[Miniature] = []

TURNED: dict[str, object] = {
    "accept_post": False,
    "error_status": 400,
    "content_type": "text/plain; charset=UTF-8",
    "repeated_name": "first",
    "tolerant_numbers": False,
    "fewest_digits": 9,
    "most_digits": 14,
    "duplicates": "each",
    "decode_twice": True,
    "sender_check": False,
    "unknown_coding": "utf-8",
    "utf8_counts_as": "shortest",
    "greek_transliteration": False,
    "zone": "UTC",
    "past_schedule": "refuse",
    "report_method": "GET",
    "report_fields": ["id", "to", "state", "time"],
    "report_retries": [2],
    "validity_hours": 24,
    "id_prefix": True,
    "contact_ok": "ascii",
    "delete_unknown": "ok",
}

wrong = partial(scripts.wrong, MINIATURES)


# All scripts


@wrong("isms/http/no-newline", "ends every reply with a newline")
def newline(call: Call) -> str:
    return call.says() + "\n"


@wrong("isms/http/nothing-before", "begins every reply with a byte order mark")
def byte_order_mark(call: Call) -> str:
    return "\ufeff" + call.says()


@wrong("isms/http/error-status", "answers errors with status 400")
def status_of_errors(call: Call) -> Response:
    reply = call.truth()
    if reply.get_data().startswith(b"Error"):
        reply.status_code = 400
    return reply


@wrong("isms/http/success-status", "answers a balance with status 201", "credits.php")
def status_of_successes(call: Call) -> Response:
    reply = call.truth()
    if reply.get_data().startswith(b"Credits"):
        reply.status_code = 201
    return reply


@wrong("isms/http/content-type", "labels its replies as plain text")
def plain_text(call: Call) -> Response:
    reply = call.truth()
    reply.content_type = "text/plain"
    return reply


@wrong("isms/http/post", "reads the query of a POST and not its form")
def deaf_to_forms(call: Call) -> str:
    posted = call.request.method == "POST"
    return call.asking(call.request.path, call.request.args) if posted else call.says()


@wrong("isms/http/get", "sends for POST requests only", "send.php")
def deaf_to_queries(call: Call) -> str:
    return call.says() if call.request.method == "POST" else "Error: No recipients."


@wrong("isms/http/last-name-wins", "takes the first value of a repeated name")
def first_name(call: Call) -> str:
    return call.says({name: values[0] for name, values in call.request.args.lists()})


@wrong("isms/http/case-of-names", "reads names in any case")
def names_in_capitals(call: Call) -> str:
    return call.says({name.lower(): value for name, value in call.fields.items()})


@wrong("isms/http/unknown-names", "refuses names it does not know", "credits.php")
def strict_names(call: Call) -> str:
    return call.says() if len(call.fields) == 2 else "Error: Unknown parameter."


@wrong("isms/http/plus-is-blank", "takes a plus sign in the query for itself")
def plus_for_plus(call: Call) -> str:
    environ = call.request.environ
    environ["QUERY_STRING"] = environ["QUERY_STRING"].replace("+", "%2B")
    return call.says()


@wrong("isms/http/undecodable", "breaks on octets that are no UTF-8")
def strict_octets(call: Call) -> Response:
    broken = b"%C3%E5" in call.request.query_string
    return Response("Internal Server Error", 500) if broken else call.truth()


@wrong("isms/http/missing-credentials", "has a sentence of its own for a missing password")
def wordy(call: Call) -> str:
    return call.says() if call.fields.get("password") else "Error: No password defined."


@wrong("isms/http/credentials", "tells the balance to whoever knows the user name", "credits.php")
def no_password_needed(call: Call) -> str:
    return call.says() if call.fields.get("password") else call.says({"password": "demo"})


@wrong("isms/http/bad-credentials", "forgets the full stop, when look-ups are asked about", "hlrquery.php")
def no_full_stop(call: Call) -> str:
    return call.says().replace("Authentication error.", "Authentication error")


@wrong("isms/http/unknown-script", "shows the page of a framework for a script it does not know")
def framework(call: Call) -> Response:
    reply = call.truth()
    return reply if reply.status_code != 404 else Response("<h1>Not Found</h1>", 404, content_type=PHP)


# credits.php


@wrong("isms/credits/reply", "parts the thousands with a comma", "credits.php")
def thousands(call: Call) -> str:
    return re.sub(r"(\d)(\d{3}\.)", r"\1,\2", call.says())


@wrong("isms/credits/two-decimals", "drops the noughts behind the point", "credits.php")
def short_amounts(call: Call) -> str:
    return re.sub(r"\.?0+$", "", call.says())


@wrong("isms/credits/no-effect", "charges for telling the balance", "credits.php")
def curious_costs(call: Call) -> str:
    call.charge("isms", Decimal("0.01"))
    return call.says()


# send.php


@wrong("isms/send/reply", "puts a blank before the identifier", "send.php")
def blank_in_id(call: Call) -> str:
    return call.says().replace("ID:", "ID: ")


@wrong("isms/send/to", "serves the first recipient only", "send.php")
def first_recipient(call: Call) -> str:
    return call.says({"to": call.fields.get("to", "").partition(",")[0]})


@wrong("isms/send/bulk", "serves fifty recipients of a call", "send.php")
def fifty_recipients(call: Call) -> str:
    return call.says({"to": ",".join(call.fields.get("to", "").split(",")[:50])})


@wrong("isms/send/from", "cuts the sender at five characters", "send.php")
def short_senders(call: Call) -> str:
    return call.says({"from": call.fields.get("from", "")[:5]})


@wrong("isms/send/new-id", "gives every send the same identifier", "send.php")
def one_id(call: Call) -> str:
    return re.sub("ID:.*", "ID:I7I5R4HTAA", call.says())


@wrong("isms/send/message-optional", "refuses a send without text", "send.php")
def text_needed(call: Call) -> str:
    said = call.says()
    return said if call.fields.get("message") or said.startswith("Error") else "Error: No recipients."


@wrong("isms/send/coding-default", "sends in UTF-8 unless told otherwise", "send.php")
def utf8_default(call: Call) -> str:
    return call.says({"coding": call.fields.get("coding") or "UTF-8"})


@wrong("isms/send/coding-utf8", "sends UTF-8 texts in the GSM alphabet", "send.php")
def gsm_only(call: Call) -> str:
    return call.says({"coding": "GSM"})


@wrong("isms/send/flash-on", "never flashes", "send.php")
def no_flash(call: Call) -> str:
    return call.says({"flash": None})


@wrong("isms/send/flash-default", "flashes unless told otherwise", "send.php")
def flash_default(call: Call) -> str:
    return call.says({"flash": call.fields.get("flash") or "1"})


@wrong("isms/send/flash-unknown", "flashes for any value but 0", "send.php")
def flash_for_anything(call: Call) -> str:
    return call.says({"flash": "0" if call.fields.get("flash", "0") in ("", "0") else "1"})


@wrong("isms/send/bad-sender", "words the sender error in its own way", "send.php")
def own_words(call: Call) -> str:
    return call.says().replace("Invalid sender identity.", "Invalid sender ID.")


@wrong("isms/send/no-credit", "sends on credit", "send.php")
def on_credit(call: Call) -> str:
    said = call.says()
    return "ID:I7I5R4HTAA" if said == "Error: Insufficient credits." else said


@wrong("isms/send/precedence", "looks at the sender before the recipients", "send.php")
def sender_first(call: Call) -> str:
    said = call.says()
    if said == "Error: No recipients." and "no sender" in call.fields.get("from", ""):
        return "Error: Invalid sender identity."
    return said


@wrong("isms/send/refused-is-free", "charges for refused sends", "send.php")
def refusals_cost(call: Call) -> str:
    said = call.says()
    if said.startswith("Error"):
        call.charge("isms", 1)
    return said


@wrong("isms/send/duplicates", "charges a number listed twice twice", "send.php")
def duplicates_cost(call: Call) -> str:
    said, to = call.says(), call.fields.get("to", "").split(",")
    if said.startswith("ID:"):
        call.charge("isms", len(to) - len(set(to)))
    return said


@wrong("isms/send/cost", "charges by the call, however many the recipients", "send.php")
def price_by_call(call: Call) -> str:
    said, to = call.says(), call.fields.get("to", "").split(",")
    if said.startswith("ID:"):
        call.charge("isms", 1 - len(to))
    return said


@wrong("isms/send/all-or-nothing", "sends to as many as can be paid for", "send.php")
def as_many_as_paid(call: Call) -> str:
    said, to = call.says(), call.fields.get("to", "").split(",")
    while said == "Error: Insufficient credits." and len(to) > 1:
        to.pop()
        said = call.says({"to": ",".join(to)})
    return said


@wrong("isms/send/to-the-last-credit", "keeps the last credit back", "send.php")
def last_credit_kept(call: Call) -> str:
    enough = call.credit("isms") > len(call.fields.get("to", "").split(","))
    return call.says() if enough else "Error: Insufficient credits."


@wrong("isms/send/sender-digits", "takes no numbers for senders", "send.php")
def letters_only(call: Call) -> str:
    said, sender = call.says(), call.fields.get("from", "")
    return "Error: Invalid sender identity." if sender.isdecimal() and said.startswith("ID:") else said


@wrong("isms/send/number-spelling", "knows no number with a plus sign", "send.php")
def no_plus(call: Call) -> str:
    to = [number for number in call.fields.get("to", "").split(",") if not number.startswith("+")]
    return call.says({"to": ",".join(to)})


@wrong("isms/send/invalid-dropped", "refuses a list for one bad entry", "send.php")
def one_bad_entry(call: Call) -> str:
    said, to = call.says(), call.fields.get("to", "").split(",")
    bad = any(number.isalpha() for number in to)
    return "Error: No recipients." if bad and said.startswith("ID:") else said


@wrong("isms/send/decoded-once", "decodes values twice", "send.php")
def decoded_twice(call: Call) -> str:
    return call.says({name: unquote(value) for name, value in call.fields.items()})


# Texts and schedules


@wrong("isms/text/concatenated", "cuts a text at 160 characters", "send.php")
def cut_texts(call: Call) -> str:
    return call.says({"message": call.fields.get("message", "")[:160]})


@wrong("isms/text/extension", "has no extension table", "send.php")
def no_extension(call: Call) -> str:
    return call.says({"message": re.sub(r"[\^{}\\\[~\]|€]", "?", call.fields.get("message", ""))})


@wrong("isms/text/greek-capitals", "makes question marks of Greek", "send.php")
def no_greek(call: Call) -> str:
    gsm = not call.fields.get("coding", "").lower().startswith("utf")
    text = call.fields.get("message", "")
    return call.says({"message": re.sub("[ά-ώϊϋΐΰΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]", "?", text) if gsm else text})


@wrong("isms/text/empty", "makes nothing of empty messages, and charges nothing", "send.php")
def empty_for_free(call: Call) -> str:
    said = call.says()
    if said.startswith("ID:") and not call.fields.get("message"):
        call.charge("isms", -1)
    return said


@wrong("isms/schedule/parameter", "sends at once whatever the schedule", "send.php")
def impatient(call: Call) -> str:
    schedule = call.fields.get("schedule", "")
    return call.says({"schedule": "now" if re.match(r"\+\d", schedule) else schedule})


@wrong("isms/schedule/last-weekday", "refuses a weekday gone by", "send.php")
def last_refused(call: Call) -> str:
    gone = call.fields.get("schedule", "").startswith("last ")
    return "Error: Invalid scheduling date." if gone else call.says()


@wrong("isms/schedule/zone", "reads local times as those of Greenwich", "send.php")
def greenwich(call: Call) -> str:
    schedule = call.fields.get("schedule", "")
    local = re.fullmatch(r"\d{4}-\d\d-\d\d [\d:]+", schedule)
    return call.says({"schedule": f"{schedule} UTC" if local else schedule})


@wrong("isms/schedule/not-strtotime", "reads European dates too", "send.php")
def european(call: Call) -> str:
    schedule = re.sub(r"(\d\d)/(\d\d)/(\d{4})", r"\3-\2-\1", call.fields.get("schedule", ""))
    return call.says({"schedule": schedule})


@wrong("isms/schedule/bare-plus", "refuses a schedule that begins with a blank", "send.php")
def no_bare_plus(call: Call) -> str:
    bare = call.fields.get("schedule", "").startswith(" ")
    return "Error: Invalid scheduling date." if bare else call.says()


# Delivery reports


@wrong("isms/report/arrives", "loses its reports", "send.php")
def lost_reports(call: Call) -> str:
    return call.says({"dlr-url": None})


@wrong("isms/report/encoded", "loses the query of the report's address", "send.php")
def bare_addresses(call: Call) -> str:
    return call.says({"dlr-url": call.fields.get("dlr-url", "").partition("?")[0]})


@wrong("isms/report/each-recipient", "reports twice", "send.php")
def doubled_reports(call: Call) -> str:
    for number in re.findall(r"30690\d{3}[0-8]\d{3}", call.fields.get("to", "")):
        call.control("PUT", f"/outcomes/{number}", {"outcome": "receipt-twice"})
    return call.says()


# query.php


@wrong("isms/query/reply", "forgets the blank behind the colon", "query.php")
def no_blank(call: Call) -> str:
    return call.says().replace("Status: ", "Status:")


@wrong("isms/query/queued", "calls a waiting message pending", "query.php")
def never_queued(call: Call) -> str:
    return call.says().replace("Queued", "Pending")


@wrong("isms/query/failed", "says Undelivered of a failed message", "query.php")
def undelivered(call: Call) -> str:
    return call.says().replace("Failed", "Undelivered")


@wrong("isms/query/precedence", "looks for the identifier before the password", "query.php")
def id_first(call: Call) -> str:
    return call.says() if call.fields.get("mid") else "Error: No message ID defined."


@wrong("isms/query/owner", "tells other accounts", "query.php")
def indiscreet(call: Call) -> str:
    guest = call.fields.get("username") == "empty"
    return call.says({"username": "demo", "password": "demo"}) if guest else call.says()


@wrong("isms/query/other-recipient", "tells a stranger's number that it is pending", "query.php")
def any_number(call: Call) -> str:
    said = call.says()
    sent = call.control("GET", "/messages")["total"]
    return "Status: Pending" if sent and said.startswith("Error: No such") else said


@wrong("isms/query/id-prefix", "understands an identifier with its prefix", "query.php")
def prefixed_id(call: Call) -> str:
    return call.says({"mid": call.fields.get("mid", "").removeprefix("ID:")})


@wrong("isms/query/id-case", "reads identifiers in any case", "query.php")
def id_in_small_letters(call: Call) -> str:
    return call.says({"mid": call.fields.get("mid", "").upper()})


@wrong("isms/query/expiry", "never gives up on a message", "send.php")
def never_expiring(call: Call) -> str:
    for number in re.findall(r"\d+9002", call.fields.get("to", "")):
        call.control("PUT", f"/outcomes/{number}", {"outcome": "stuck"})
    return call.says()


# hlr.php and hlrquery.php


@wrong("isms/hlr/cost", "looks up for nothing", "hlr.php")
def free_look_ups(call: Call) -> str:
    before, said = call.credit("isms"), call.says()
    call.charge("isms", call.credit("isms") - before)
    return said


@wrong("isms/hlr/precedence", "looks at the credit before the numbers", "hlr.php")
def credit_first(call: Call) -> str:
    said, poor = call.says(), call.fields.get("username") == "empty"
    return "Error: Insufficient credits." if poor and said == "Error: No recipients." else said


@wrong("isms/hlrquery/word-alone", "puts Status: before a look-up's state", "hlrquery.php")
def status_word(call: Call) -> str:
    said = call.says()
    return f"Status: {said}" if said in ("Queued", "Pending") else said


@wrong("isms/hlrquery/six-fields", "leaves out the serving exchange", "hlrquery.php")
def five_fields(call: Call) -> str:
    return re.sub(";[^;]*(;[^;]*)$", r"\1", call.says())


@wrong("isms/hlrquery/empty-fields", "writes a dash for what it does not know", "hlrquery.php")
def dashes(call: Call) -> str:
    return re.sub("(?<=;)(?=;)", "-", call.says())


@wrong("isms/hlrquery/unknown", "has the words of query.php", "hlrquery.php")
def words_of_query(call: Call) -> str:
    return call.says().replace("No such message ID or mobile.", "No such message or recipient.")


# Contacts


@wrong("isms/savecontact/ok-spelling", "says OK in Latin letters", "*contact.php")
def latin_ok(call: Call) -> str:
    return call.says().replace("ΟΚ", "OK")


@wrong("isms/savecontact/ok", "says Success", "savecontact.php")
def success(call: Call) -> str:
    return call.says().replace("ΟΚ", "Success")


@wrong("isms/savecontact/only-a-number", "needs a surname", "savecontact.php")
def surname_needed(call: Call) -> str:
    said = call.says()
    return "FAILED" if said == "ΟΚ" and not call.fields.get("surname") else said


@wrong("isms/savecontact/updates", "refuses a contact it has", "savecontact.php")
def no_update(call: Call) -> str:
    said = call.says()
    return "FAILED" if call.fields.get("surname") == "After" else said


@wrong("isms/savecontact/owner", "keeps one address book for all", "deletecontact.php")
def common_contacts(call: Call) -> str:
    guest = call.fields.get("username") == "empty"
    return call.says({"username": "demo", "password": "demo"}) if guest else call.says()


@wrong("isms/deletecontact/failed", "dresses FAILED up as an error", "deletecontact.php")
def failed_error(call: Call) -> str:
    return call.says().replace("FAILED", "Error: FAILED.")


@wrong("isms/deletecontact/unknown", "deletes what is not there", "deletecontact.php")
def content_with_nothing(call: Call) -> str:
    return call.says().replace("FAILED", "ΟΚ")


@wrong("isms/deletecontact/doubled-path", "does not know the address that the page prints", "api/http/*.php")
def no_doubled_path(call: Call) -> Response:
    return Response("no such script", 404, content_type="text/plain")
