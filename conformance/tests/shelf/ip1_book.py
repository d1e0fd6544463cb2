"""Wrong emulators of what iP.1's interface keeps for an account, and the switches of it, turned."""

import time
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode

from werkzeug.wrappers import Response

from conformance.miniature import Miniature
from conformance.tests.shelf import rest
from conformance.tests.shelf.rest import Call

MINIATURES: list[Miniature] = []

TURNED: dict[str, object] = {
    "all_label": False,
    "contact_delay_seconds": 1.0,
    "filter_plus": "keep",
    "unknown_label": 200,
    "element_calls": False,
    "account_errors": "problem",
}

ID = "?" * 24
CONTACTS, LABELS, LANDINGS, ACCOUNT = "/v2/contacts", "/v2/labels", "/v2/landings", "/api/me/account"
CONTACT, PAGE = f"{CONTACTS}/{ID}", f"{LANDINGS}/{ID}"

wrong = partial(rest.wrong, MINIATURES)


def asked(call: Call, query: list[tuple[str, str]]) -> Response:
    """What the true emulator answers to another query."""
    call.request.environ["QUERY_STRING"] = urlencode(query)
    return call.truth()


def query(call: Call) -> list[tuple[str, str]]:
    return parse_qsl(call.request.query_string.decode(), keep_blank_values=True)


def contacts(call: Call) -> list[dict[str, Any]]:
    """All that the account has."""
    found: list[dict[str, Any]] = call.ask(path=CONTACTS, query={"limit": "5000"}).get_json()
    return found


# Whose it is


@wrong("ip1/auth/foreign", "finds a landing page for whoever has its id", f"GET {PAGE}")
def indiscreet(call: Call) -> Response:
    if call.truth().status_code == 404:
        call.request.environ["HTTP_AUTHORIZATION"] = "Bearer demo-ip1"
    return call.truth()


@wrong("ip1/auth/own-only", "takes the children of all accounts for those of one", "GET /api/me/children")
def one_family(call: Call) -> Response:
    call.request.environ["HTTP_AUTHORIZATION"] = "Bearer demo-ip1"
    return call.truth()


# Contacts


@wrong("ip1/contacts/meta", "shows metadata to whoever asks", f"GET {CONTACTS}*")
def talkative(call: Call) -> Response:
    return asked(call, [*query(call), ("meta", "")])


@wrong("ip1/contacts/flag", "reads what a flag says", f"GET|POST {CONTACTS}*")
def flags_with_values(call: Call) -> Response:
    return asked(call, [(name, value) for name, value in query(call) if value not in ("false", "0")])


@wrong("ip1/contacts/sync", "answers in an order of its own", f"POST {CONTACTS}")
def turned_around(call: Call) -> Response:
    return call.told(lambda made: made[::-1])


@wrong("ip1/contacts/sync-over", "takes the first thousand", f"POST {CONTACTS}")
def the_first_thousand(call: Call) -> Response:
    return call.ask("POST", value=call.sent[:1000], query={"sync": ""})


@wrong("ip1/contacts/put", "keeps the properties that PUT does not name", f"PUT {CONTACT}")
def merging(call: Call) -> Response:
    before = call.ask().get_json()
    return call.instead(properties={**before["properties"], **call.sent["properties"]})


@wrong("ip1/contacts/patch", "takes PATCH for PUT", f"PATCH {CONTACT}")
def replacing(call: Call) -> Response:
    given = call.sent.get("properties", {}).items()
    properties = {name: value for name, value in given if value is not None}
    return call.ask("PUT", value={**call.sent, "properties": properties})


@wrong("ip1/contacts/whole-writes", "reads, thinks, and writes", f"PATCH {CONTACT}")
def lost_updates(call: Call) -> Response:
    before = call.ask().get_json()
    time.sleep(0.005)
    properties = {**before["properties"], **call.sent["properties"]}
    return call.ask("PUT", value={"properties": properties, "labels": before["labels"]})


@wrong("ip1/filters/exact", "looks for words in any letter case", f"GET {CONTACTS}")
def any_letter_case(call: Call) -> Response:
    spelled = [(name, one.capitalize() if one.isalpha() else one) for name, one in query(call)]
    return asked(call, spelled)


@wrong("ip1/mass/unpaged", "deletes a page of what was found", f"DELETE {CONTACTS}")
def page_by_page(call: Call) -> Response:
    found = call.ask(query={name: one for name, one in query(call) if name == "labels"})
    for contact in found.get_json():
        call.ask("DELETE", f"{CONTACTS}/{contact['id']}")
    return found


