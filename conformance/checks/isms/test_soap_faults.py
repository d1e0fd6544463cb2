"""SOAP: the sentences of the page, and the faults that carry them."""

from collections.abc import Callable
from itertools import combinations

import pytest

from conformance.bench import Account
from conformance.checks.isms.soap_calls import NOBODYS, bodies, code, each_operation, idle, refused
from conformance.control import Control
from conformance.drivers.isms_soap import OUT, IsmsSoapDriver
from conformance.drivers.soap import ENVELOPE, Answer, Value
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

Spoilt = tuple[dict[str, Value], str]  # what is different about a call, and what is said to it

STRANGER = "Authentication error."
NOBODY: dict[str, Value] = {"password": "nobody-has-this"}

SENDS: dict[str, Spoilt] = {  # ways to spoil a send, in the order of the page
    "password": (NOBODY, STRANGER),
    "to": ({"to": OUT}, "No recipients."),
    "from": ({"from": "no sender is that long"}, "Invalid sender identity."),
    "credit": ({}, "Insufficient credits."),  # the caller's to see to
}

QUERIES: dict[str, Spoilt] = {  # ways to spoil a query, in the order of the page
    "password": (NOBODY, STRANGER),
    "message_id": ({"message_id": OUT}, "No message ID defined."),
    "mobile": ({"mobile": OUT}, "No mobile defined."),
    "unknown": ({}, "No such message or recipient."),
}

Ask = Callable[..., Answer]


@pytest.fixture
def send(soap: IsmsSoapDriver, empty_account: Account, numbers: Numbers) -> Ask:
    """A send that is right but for what is named; without credit it is another account's."""

    def spoilt(*flaws: str) -> Answer:
        poor = soap.as_user(empty_account.username, empty_account.password)
        caller = poor if "credit" in flaws else soap
        return called(caller, "send", {"to": {"recipients": numbers()}}, [SENDS[flaw] for flaw in flaws])

    return spoilt


@pytest.fixture
def query(soap: IsmsSoapDriver, numbers: Numbers) -> Ask:
    """A query about nobody's message, right but for what is named."""

    def spoilt(*flaws: str) -> Answer:
        right: dict[str, Value] = {"message_id": NOBODYS, "mobile": numbers()[0]}
        return called(soap, "query", right, [QUERIES[flaw] for flaw in flaws])

    return spoilt


def called(caller: IsmsSoapDriver, operation: str, right: dict[str, Value], flaws: list[Spoilt]) -> Answer:
    changes = {name: value for flaw in flaws for name, value in flaw[0].items()}
    return caller.call(operation, idle(caller, operation, right | changes))


@requirement("isms/soap/fault-text")
@pytest.mark.parametrize("flaw", SENDS)
def test_a_refused_send_is_told_the_sentence_of_the_page(send: Ask, flaw: str) -> None:
    """Each of the list, to the letter."""
    verify(refused(send(flaw))).equals(SENDS[flaw][1])


@requirement("isms/soap/fault-text")
@pytest.mark.parametrize("flaw", QUERIES)
def test_a_refused_query_is_told_the_sentence_of_the_page(query: Ask, flaw: str) -> None:
    """Each of the list, to the letter."""
    verify(refused(query(flaw))).equals(QUERIES[flaw][1])


@requirement("isms/soap/fault-code")
def test_the_sentences_of_the_page_are_the_servers(send: Ask, query: Ask) -> None:
    """Every one of both lists."""
    answers = [*map(send, SENDS), *map(query, QUERIES)]

    verify([code(answer) for answer in answers]).equals(["Server"] * len(answers))


@requirement("isms/soap/fault")
@each_operation
def test_a_refusal_is_one_fault(soap: IsmsSoapDriver, operation: str) -> None:
    """Code and sentence stand in elements without a namespace."""
    answer = soap.call(operation, idle(soap, operation))
    refused(answer)
    names = [] if answer.said is None else [each.tag for each in answer.said]

    verify(names[:2]).equals(["faultcode", "faultstring"])
    verify(bodies(answer)).equals([f"{{{ENVELOPE}}}Fault"])


@requirement("isms/soap/missing-credentials")
@each_operation
@pytest.mark.parametrize("missing", ["username", "password"])
@pytest.mark.parametrize("value", [OUT, "", None], ids=["left-out", "empty", "nil"])
def test_missing_credentials_are_worded_like_wrong_ones(
    soap: IsmsSoapDriver, operation: str, missing: str, value: Value
) -> None:
    """The argument left out, with nothing in it, and nil."""
    verify(refused(soap.call(operation, idle(soap, operation, {missing: value})))).equals(STRANGER)


