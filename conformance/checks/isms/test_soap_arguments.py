"""SOAP: what is read out of a call, however it is written, and what stands in an answer."""

from decimal import Decimal
from xml.etree.ElementTree import Element

import pytest

from conformance.checks.isms import calls
from conformance.checks.isms.soap_calls import (
    IDLE,
    code,
    described,
    identifier,
    idle,
    inbox,
    refused,
    returned,
    state,
)
from conformance.control import Control
from conformance.drivers.isms import IsmsDriver
from conformance.drivers.isms_soap import NAMESPACE, IsmsSoapDriver
from conformance.drivers.soap import (
    DOCUMENT,
    INSTANCE,
    LITERAL,
    POSITIONAL,
    REFERRING,
    Style,
    Value,
    envelope,
    wrapped,
)
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

STATES = ("Queued", "Pending", "Delivered", "Failed")


@requirement("isms/soap/by-name")
def test_arguments_are_told_by_their_names(soap: IsmsSoapDriver, control: Control, numbers: Numbers) -> None:
    """The order of the page, backwards."""
    mobile = numbers()[0]
    send: dict[str, Value] = {"from": "myself", "to": {"recipients": [mobile]}, "message": "backwards"}
    sent = soap.call("send", list(reversed(idle(soap, "send", send))))
    asked: dict[str, Value] = {"mobile": mobile, "message_id": identifier(sent)}

    found = inbox(control, sent)[0]
    verify((found["from"], found["to"], found["text"])).equals(("myself", mobile, "backwards"))
    verify(returned(soap.call("query", list(reversed(idle(soap, "query", asked)))))).is_one_of(*STATES)


@requirement("isms/soap/by-position")
def test_arguments_without_a_name_of_the_page_stand_in_its_order(
    soap: IsmsSoapDriver, control: Control, numbers: Numbers
) -> None:
    """All seven of a send and the four of a query, as PHP writes them without a WSDL."""
    mobile = numbers()[0]
    nameless = soap.styled(POSITIONAL)
    sent = nameless.send(to=[mobile], from_="myself", message="in order", coding="UTF-8", flash=True)
    asked = nameless.query(message_id=identifier(sent), mobile=mobile)

    found = inbox(control, sent)[0]
    verify((found["from"], found["to"], found["text"])).equals(("myself", mobile, "in order"))
    verify((found["coding"], found["flash"])).equals(("ucs2", True))
    verify(returned(asked)).is_one_of(*STATES)


@requirement("isms/soap/by-position")
def test_names_of_no_meaning_count_as_none(soap: IsmsSoapDriver) -> None:
    """Others than PHP's."""
    arguments = [(f"arg{place}", value) for place, (_, value) in enumerate(idle(soap, "query"))]

    verify(refused(soap.call("query", arguments))).equals("No mobile defined.")


@requirement("isms/soap/any-namespace")
@pytest.mark.parametrize("namespace", ["urn:sms", "urn:smslab:other", "http://cp.isms.gr/api/soap/sms.php"])
@pytest.mark.parametrize("qualified", [False, True], ids=["bare-arguments", "qualified-arguments"])
def test_the_namespace_of_a_call_is_not_judged(soap: IsmsSoapDriver, namespace: str, qualified: bool) -> None:
    """The one of the answers, another, and an address."""
    style = Style(name="check", qualified=qualified)
    octets = envelope("query", idle(soap, "query"), namespace=namespace, style=style)

    verify(refused(soap.post(octets))).equals(IDLE["query"][1])


@requirement("isms/soap/any-namespace")
def test_a_call_needs_no_namespace(soap: IsmsSoapDriver) -> None:
    """Neither on the operation nor on its arguments."""
    octets = envelope("query", idle(soap, "query"), namespace=NAMESPACE).replace(b"ns1:query>", b"query>")

    verify(refused(soap.post(octets))).equals(IDLE["query"][1])


@requirement("isms/soap/untyped")
@pytest.mark.parametrize("style", [LITERAL, DOCUMENT], ids=lambda style: style.name)
def test_arguments_need_no_types(
    soap: IsmsSoapDriver, control: Control, numbers: Numbers, style: Style
) -> None:
    """As clients write them that read a literal description."""
    plain, to = soap.styled(style), numbers(2)
    sent = plain.send(to=to, message="untyped", flash=True)

    verify([one["to"] for one in inbox(control, sent)]).equals(to)
    verify(inbox(control, sent)[0]["flash"]).equals(True)
    verify(state(plain, identifier(sent), to[1])).is_one_of(*STATES)


@requirement("isms/soap/references")
def test_arguments_beside_the_call_are_found(
    soap: IsmsSoapDriver, control: Control, numbers: Numbers
) -> None:
    """The object, the array within it and the boolean, each referred to."""
    to = numbers(2)
    found = inbox(control, soap.styled(REFERRING).send(to=to, flash=True))

    verify([(one["to"], one["flash"]) for one in found]).equals([(mobile, True) for mobile in to])