@wrong("ip1/mass/same-filters", "looks at labels alone when it deletes", f"DELETE {CONTACTS}")
def labels_alone(call: Call) -> Response:
    return asked(call, [one for one in query(call) if one[0] == "labels"])


# Labels and the summary


@wrong("ip1/labels/contacts-stay", "deletes the contacts with their label", f"DELETE {LABELS}/*")
def with_its_contacts(call: Call) -> Response:
    label = call.path.rpartition("/")[2]
    lost = [contact["id"] for contact in contacts(call) if label in contact["labels"]]
    reply = call.truth()
    for id in lost:
        call.ask("DELETE", f"{CONTACTS}/{id}")
    return reply


@wrong("ip1/labels/count", "counts those that are named", f"POST {LABELS}/*/contacts")
def those_that_are_named(call: Call) -> Response:
    return call.told(lambda summary: {**summary, "usageCount": len(call.sent)})


@wrong("ip1/labels/unknown-contacts", "refuses ids that it does not know", f"POST {LABELS}/*/contacts")
def strict_ids(call: Call) -> Response:
    known = {contact["id"] for contact in contacts(call)}
    return call.truth() if set(call.sent) <= known else Response("{}", 404)


@wrong("ip1/summary/average", "cuts averages off", f"GET {CONTACTS}/meta")
def cut_off(call: Call) -> Response:
    found = [contact["properties"] for contact in contacts(call)]

    def floored(entry: dict[str, Any]) -> dict[str, Any]:
        lengths = [len(one[entry["propertyName"]]) for one in found if entry["propertyName"] in one]
        return {**entry, "averageLength": sum(lengths) // len(lengths)}

    return call.told(lambda summary: {**summary, "properties": [*map(floored, summary["properties"])]})


@wrong("ip1/summary/order", "sorts labels by name", f"GET {CONTACTS}/meta")
def by_name(call: Call) -> Response:
    return call.told(
        lambda summary: {
            **summary,
            "labels": sorted(summary["labels"], key=lambda one: str(one["labelName"])),
        }
    )


# Landing pages


@wrong("ip1/landings/update-spares", "drops the elements of a page that is renamed", f"PUT {PAGE}")
def dropping(call: Call) -> Response:
    for element in call.ask().get_json()["elements"]:
        call.ask("DELETE", f"{call.path}/elements/{element['id']}")
    return call.truth()


@wrong("ip1/elements/order", "shows elements as they came", f"GET {PAGE}/elements")
def by_arrival(call: Call) -> Response:
    return call.told(lambda elements: sorted(elements, key=lambda one: "order" in one, reverse=True)[::-1])


@wrong("ip1/elements/unknown", "finds elements in whatever page", f"GET {PAGE}/elements/{ID}")
def in_whatever_page(call: Call) -> Response:
    id = call.path.rpartition("/")[2]
    places = [f"{LANDINGS}/{page['id']}/elements/{id}" for page in call.ask(path=LANDINGS).get_json()]
    found = [reply for reply in (call.ask(path=place) for place in places) if reply.status_code == 200]
    return found[0] if found else call.truth()


@wrong("ip1/elements/page-changes", "dates a page by its name", f"POST|PUT|DELETE {PAGE}/elements*")
def dated_by_name(call: Call) -> Response:
    clock = call.control("GET", "/clock")["now"]
    call.control("PUT", "/clock", {"now": "2026-03-02T09:00:00Z"})
    reply = call.truth()
    call.control("PUT", "/clock", {"now": clock})
    return reply


# Accounts


@wrong("ip1/account/same-balance", "shows what the account began with", f"GET {ACCOUNT}")
def as_it_began(call: Call) -> Response:
    return call.told(lambda account: {**account, "Balance": 1000})


@wrong("ip1/children/inherits", "gives a new account something to begin with", "POST /api/me/children")
def generous(call: Call) -> Response:
    return call.told(lambda account: {**account, "Balance": 10})


@wrong("ip1/children/key-opens", "lets a sub-account see what the account above has", "GET /v2/*")
def family(call: Call) -> Response:
    if call.ask(path=ACCOUNT).get_json()["Parent"]:
        call.request.environ["HTTP_AUTHORIZATION"] = "Bearer demo-ip1"
    return call.truth()


@wrong("ip1/children/unknown", "finds the account itself among those below", "GET /api/me/children/*")
def its_own_child(call: Call) -> Response:
    own = call.ask(path=ACCOUNT)
    return own if call.path.endswith(f"/{own.get_json()['ID']}") else call.truth()
