"""SOAP: how calls travel, and what is no call."""

import pytest

from conformance.checks.isms.calls import said
from conformance.checks.isms.soap_calls import (
    IDLE,
    bodies,
    code,
    each_operation,
    identifier,
    idle,
    refused,
    text,
)
from conformance.control import Control
from conformance.drivers.isms_soap import NAMESPACE, OUT, PATH, IsmsSoapDriver
from conformance.drivers.soap import ENVELOPE, envelope, wrapped
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

OTHERS_ENVELOPE = "urn:smslab:no-such-envelope"


@requirement("isms/soap/operations", "isms/soap/address")
@each_operation
def test_both_operations_are_offered(soap: IsmsSoapDriver, operation: str) -> None:
    """Each answers in words of its own section."""
    verify(refused(soap.call(operation, idle(soap, operation)))).equals(IDLE[operation][1])


@requirement("isms/soap/envelope")
def test_an_answer_is_named_after_its_call(soap: IsmsSoapDriver, numbers: Numbers) -> None:
    """One element in the body of an envelope."""
    mobile = numbers()[0]
    sent = soap.send(to=[mobile])
    asked = soap.query(message_id=identifier(sent), mobile=mobile)

    verify([local(name) for name in bodies(sent)]).equals(["sendResponse"])
    verify([local(name) for name in bodies(asked)]).equals(["queryResponse"])


@requirement("isms/soap/envelope")
@pytest.mark.parametrize("prefix", ["SOAP-ENV", "soapenv", "S"])
def test_prefixes_mean_nothing(soap: IsmsSoapDriver, prefix: str) -> None:
    """Those of three families of clients."""
    octets = quiet(soap, "query").replace(b"SOAP-ENV", prefix.encode())

    verify(refused(soap.post(octets))).equals(IDLE["query"][1])


@requirement("isms/soap/version")
def test_an_unknown_envelope_is_a_version_that_is_not_spoken(soap: IsmsSoapDriver) -> None:
    """A call that is right but for the namespace of its envelope."""
    octets = quiet(soap, "query").replace(ENVELOPE.encode(), OTHERS_ENVELOPE.encode())

    verify(code(soap.post(octets))).equals("VersionMismatch")


@requirement("isms/soap/must-understand")
def test_a_header_entry_that_must_be_understood_is_refused(soap: IsmsSoapDriver) -> None:
    """A transaction, as in the example of the specification."""
    octets = quiet(soap, "query", header=entry('SOAP-ENV:mustUnderstand="1"'))

    verify(code(soap.post(octets))).equals("MustUnderstand")


@requirement("isms/soap/must-understand")
@pytest.mark.parametrize("attribute", ["", 'SOAP-ENV:mustUnderstand="0"'], ids=["unmarked", "marked-0"])
def test_other_header_entries_are_passed_over(soap: IsmsSoapDriver, attribute: str) -> None:
    """The same entry, optional."""
    octets = quiet(soap, "query", header=entry(attribute))

    verify(refused(soap.post(octets))).equals(IDLE["query"][1])


@requirement("isms/soap/no-document-type")
@pytest.mark.parametrize(
    "document_type",
    [
        "<!DOCTYPE SOAP-ENV:Envelope>",
        '<!DOCTYPE x [<!ENTITY note "expanded-smslab">]>',
        '<!DOCTYPE x [<!ENTITY note SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY a "expanded-smslab"><!ENTITY note "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/smslab.dtd">',
    ],
    ids=["empty", "entity", "file", "nested", "elsewhere"],
)
def test_a_document_type_is_refused(soap: IsmsSoapDriver, document_type: str) -> None:
    """Whatever it declares; the entity stands for the number that is asked about."""
    head, call = quiet(soap, "query", mobile="NOTE").decode().split("\n", 1)
    entity = "&note;" if "ENTITY" in document_type else "306900000000"
    answer = soap.post(f"{head}\n{document_type}\n{call.replace('NOTE', entity)}".encode())

    verify(answer.reply.status).holds(lambda status: status >= 400, "a status of 400 or more")
    verify(answer.reply.text).holds(
        innocent, "no result, no sentence of the operation, no text of the entity"
    )


