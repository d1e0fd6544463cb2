"""The nine methods, called in each dialect."""

from collections.abc import Callable
from typing import Any

import pytest

from emulator.core.model import Medium
from emulator.core.refusals import Reason
from emulator.core.sabotage import Effect
from emulator.tests.providers.iro.called import (
    ADDRESS,
    DIGITS,
    DOCUMENT,
    FAILS,
    KEY,
    NUMBER,
    REFUSED,
    STUCK,
    UNPAID,
    WAYS,
    Called,
)

HOUR = 3600

SENT: dict[str, dict[str, Any]] = {
    "sms": {"user": KEY, "message": "Grüße 你", "recipients": [NUMBER]},
    "fax": {"user": KEY, "subject": "offer", "fax": DOCUMENT, "recipients": [NUMBER]},
    "mail": {"user": KEY, "subject": "Hi", "body": "text", "recipients": [ADDRESS]},
}
ASKED: dict[str, dict[str, Any]] = {
    **SENT,
    "status": {"user": KEY},
    "routes": {"user": KEY, "typ": "sms"},
    "defaultRoute": {"user": KEY, "typ": "sms"},
    "bill": {"user": KEY},
}
"""The least that each method wants which wants an apikey."""

STRANGER = (901, "API-Key is false.")
NO_ROUTE = (800, "No route found.")
NO_JOB = (801, "Job not found.")
BACKEND = (950, "Error in external API.")

every_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


@pytest.fixture
def called() -> Called:
    return Called()


def invalid(field: str) -> tuple[int, str]:
    return 700, f"Validation of '{field}' failed."


# All methods


@every_way
@pytest.mark.parametrize("method", ASKED)
def test_a_stranger_gets_nothing(way: Callable[..., Any], method: str, called: Called) -> None:
    assert way(called, method, {**ASKED[method], "user": "nobody"}) == STRANGER
    assert way(called, method, {**ASKED[method], "user": ""}) == STRANGER
    assert called.messages == []


@every_way
@pytest.mark.parametrize("method", SENT)
def test_a_job_gets_the_next_number(way: Callable[..., Any], method: str, called: Called) -> None:
    assert [way(called, method, SENT[method]) for _ in range(2)] == [1, 2]
    assert [message.order.medium for message in called.messages] == [Medium(method)] * 2


@every_way
def test_what_one_dialect_sends_another_sees(way: Callable[..., Any], called: Called) -> None:
    id = way(called, "sms", SENT["sms"])
    called.advance(5)

    assert [read(called, "status", {"user": KEY, "id": id}) for read in WAYS.values()] == [
        {str(id): {"status": "sended"}}
    ] * len(WAYS)


@every_way
def test_every_question_has_the_same_answer(way: Callable[..., Any], called: Called) -> None:
    called.sms(info="spring campaign")
    called.sms(NUMBER, FAILS)
    called.ask("mail", KEY, "s", "b", [ADDRESS], "", "smtpout", "price")
    called.advance(5)

    assert way(called, "status", {"user": KEY}) == {
        "1": {"status": "sended"}, "2": {"status": "error"}, "3": {"status": "sended"},
    }  # fmt: skip
    assert way(called, "bill", {"user": KEY}) == {
        "smstrade": {
            "spring campaign": {"anz": 1, "price": 0.07}, "": {"anz": 1, "price": 0.07},
            "anz": 2, "price": 0.14,
        },
        "smtpout": {"anz": 1, "price": 0.01},
        "total": {"anz": 3, "price": 0.15},
    }  # fmt: skip
    assert way(called, "routes", {"user": KEY, "typ": "mail"}) == ["localmail", "smtpout"]
    assert way(called, "defaultRoute", {"user": KEY, "typ": "fax"}) == ["faxde"]
    assert way(called, "telnumber", {"recipients": [NUMBER, "0551-28293640"]}) is True
    assert way(called, "email", {"recipients": [ADDRESS]}) is True


@every_way
def test_a_fault_has_the_same_number_and_text(way: Callable[..., Any], called: Called) -> None:
    assert way(called, "status", {"user": KEY, "id": "x"}) == invalid("id")
    assert way(called, "status", {"user": KEY, "id": 9}) == NO_JOB
    assert way(called, "telnumber", {"recipients": [NUMBER, "hallo"]}) == (702, "No valid telnumber: 'hallo'")
    assert way(called, "email", {"recipients": ["a@b"]}) == (703, "No valid email: 'a@b'")
    assert way(called, "sms", {**SENT["sms"], "route": "nope"}) == NO_ROUTE
    assert way(called, "sms", {**SENT["sms"], "recipients": [UNPAID]}) == BACKEND
    assert way(called, "routes", {"user": KEY, "typ": "SMS"}) == invalid("typ")


@every_way
@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (Reason.BAD_CREDENTIALS, STRANGER),
        (Reason.ROUTE_DOWN, BACKEND),
        (Reason.STORAGE_FAILED, (999, "Unknown Error.")),
    ],
)
def test_a_refusal_on_purpose_is_worded(
    way: Callable[..., Any], reason: Reason, told: tuple[int, str], called: Called
) -> None:
    called.break_(Effect.REFUSE, reason=reason)

    assert way(called, "bill", {"user": KEY}) == told
    assert way(called, "telnumber", {"recipients": [NUMBER]}) == told


# Sending


def test_a_text_message_is_kept_as_it_was_meant(called: Called) -> None:
    called.ask("sms", KEY, "Grüße 你", ["0551/28293640"], "sipgate_plus", "spring")

    (message,) = called.messages
    assert (message.recipient, message.order.text, message.order.coding) == (DIGITS, "Grüße 你", "ucs2")
    assert (message.order.route, dict(message.order.extras)) == ("sipgate_plus", {"info": "spring"})


