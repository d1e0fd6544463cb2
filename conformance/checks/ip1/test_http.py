"""What every call has in common: JSON both ways, names, ids, moments, paths and methods."""

import json
import re
from datetime import timedelta

import pytest

from conformance.bench import Place
from conformance.checks.ip1.calls import (
    ADDRESSES,
    BELOW_V2,
    ID,
    MOMENT,
    answers,
    batch,
    done,
    id_of,
    listed,
    message,
    messages,
    refused,
    sent,
    statuses,
    written,
)
from conformance.checks.ip1.conftest import Afterwards, Put
from conformance.clock import Clock
from conformance.drivers.ip1 import (
    BATCHES,
    CONTACTS,
    DETAILS,
    LANDINGS,
    OVERVIEW,
    SENDER,
    SENDERS,
    TEXT,
    Ip1Driver,
)
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

CAMEL = re.compile(r"[a-z][A-Za-z0-9]*")
PASCAL = re.compile(r"[A-Z][A-Za-z0-9]*")


def minimal(to: list[str]) -> bytes:
    """The body of a send, in octets."""
    return json.dumps({"sender": SENDER, "recipients": to, "body": TEXT}).encode()


@requirement("ip1/http/addresses")
def test_calls_answer_at_their_addresses(ip1: Ip1Driver) -> None:
    """What can be read without knowing an id."""
    statuses = {name: answer.status for name, answer in answers(ip1).items()}

    verify(statuses).equals(dict.fromkeys(statuses, 200))


@requirement("ip1/http/json")
def test_answers_are_json_and_labelled_so(ip1: Ip1Driver) -> None:
    """A charset beside it is no matter."""
    for answer in answers(ip1, BELOW_V2).values():
        verify(answer.headers.get_content_type()).equals("application/json")
        verify(answer.value).holds(lambda value: isinstance(value, list | dict), "JSON")


@requirement("ip1/http/json")
def test_bodies_are_utf8_both_ways(ip1: Ip1Driver, numbers: Numbers) -> None:
    """A text of three alphabets comes back as it was sent."""
    text = "Räksmörgås, γειά σου, 你好"

    verify(message(ip1, sent(ip1, numbers(), body=text)).get("body")).equals(text)


@requirement("ip1/http/request-type")
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "text/xml", None])
def test_another_label_than_json_is_refused(ip1: Ip1Driver, numbers: Numbers, kind: str | None) -> None:
    """For a body that would be right."""
    refused(ip1.raw("POST", BATCHES, minimal(numbers()), kind), 415)


@requirement("ip1/http/request-type")
def test_a_charset_beside_the_label_is_no_matter(place: Place, ip1: Ip1Driver, numbers: Numbers) -> None:
    """As many libraries write it."""
    place.spend(1, 0)
    done(ip1.raw("POST", BATCHES, minimal(numbers()), "application/json; charset=utf-8"))


@requirement("ip1/http/camel-case")
def test_members_below_v2_are_in_camel_case(ip1: Ip1Driver, numbers: Numbers, register: Put) -> None:
    """Of a batch, of a message and its status, of a sender."""
    made = batch(ip1, sent(ip1, numbers()))
    shown = message(ip1, id_of(made))
    names = {*made, *shown, *statuses(shown)[0], *done(register("smslabcase"))}

    verify(sorted(name for name in names if not CAMEL.fullmatch(name))).equals([])
    verify(names).holds(lambda all: {"messageSummary", "batchId"} <= all, "messageSummary and batchId")


@requirement("ip1/http/pascal-case")
@pytest.mark.parametrize("path", [OVERVIEW, DETAILS])
def test_members_below_api_are_in_pascal_case(ip1: Ip1Driver, path: str) -> None:
    """Of the account."""
    names = set(done(ip1.get(path)))

    verify(sorted(name for name in names if not PASCAL.fullmatch(name))).equals([])
    verify("Balance" in names).equals(True)


@requirement("ip1/http/name-case")
def test_members_are_known_in_any_letter_case(ip1: Ip1Driver, numbers: Numbers) -> None:
    """As other languages write them."""
    fields = {"SENDER": SENDER, "Recipients": numbers(), "bOdY": TEXT, "Reference": "smslab"}
    made = done(ip1.post(BATCHES, fields))

    verify((made.get("body"), made.get("reference"))).equals((TEXT, "smslab"))


@requirement("ip1/http/unknown-members")
def test_what_nobody_knows_is_ignored(ip1: Ip1Driver, numbers: Numbers) -> None:
    """A member of a body and a parameter of a query."""
    sent(ip1, numbers(), colour={"shade": ["blue"]})

    listed(ip1.get(BATCHES, {"colour": "blue"}))


