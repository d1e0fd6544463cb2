"""XML-RPC: faults, the framework's and their form."""

import pytest

from conformance.checks.iro.calls import GERMAN, NOBODY, invalid
from conformance.drivers.iro import Answer, Argument, Fault
from conformance.drivers.iro_xmlrpc import IroXmlRpc, read
from conformance.requirement import requirement
from conformance.verify import verify

ERROR = Fault(8002, "error")


@requirement("iro/xmlrpc/name-case")
@pytest.mark.parametrize("method", ["Status", "SMS", "defaultroute", "DefaultRoute"])
def test_names_in_another_case_are_other_names(xmlrpc: IroXmlRpc, method: str) -> None:
    """As the headings of the page have them, and worse."""
    verify(xmlrpc.positional(method, xmlrpc.key)).equals(Fault(8001, f"procedure {method} not found"))


@requirement("iro/xmlrpc/argument-count")
@pytest.mark.parametrize(
    ("method", "given"),
    [
        ("bill", ()),
        ("routes", ("{key}",)),
        ("sms", ("{key}", "smslab check")),
        ("bill", ("{key}", "x")),
        ("status", ("{key}", 1, True, "x")),
        ("telnumber", ([GERMAN], "x")),
    ],
    ids=["no-user", "no-typ", "no-recipients", "bill-and-more", "status-and-more", "telnumber-and-more"],
)
def test_too_few_or_too_many_are_an_error(
    xmlrpc: IroXmlRpc, method: str, given: tuple[Argument, ...]
) -> None:
    """The framework's words, whatever is missing."""
    arguments = [xmlrpc.key if one == "{key}" else one for one in given]

    verify(xmlrpc.positional(method, *arguments)).equals(ERROR)


@requirement("iro/xmlrpc/unknown-method")
@pytest.mark.parametrize("method", ["stop", "startSMS", "__init__"])
def test_a_method_that_does_not_exist_is_told_so(xmlrpc: IroXmlRpc, method: str) -> None:
    """One that was planned, one of earlier days, one of the language."""
    verify(xmlrpc.positional(method, xmlrpc.key)).equals(Fault(8001, f"procedure {method} not found"))


@requirement("iro/xmlrpc/dotted-method")
@pytest.mark.parametrize(
    ("method", "prefix"), [("system.listMethods", "system"), ("a.b.c", "a"), ("sms.send", "sms")]
)
def test_a_dotted_name_is_told_by_its_prefix(xmlrpc: IroXmlRpc, method: str, prefix: str) -> None:
    """What comes before the first dot."""
    verify(xmlrpc.positional(method)).equals(Fault(8001, f"no such subHandler {prefix}"))


@requirement("iro/xmlrpc/unparseable")
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"<methodCall>",
        b"<methodCall><methodName>bill</methodName><params><param><value><int>x</int></value></param></params>"
        b"</methodCall>",
        b"\xff\xfe\x00",
    ],
    ids=["nothing", "words", "unclosed", "no-integer", "octets"],
)
def test_a_body_that_is_no_call_is_told_so(xmlrpc: IroXmlRpc, body: bytes) -> None:
    """With the parser's words behind."""
    answer = read(xmlrpc.post(body))

    undeserialized(answer)


@requirement("iro/xmlrpc/no-entities")
def test_a_document_type_is_refused(xmlrpc: IroXmlRpc) -> None:
    """Whatever would become of the entity that it declares."""
    declared = b'<!DOCTYPE x [<!ENTITY a "bill">]><methodCall><methodName>&a;</methodName></methodCall>'
    answer = read(xmlrpc.post(declared))

    undeserialized(answer)


def undeserialized(answer: Answer) -> None:
    """The fault for a body that cannot be read."""
    verify(answer).holds(
        lambda fault: (
            isinstance(fault, Fault)
            and fault.code == 8002
            and str(fault.text).startswith("Can't deserialize input: ")
        ),
        "fault 8002, Can't deserialize input: …",
    )


@requirement("iro/xmlrpc/own-faults")
def test_own_errors_have_their_own_numbers(xmlrpc: IroXmlRpc) -> None:
    """An apikey that nobody has."""
    verify(xmlrpc.bill(user=NOBODY)).holds(
        lambda fault: isinstance(fault, Fault) and fault.code not in (8001, 8002) and bool(fault.text),
        "a fault with a number other than 8001 and 8002, and a text",
    )


@requirement("iro/xmlrpc/fault-form")
def test_a_fault_is_a_struct_of_a_number_and_a_text(xmlrpc: IroXmlRpc) -> None:
    """Two members, typed."""
    answer = xmlrpc.positional("status", xmlrpc.key, "x")

    verify(answer).equals(invalid("id"))
    verify(type(answer.code) if isinstance(answer, Fault) else None).equals(int)