@requirement("isms/soap-send/credentials")
@pytest.mark.parametrize("wrong", ["username", "password"])
def test_a_stranger_cannot_send(soap: IsmsSoapDriver, wrong: str) -> None:
    """An unknown user name, and a wrong password for a known one."""
    verify(refused(soap.call("send", idle(soap, "send", {wrong: "nobody-has-this"})))).equals(STRANGER)


@requirement("isms/soap-query/credentials")
@pytest.mark.parametrize("wrong", ["username", "password"])
def test_a_stranger_cannot_ask(soap: IsmsSoapDriver, wrong: str) -> None:
    """An unknown user name, and a wrong password for a known one."""
    verify(refused(soap.call("query", idle(soap, "query", {wrong: "nobody-has-this"})))).equals(STRANGER)


@requirement("isms/soap-send/no-recipients")
@pytest.mark.parametrize(
    "to",
    [OUT, None, "", {}, {"recipients": None}, {"recipients": []}, {"recipients": [""]}],
    ids=["left-out", "nil", "empty", "bare-object", "nil-array", "empty-array", "empty-string"],
)
def test_a_send_to_nobody_is_refused(soap: IsmsSoapDriver, to: Value) -> None:
    """Nothing where the recipients belong, in every way to say nothing."""
    verify(refused(soap.send(to=to))).equals("No recipients.")


@requirement("isms/soap-send/bad-sender")
@pytest.mark.parametrize("sender", ["<>" * 15, "", OUT], ids=["signs", "empty", "left-out"])
def test_an_impossible_sender_is_refused(soap: IsmsSoapDriver, numbers: Numbers, sender: str) -> None:
    """Thirty signs that XML has to escape, and none."""
    verify(refused(soap.send(to=numbers(), from_=sender))).equals("Invalid sender identity.")


@requirement("isms/soap-send/no-credit")
def test_an_account_without_credit_cannot_send(send: Ask) -> None:
    """One recipient, nought credits."""
    verify(refused(send("credit"))).equals("Insufficient credits.")


@requirement("isms/soap-send/precedence")
@pytest.mark.parametrize(("first", "second"), list(combinations(SENDS, 2)))
def test_the_exception_listed_first_is_voiced_of_a_send(send: Ask, first: str, second: str) -> None:
    """Two flaws in one call."""
    verify(refused(send(first, second))).equals(SENDS[first][1])


@requirement("isms/soap-send/refused-is-free")
@pytest.mark.parametrize("flaw", SENDS)
def test_a_refused_send_does_nothing(soap: IsmsSoapDriver, control: Control, send: Ask, flaw: str) -> None:
    """Neither to the balance nor to the inbox."""
    before = control.credit("isms", soap.username)
    verify(refused(send(flaw))).equals(SENDS[flaw][1])

    verify(control.credit("isms", soap.username)).equals(before)
    verify(control.messages(provider="isms")).equals([])


@requirement("isms/soap-query/no-id")
@pytest.mark.parametrize("message_id", [OUT, ""], ids=["left-out", "empty"])
def test_a_query_needs_an_identifier(soap: IsmsSoapDriver, numbers: Numbers, message_id: Value) -> None:
    """Without the argument, and with nothing in it."""
    answer = soap.query(message_id=message_id, mobile=numbers()[0])

    verify(refused(answer)).equals("No message ID defined.")


@requirement("isms/soap-query/no-mobile")
@pytest.mark.parametrize("mobile", [OUT, ""], ids=["left-out", "empty"])
def test_a_query_needs_a_number(soap: IsmsSoapDriver, mobile: Value) -> None:
    """Without the argument, and with nothing in it."""
    verify(refused(soap.query(message_id=NOBODYS, mobile=mobile))).equals("No mobile defined.")


@requirement("isms/soap-query/unknown")
@pytest.mark.parametrize("message_id", [NOBODYS, "ΑΒΓ", "0", "x" * 300])
def test_an_identifier_nobody_was_given_is_unknown(
    soap: IsmsSoapDriver, numbers: Numbers, message_id: str
) -> None:
    """The page's example for HTTP, and others."""
    answer = soap.query(message_id=message_id, mobile=numbers()[0])

    verify(refused(answer)).equals("No such message or recipient.")


@requirement("isms/soap-query/precedence")
@pytest.mark.parametrize(("first", "second"), list(combinations(QUERIES, 2)))
def test_the_exception_listed_first_is_voiced_of_a_query(query: Ask, first: str, second: str) -> None:
    """Two flaws in one call."""
    verify(refused(query(first, second))).equals(QUERIES[first][1])