@requirement("ip1/http/ids")
def test_ids_of_batches_and_messages_are_hexadecimal(ip1: Ip1Driver, numbers: Numbers) -> None:
    """24 small digits each."""
    id = sent(ip1, numbers())

    verify(id).matches(ID)
    verify(id_of(messages(ip1, id)[0])).matches(ID)


@requirement("ip1/http/ids")
def test_ids_of_contacts_are_hexadecimal(ip1: Ip1Driver, afterwards: Afterwards) -> None:
    """24 small digits."""
    made = listed(ip1.post(f"{CONTACTS}?sync", [{"properties": {"firstName": "Icarus"}}]))
    verify(len(made)).equals(1)
    afterwards(ip1, f"{CONTACTS}/{id_of(made[0])}")

    verify(id_of(made[0])).matches(ID)


@requirement("ip1/http/ids")
def test_ids_of_pages_and_their_elements_are_hexadecimal(ip1: Ip1Driver, afterwards: Afterwards) -> None:
    """24 small digits each."""
    page = id_of(done(ip1.post(LANDINGS, {"name": "smslab"})))
    afterwards(ip1, f"{LANDINGS}/{page}")
    element = id_of(done(ip1.post(f"{LANDINGS}/{page}/elements", {"type": "Title"})))

    verify(page).matches(ID)
    verify(element).matches(ID)


@requirement("ip1/http/timestamps")
def test_moments_are_whole_seconds_in_utc(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers, register: Put
) -> None:
    """Of windows, messages, statuses and senders."""
    opens = clock.now() + timedelta(days=1)
    made = batch(ip1, sent(ip1, numbers(), deliveryWindows=[{"opens": opens.isoformat()}]))
    shown = message(ip1, id_of(made))
    ip1.delete(f"{BATCHES}/{id_of(made)}")
    (window,) = made.get("deliveryWindows") or [{}]
    created = done(register("smslabtime")).get("created")

    for moment in (*window.values(), shown.get("modified"), statuses(shown)[0].get("created"), created):
        verify(moment).matches(MOMENT)


@requirement("ip1/http/read-timestamps")
@pytest.mark.parametrize("zone", ["Z", "+00:00", "+02:00", ""], ids=["Z", "UTC", "offset", "none"])
def test_moments_are_read_with_and_without_a_zone(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers, zone: str
) -> None:
    """None at all is UTC."""
    opens = (clock.now() + timedelta(days=1)).replace(microsecond=0)
    local = opens + timedelta(hours=2) if zone == "+02:00" else opens
    given = f"{local:%Y-%m-%dT%H:%M:%S}{zone}"
    made = batch(ip1, sent(ip1, numbers(), deliveryWindows=[{"opens": given}]))
    ip1.delete(f"{BATCHES}/{id_of(made)}")

    verify([window.get("opens") for window in made.get("deliveryWindows") or ()]).equals([written(opens)])


@requirement("ip1/http/trailing-slash")
def test_a_slash_at_the_end_changes_nothing(ip1: Ip1Driver) -> None:
    """Of anything that can be read."""
    slashed = answers(ip1, {name: f"{path}/" for name, path in ADDRESSES.items()})

    for name, bare in answers(ip1).items():
        verify((slashed[name].status, slashed[name].value)).equals((200, bare.value))


@requirement("ip1/http/methods")
@pytest.mark.parametrize("path", ["/v2/nothing", "/v2", "/api/me/nothing", f"{SENDERS}/smslab/nothing"])
def test_a_path_that_no_page_has_is_not_found(ip1: Ip1Driver, path: str) -> None:
    """Wherever it begins."""
    refused(ip1.get(path), 404)


@requirement("ip1/http/methods")
@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", BATCHES, {"GET", "POST"}),
        ("PUT", f"{BATCHES}/5bc86b6e85c7209830f96936", {"GET", "DELETE"}),
        ("POST", f"{SENDERS}/iP1", {"GET", "PUT", "DELETE"}),
        ("DELETE", OVERVIEW, {"GET"}),
    ],
    ids=["batches", "batch", "sender", "account"],
)
def test_a_method_that_a_path_lacks_is_told_which_it_has(
    ip1: Ip1Driver, method: str, path: str, allowed: set[str]
) -> None:
    """405 and Allow."""
    answer = ip1.call(method, path)
    refused(answer, 405)
    named = {one.strip() for one in str(answer.headers.get("Allow", "")).split(",")}

    verify(named - {"HEAD", "OPTIONS"}).equals(allowed)