@requirement("isms/soap/encoding")
@pytest.mark.parametrize(
    ("declared", "labelled", "codec"),
    [
        ("UTF-8", "text/xml", "utf-8"),
        ("", "text/xml", "utf-8"),
        ("ISO-8859-7", "text/xml", "iso-8859-7"),
        ("", "text/xml; charset=iso-8859-7", "iso-8859-7"),
        ("UTF-8", "text/xml; charset=windows-1253", "windows-1253"),
        ("UTF-16", "text/xml", "utf-16"),
    ],
    ids=["declared-utf8", "neither", "declared-greek", "labelled-greek", "label-wins", "utf16"],
)
def test_an_envelope_is_read_in_its_encoding(
    soap: IsmsSoapDriver, control: Control, numbers: Numbers, declared: str, labelled: str, codec: str
) -> None:
    """A Greek text, written in several."""
    fields = {**dict(idle(soap, "send")), "to": {"recipients": numbers()}, "coding": "UTF-8"}
    call = envelope("send", list((fields | {"message": "Γειά"}).items()), namespace=NAMESPACE).decode()
    said = f' encoding="{declared}"' if declared else ""
    octets = call.replace(' encoding="UTF-8"', said).encode(codec)

    answer = soap.post(octets, {"Content-Type": labelled}, messages=1)

    verify(text(control, answer)).equals("Γειά")


@requirement("isms/soap/status")
def test_an_answer_has_status_200_and_a_fault_500(soap: IsmsSoapDriver, numbers: Numbers) -> None:
    """An accepted send, and one to nobody."""
    verify(soap.send(to=numbers()).reply.status).equals(200)
    verify(soap.send(to=OUT).reply.status).equals(500)


@requirement("isms/soap/content-type")
def test_replies_are_labelled_as_xml(soap: IsmsSoapDriver, numbers: Numbers) -> None:
    """Answers and faults alike."""
    for answer in (soap.send(to=numbers()), soap.send(to=OUT)):
        verify(answer.reply.headers.get_content_type()).equals("text/xml")


@requirement("isms/soap/any-action")
@each_operation
@pytest.mark.parametrize(
    "action",
    [None, "", '""', '"urn:sms#other"', "urn:sms#query", '"http://example.com/"'],
    ids=["left-out", "empty", "quotes", "other", "bare", "address"],
)
def test_the_body_alone_says_what_is_called(soap: IsmsSoapDriver, operation: str, action: str | None) -> None:
    """Whatever the SOAPAction is."""
    headers = {"SOAPAction": action} if action is not None else {}

    verify(refused(soap.post(quiet(soap, operation), headers))).equals(IDLE[operation][1])


@requirement("isms/soap/any-label")
@pytest.mark.parametrize(
    "label", ["application/xml", "text/plain", "application/octet-stream", "application/soap+xml", None]
)
def test_an_envelope_is_one_under_any_label(soap: IsmsSoapDriver, label: str | None) -> None:
    """Labels of other kinds, and none."""
    headers = {"Content-Type": label} if label else {}

    verify(refused(soap.soap.post(quiet(soap, "query"), headers))).equals(IDLE["query"][1])


@requirement("isms/soap/not-an-envelope")
@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"hello",
        b"username=demo&password=demo",
        b"<send/>",
        wrapped("").encode(),
        wrapped("text alone").encode(),
        wrapped("<unclosed>").encode(),
        b"\xff\xfe\x00",
        b"<?xml version='1.0' encoding='no-such'?><a/>",
        wrapped("<a>" * 100 + "</a>" * 100).encode(),
    ],
    ids=["empty", "word", "form", "bare", "nothing", "text", "unclosed", "octets", "encoding", "deep"],
)
def test_what_is_no_call_is_the_clients_fault(soap: IsmsSoapDriver, octets: bytes) -> None:
    """Octets, forms, empty envelopes, and one as deep as no call is."""
    verify(code(soap.post(octets))).equals("Client")


@requirement("isms/soap/unknown-operation")
@pytest.mark.parametrize("operation", ["sendMessage", "SEND", "credits"])
def test_an_operation_that_is_none_is_refused(soap: IsmsSoapDriver, operation: str) -> None:
    """Another word, another case, a script of the HTTP interface."""
    said = refused(soap.call(operation, idle(soap, "query")))

    verify(said).holds(lambda sentence: sentence != IDLE["query"][1], "a refusal of the call itself")


@requirement("isms/soap/other-methods")
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_other_methods_are_refused_in_plain_text(soap: IsmsSoapDriver, method: str) -> None:
    """No page of a framework."""
    reply = soap.client.request(method, PATH)

    verify(reply.status).equals(405)
    verify(reply.headers.get_content_type()).equals("text/plain")
    verify(said(reply)).matches(r"[^<>\n]+")


def quiet(soap: IsmsSoapDriver, operation: str, *, header: str = "", mobile: str = "306900000000") -> bytes:
    """The octets of a call that does nothing."""
    changes = {"mobile": mobile} if operation == "query" else {}
    return envelope(operation, idle(soap, operation, changes), namespace=NAMESPACE, header=header)


def entry(attribute: str) -> str:
    return f'<t:Transaction xmlns:t="urn:smslab:check" {attribute}>5</t:Transaction>'


def innocent(answer: str) -> bool:
    return not any(trace in answer for trace in ("Response>", IDLE["query"][1], "expanded-smslab", "root:"))


def local(name: str) -> str:
    return name.rpartition("}")[2]
