"""What several checks of the SOAP operations do on their way to what they observe."""

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

import pytest

from conformance.control import Control
from conformance.drivers.http import Reply
from conformance.drivers.isms_soap import IsmsSoapDriver
from conformance.drivers.soap import ENVELOPE, Answer, Arguments, Value
from conformance.verify import verify

NOBODYS = "0008FABD"  # the identifier in the page's example

IDLE: dict[str, tuple[dict[str, Value], str]] = {  # calls that do nothing, and what is said to them
    "send": ({"from": "smslab", "message": "smslab check"}, "No recipients."),
    "query": ({"mobile": "306900000000"}, "No message ID defined."),
}

each_operation = pytest.mark.parametrize("operation", IDLE)


def idle(soap: IsmsSoapDriver, operation: str, changes: Mapping[str, Value] | None = None) -> Arguments:
    """The arguments of a call that does nothing, as the account or with other credentials."""
    own: dict[str, Value] = {"username": soap.username, "password": soap.password}
    return list({**own, **IDLE[operation][0], **(changes or {})}.items())


def returned(answer: Answer) -> str:
    """What the operation returned to a call that has to succeed."""
    verify(answer.reply.text).holds(lambda _: answer.result is not None, "an envelope with a result")
    return answer.result or ""


def refused(answer: Answer) -> str:
    """The sentence with which a call was refused that has to be."""
    verify(answer.reply.text).holds(lambda _: answer.fault is not None, "an envelope with a fault")
    return answer.fault.text if answer.fault else ""


def code(answer: Answer) -> str:
    """The code of the fault, without its prefix."""
    refused(answer)
    return answer.fault.code if answer.fault else ""


def bodies(answer: Answer) -> list[str]:
    """The names of what stands in the body of the envelope, namespaces in braces."""
    verify(answer.reply.text).holds(lambda _: answer.said is not None, "an envelope")
    body = fromstring(answer.reply.body).find(f"{{{ENVELOPE}}}Body")
    return [each.tag for each in body] if body is not None else []


def described(reply: Reply) -> Element:
    """The description, which has to be XML."""
    try:
        return fromstring(reply.body)
    except ParseError:
        verify(reply.text).matches("XML")
        raise


def identifier(answer: Answer) -> str:
    """The identifier that an accepted send returned."""
    return verify(returned(answer)).matches(r"(?:ID:)?([0-9A-Za-z]+)")[1]


def state(soap: IsmsSoapDriver, message_id: str, mobile: str) -> str:
    """The word there is for a message that has to be known."""
    return returned(soap.query(message_id=message_id, mobile=mobile))


def inbox(control: Control, answer: Answer) -> list[dict[str, Any]]:
    """The messages an accepted send left in the inbox of the emulator, one a recipient."""
    sent = identifier(answer)
    found = [one for one in control.messages(provider="isms") if one["reference"] == sent]
    verify(found).holds(bool, f"messages of {sent} in the inbox")
    return found


def text(control: Control, answer: Answer) -> str:
    """The text that an accepted send left in the inbox."""
    return str(inbox(control, answer)[0]["text"])