def test_a_fax_keeps_its_document(called: Called) -> None:
    called.ask("fax", KEY, "offer", DOCUMENT, [NUMBER])

    (message,) = called.messages
    assert (message.order.text, message.order.parts, message.order.route) == (DOCUMENT, 1, "faxde")
    assert dict(message.order.extras) == {"info": "", "subject": "offer"}


def test_a_mail_comes_from_whom_it_names(called: Called) -> None:
    called.ask("mail", KEY, "Hi", "text", [ADDRESS], "me@example.org", "smtpout")
    called.ask("mail", KEY, "Hi", "text", [ADDRESS], None, "default")

    assert [message.order.sender for message in called.messages] == ["me@example.org", ""]
    assert [message.order.route for message in called.messages] == ["smtpout", "localmail"]


def test_an_account_may_be_bound_to_a_sender_or_to_that_of_the_offer(called: Called) -> None:
    called.may_be_called("me@example.org")
    senders = [None, "me@example.org", "other@example.org"]

    answers = [called.ask("mail", KEY, "Hi", "text", [ADDRESS], sender) for sender in senders]

    assert answers == [1, 2, (999, "Unknown Error.")]
    assert called.sms() == 3


def test_a_number_in_two_spellings_gets_one_message(called: Called) -> None:
    called.sms(NUMBER, "0551 28293640", "004955128293640")

    assert [message.recipient for message in called.messages] == [DIGITS]


def test_an_address_in_two_cases_gets_one_mail(called: Called) -> None:
    called.ask("mail", KEY, "Hi", "text", ["Me@Example.org", ADDRESS, "me@example.ORG"])

    assert [message.recipient for message in called.messages] == ["Me@Example.org", ADDRESS]


@pytest.mark.parametrize(
    ("mailbox", "state"), [("fail", "error"), ("refuse", "error"), ("stuck", "sending"), ("a", "sended")]
)
def test_a_mailbox_means_an_outcome(mailbox: str, state: str, called: Called) -> None:
    id = called.ask("mail", KEY, "Hi", "text", [f"{mailbox}@anywhere.example"])
    called.advance(5)

    assert called.state(id) == state


def test_a_long_text_costs_one_message(called: Called) -> None:
    called.ask("sms", KEY, "x" * 1000, [NUMBER])
    called.advance(5)

    assert called.ask("bill", KEY)["total"] == {"anz": 1, "price": 0.07}


@pytest.mark.parametrize(
    ("method", "params", "told"),
    [
        ("sms", ("Hi", []), invalid("recipients")),
        ("sms", ("Hi", NUMBER), invalid("recipients")),
        ("sms", ("Hi", [NUMBER, "0?242"]), (702, "No valid telnumber: '0?242'")),
        ("sms", ("Hi", [NUMBER], "smtpout"), NO_ROUTE),
        ("sms", ("Hi", [NUMBER], []), NO_ROUTE),
        ("fax", ("Hi", "no base64", [NUMBER]), invalid("fax")),
        ("mail", ("Hi", "text", ["a@b"]), (703, "No valid email: 'a@b'")),
        ("mail", ("Hi", "text", [ADDRESS], "me"), (703, "No valid email: 'me'")),
    ],
)
def test_a_refused_send_makes_no_job(
    method: str, params: tuple[Any, ...], told: tuple[int, str], called: Called
) -> None:
    assert called.ask(method, KEY, *params) == told
    assert called.sms() == 1


def test_an_offer_out_of_order_is_passed_over(called: Called) -> None:
    called.may(down="smstrade")

    called.sms(route=["smstrade", "sipgate_plus"])

    assert [message.order.route for message in called.messages] == ["sipgate_plus"]
    assert called.ask("sms", KEY, "Hi", [NUMBER]) == BACKEND


def test_without_a_default_a_route_must_be_named(called: Called) -> None:
    called.may(sms__default="")

    assert called.ask("defaultRoute", KEY, "sms") == []
    assert called.ask("sms", KEY, "Hi", [NUMBER]) == NO_ROUTE
    assert called.ask("sms", KEY, "Hi", [NUMBER], "smstrade") == 1


# Asking


def test_a_job_goes_its_way(called: Called) -> None:
    id, shown = called.sms(), []

    for seconds in (0, 0.5, 0.5, 2):
        called.advance(seconds)
        shown.append(called.state(id))

    assert shown == ["init", "started", "sending", "sended"]


def test_a_job_is_under_way_until_its_last_message_ended(called: Called) -> None:
    refused, stuck = called.sms(NUMBER, REFUSED), called.sms(NUMBER, STUCK)

    assert [called.state(refused), called.state(stuck)] == ["sending", "init"]
    called.advance(HOUR)
    assert [called.state(refused), called.state(stuck)] == ["error", "sending"]


def test_another_users_jobs_are_unknown(called: Called) -> None:
    called.open("PUT", "/_emulator/accounts/iro/other", json={"key": "other-iro", "credit": None})
    id = called.sms()

    assert called.ask("status", "other-iro", id) == NO_JOB
    assert called.ask("status", "other-iro") == {}
    assert called.ask("bill", "other-iro") == {"total": {"anz": 0, "price": 0.0}}
    assert called.ask("routes", "other-iro", "sms") == []


def test_reading_the_bill_pays_nothing(called: Called) -> None:
    called.sms()
    called.advance(5)

    assert called.ask("bill", KEY) == called.ask("bill", KEY)
    assert called.ask("bill", KEY)["total"]["anz"] == 1


@pytest.mark.parametrize("method", ["telnumber", "email"])
def test_nothing_at_all_is_valid(method: str, called: Called) -> None:
    assert called.ask(method, []) is True
    assert called.ask(method, "") == invalid("recipients")