@requirement("isms/soap/references")
@pytest.mark.parametrize("target", ["nowhere", "itself"])
def test_a_reference_that_leads_nowhere_breaks_nothing(soap: IsmsSoapDriver, target: str) -> None:
    """To an element that is not there, and round in a circle."""
    circle = '<multiRef id="itself"><recipients href="#itself"/></multiRef>'
    login = f"<username>{soap.username}</username><password>{soap.password}</password>"
    call = f'<ns1:send>{login}<from>smslab</from><to href="#{target}"/></ns1:send>{circle}'
    answer = soap.post(wrapped(call, namespace=NAMESPACE).encode())

    verify(code(answer)).is_one_of("Client", "Server")


@requirement("isms/soap/empty-is-missing")
@pytest.mark.parametrize("value", ["", None], ids=["empty", "nil"])
def test_an_argument_with_nothing_in_it_is_missing(
    soap: IsmsSoapDriver, control: Control, numbers: Numbers, value: Value
) -> None:
    """A required one is missed, optional ones are left at their defaults."""
    asked = soap.query(message_id=value, mobile=numbers()[0])
    sent = soap.send(to=numbers(), coding=value, flash=value, schedule=value, dlr_url=value)

    verify(refused(asked)).equals("No message ID defined.")
    found = inbox(control, sent)[0]
    verify([found[key] for key in ("coding", "flash", "scheduled_at", "callback")]).equals(
        ["gsm7", False, None, None]
    )


@requirement("isms/soap/unknown-names")
def test_arguments_the_page_does_not_name_are_ignored(soap: IsmsSoapDriver, numbers: Numbers) -> None:
    """A remark before everything else, and a structure behind it."""
    mobile = numbers()[0]
    fields: dict[str, Value] = {"to": {"recipients": [mobile]}, "more": {"of": ["this"]}}
    sent = soap.call("send", [("remark", "none of yours"), *idle(soap, "send", fields)])

    verify(state(soap, identifier(sent), mobile)).is_one_of(*STATES)


@requirement("isms/soap/namespace")
def test_answers_and_description_have_one_namespace(soap: IsmsSoapDriver, numbers: Numbers) -> None:
    """That of the response, and the target of the WSDL."""
    answer = soap.send(to=numbers())
    returned(answer)
    description = described(soap.wsdl())

    verify(answer.said.tag if answer.said is not None else "").equals("{urn:sms}sendResponse")
    verify(description.get("targetNamespace")).equals("urn:sms")


@requirement("isms/soap/result")
def test_a_result_is_a_string_called_return(soap: IsmsSoapDriver, numbers: Numbers) -> None:
    """Of either operation; the type may be left to the description."""
    mobile = numbers()[0]
    sent = soap.send(to=[mobile])
    asked = soap.query(message_id=identifier(sent), mobile=mobile)

    for answer in (sent, asked):
        children = list(answer.said) if answer.said is not None else []
        verify([child.tag for child in children]).equals(["return"])
        verify(kind(children[0])).is_one_of("string", "")


@requirement("isms/soap/same-messages")
def test_what_was_sent_over_soap_is_known_to_http(
    isms: IsmsDriver, soap: IsmsSoapDriver, numbers: Numbers
) -> None:
    """The same word from both."""
    mobile = numbers()[0]
    sent = identifier(soap.send(to=[mobile]))

    verify(state(soap, sent, mobile)).equals(calls.state(isms, sent, mobile))


@requirement("isms/soap/same-messages")
def test_what_was_sent_over_http_is_known_to_soap(
    isms: IsmsDriver, soap: IsmsSoapDriver, numbers: Numbers
) -> None:
    """The identifier without its `ID:`."""
    mobile = numbers()[0]
    sent = calls.identifier(isms.send(to=mobile))

    verify(state(soap, sent, mobile)).equals(calls.state(isms, sent, mobile))


@requirement("isms/soap/same-messages")
def test_both_spend_one_balance(isms: IsmsDriver, soap: IsmsSoapDriver, numbers: Numbers) -> None:
    """A send over SOAP costs what one over HTTP does."""
    price = calls.cost(isms, lambda: isms.send(to=numbers()))
    before = calls.balance(isms)
    identifier(soap.send(to=numbers(2)))

    verify(before - calls.balance(isms)).equals(2 * price)
    verify(price).holds(lambda paid: paid > Decimal(0), "less credit than before")


def kind(element: Element) -> str:
    """The type an element names, without its prefix; empty where it names none."""
    return element.get(f"{{{INSTANCE}}}type", "").rpartition(":")[2]
