"""The SOAP surface as customers' clients meet it."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.core.refusals import Reason
from emulator.core.sabotage import Effect
from emulator.tests.providers.isms.envelopes import (
    ADDRESS,
    DEMO,
    HEAD,
    SEND,
    TAIL,
    TO,
    asked,
    called,
    envelope,
    posted,
    said,
)
from emulator.tests.samples import FAILS, NUMBER, OTHER, an_account
from emulator.tests.served import Served

BOTH = f"{NUMBER} {OTHER}".split()


@pytest.fixture
def served() -> Served:
    return Served()


def inbox(served: Served) -> list[tuple[str, str, str, str, bool]]:
    return [
        (
            message.recipient,
            message.order.sender,
            message.order.text,
            message.order.coding,
            message.order.flash,
        )
        for message in served.space.store.messages()
    ]


def test_a_message_goes_its_way(served: Served) -> None:
    mid = called(
        served,
        "send",
        SEND.replace(TO, f"<to><recipients>{NUMBER}</recipients><recipients>{FAILS}</recipients></to>"),
    )
    shown = []

    for seconds in (0, 1, 2):
        served.advance(seconds)
        shown.append([asked(served, mid, number) for number in (NUMBER, FAILS)])

    assert shown == [["Queued", "Queued"], ["Pending", "Pending"], ["Delivered", "Failed"]]
    assert served.get("credits") == "Credits:3946.47"


def test_an_answer_is_written_as_php_writes_it(served: Served) -> None:
    answer = posted(served, envelope("send", SEND))

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
    mid = said(answer)
    assert len(mid) == 10
    assert answer.text == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="urn:sms"'
        ' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"'
        ' SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><SOAP-ENV:Body>'
        f'<ns1:sendResponse><return xsi:type="xsd:string">{mid}</return></ns1:sendResponse>'
        "</SOAP-ENV:Body></SOAP-ENV:Envelope>\n"
    )


def test_a_fault_is_written_as_php_writes_it(served: Served) -> None:
    answer = posted(served, envelope("send", ""))

    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "text/xml; charset=utf-8")
    assert answer.text == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body>'
        "<SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode>"
        "<faultstring>Authentication error.</faultstring></SOAP-ENV:Fault>"
        "</SOAP-ENV:Body></SOAP-ENV:Envelope>\n"
    )


def test_http_and_soap_know_each_others_messages(served: Served) -> None:
    over_soap, over_http = called(served, "send", SEND), served.send()

    assert served.get("query", mid=over_soap, mobile=NUMBER) == "Status: Queued"
    assert asked(served, over_http) == "Queued"
    assert served.get("credits") == "Credits:3946.47"


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (
            SEND.replace(">demo</p", ">wrong</p").replace(TO, "").replace("smslab", ""),
            "Authentication error.",
        ),
        (SEND.replace(DEMO, "<username>demo</username>"), "Authentication error."),
        (SEND.replace(DEMO, "<username>demo</username><password/>"), "Authentication error."),
        (SEND.replace(TO, "").replace("smslab", ""), "No recipients."),
        (SEND.replace(TO, "<to/>"), "No recipients."),
        (SEND.replace(TO, '<to i:nil="true"/>'), "No recipients."),
        (SEND.replace(NUMBER, "none"), "No recipients."),
        (SEND.replace("smslab", "a name too long"), "Invalid sender identity."),
        (SEND.replace("<from>smslab</from>", ""), "Invalid sender identity."),
        (SEND.replace("demo", "empty") + "<schedule>never</schedule>", "Insufficient credits."),
        (SEND + "<schedule>never</schedule>", "Invalid scheduling date."),
    ],
)
def test_a_refused_send_says_why_and_costs_nothing(arguments: str, text: str, served: Served) -> None:
    assert called(served, "send", arguments) == text
    assert inbox(served) == []
    assert served.get("credits") == "Credits:3948.47"


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ("", "Authentication error."),
        (DEMO, "No message ID defined."),
        (f"{DEMO}<message_id/><mobile>{NUMBER}</mobile>", "No message ID defined."),
        (f"{DEMO}<message_id>0008FABD</message_id>", "No mobile defined."),
        (
            f"{DEMO}<message_id>0008FABD</message_id><mobile>{NUMBER}</mobile>",
            "No such message or recipient.",
        ),
    ],
)
def test_a_refused_query_says_why(arguments: str, text: str, served: Served) -> None:
    assert called(served, "query", arguments) == text


def test_a_message_is_its_accounts_own(served: Served) -> None:
    mid = called(served, "send", SEND)

    assert asked(served, mid, login=DEMO.replace("demo", "empty")) == "No such message or recipient."
    assert asked(served, mid, OTHER) == "No such message or recipient."


ENCODED = 'i:type="c:Array" c:arrayType="x:string[2]"'
ITEMS = f"<item>{NUMBER}</item><item>{OTHER}</item>"


@pytest.mark.parametrize(
    "to",
    [
        f'<to i:type="c:Struct"><recipients {ENCODED}>{ITEMS}</recipients></to>',
        f"<to><recipients>{NUMBER}</recipients><recipients>{OTHER}</recipients></to>",
        f"<to><recipients><string>{NUMBER}</string><string>{OTHER}</string></recipients></to>",
        f"<to><s:recipients>{NUMBER}</s:recipients><s:recipients>{OTHER}</s:recipients></to>",
        f"<to><recipients>{NUMBER},{OTHER}</recipients></to>",
        f"<to {ENCODED}>{ITEMS}</to>",
        f"<to>{NUMBER}, {OTHER}</to>",
        f'<to i:type="m:Map"><item><key>recipients</key><value {ENCODED}>{ITEMS}</value></item></to>',
        '<to href="#to"/>',
    ],
)
def test_recipients_are_understood_in_every_encoding(to: str, served: Served) -> None:
    beside = f'<x id="to"><recipients href="#list"/></x><x id="list" {ENCODED}>{ITEMS}</x>'

    assert len(called(served, "send", SEND.replace(TO, to), beside)) == 10
    assert [recipient for recipient, *_ in inbox(served)] == BOTH


def test_arguments_without_names_stand_in_the_order_of_the_page(served: Served) -> None:
    values = [
        "demo",
        "demo",
        "me",
        f"<r>{NUMBER}</r>",
        "Γεια",
        "UTF-8",
        "true",
        "+1 day",
        "http://127.0.0.1:1/",
    ]

    mid = called(served, "send", "".join(f"<param{n}>{value}</param{n}>" for n, value in enumerate(values)))

    (message,) = served.space.store.messages()
    assert inbox(served) == [(NUMBER, "me", "Γεια", "ucs2", True)]
    assert (message.order.scheduled_at is not None, message.order.callback) == (True, "http://127.0.0.1:1/")
    assert called(served, "query", f"<a>demo</a><a>demo</a><a>{mid}</a><a>{NUMBER}</a>") == "Queued"


@pytest.mark.parametrize(
    ("argument", "flash"),
    [
        ("<flash>true</flash>", True),
        ("<flash>1</flash>", True),
        ("<flash>false</flash>", False),
        ("<flash>0</flash>", False),
        ("<flash/>", False),
        ('<flash i:nil="1"/>', False),
        ("", False),
    ],
)
def test_flash_is_a_boolean(argument: str, flash: bool, served: Served) -> None:
    called(served, "send", SEND + argument)

    assert inbox(served) == [(NUMBER, "smslab", "Hello", "gsm7", flash)]


def test_texts_come_in_any_alphabet_and_base64(served: Served) -> None:
    greek = '<message i:type="x:base64Binary">zpPOtc65zrE=</message><coding>UTF-8</coding>'

    called(served, "send", SEND.replace("<message>Hello</message>", greek))

    assert inbox(served) == [(NUMBER, "smslab", "Γεια", "ucs2", False)]


def test_ten_thousand_recipients_are_served_and_no_more(served: Served) -> None:
    def crowd(size: int) -> bytes:
        items = "".join(f"<recipients>3069{number:05}0000</recipients>" for number in range(size))
        return envelope("send", SEND.replace(TO, f"<to>{items}</to>"))

    served.space.store.put_account(an_account(password="demo", credit=None))

    assert posted(served, crowd(10_000)).status_code == 200
    assert posted(served, crowd(10_001)).status_code == 413


INSISTING = b'<e:Header><a e:mustUnderstand="1"/></e:Header>'


@pytest.mark.parametrize(
    ("octets", "code"),
    [
        (b"", "Client"),
        (b"username=demo&password=demo", "Client"),
        (b"<send/>", "Client"),
        (f"{HEAD}{TAIL}".encode(), "Client"),
        (HEAD.encode(), "Client"),
        (envelope("send", "<a>" * 100 + "</a>" * 100), "Client"),
        (b'<!DOCTYPE a [<!ENTITY b "ha">]>' + envelope("send", "<from>&b;</from>"), "Client"),
        (envelope("query", "<username><a>demo</a></username>"), "Client"),
        (envelope("query", '<mobile i:type="c:Array"><item>1</item></mobile>'), "Client"),
        (envelope("query", '<mobile href="#nothing"/>'), "Client"),
        (envelope("query", "\u00e9").decode().encode("latin-1"), "Client"),
        (envelope("credits", DEMO), "Server"),
        (envelope("delete_message", DEMO), "Server"),
        (envelope("query", "").replace(b"xmlsoap.org/soap/envelope", b"example.com"), "VersionMismatch"),
        (envelope("query", "").replace(b"<e:Body>", INSISTING + b"<e:Body>"), "MustUnderstand"),
    ],
)
def test_what_is_no_call_is_answered_with_a_fault(octets: bytes, code: str, served: Served) -> None:
    answer = posted(served, octets)

    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "text/xml; charset=utf-8")
    assert f"<faultcode>SOAP-ENV:{code}</faultcode>" in answer.text


@pytest.mark.parametrize("number", ["9" * 40, "-1", "4294967296", "1e400"])
def test_numbers_of_any_size_are_texts(number: str, served: Served) -> None:
    query = f'{DEMO}<message_id i:type="x:int">{number}</message_id><mobile i:type="x:long">{number}</mobile>'

    assert called(served, "query", query) == "No such message or recipient."


@pytest.mark.parametrize(
    ("content_type", "codec"),
    [
        ("text/xml; charset=utf-8", "utf-8"),
        ("text/xml; charset=iso-8859-7", "iso-8859-7"),
        ("application/soap+xml; charset=UTF-8", "utf-8"),
        ("application/x-www-form-urlencoded", "utf-8"),
        ("", "utf-8"),
    ],
)
def test_an_envelope_is_one_under_any_label_and_in_the_charset_of_it(
    content_type: str, codec: str, served: Served
) -> None:
    octets = envelope("send", SEND.replace("Hello", "Γεια") + "<coding>UTF-8</coding>").decode().encode(codec)

    assert len(said(posted(served, octets, content_type))) == 10
    assert inbox(served)[0][2] == "Γεια"


def test_a_wrong_charset_is_the_clients_fault(served: Served) -> None:
    octets = envelope("send", SEND.replace("Hello", "Γεια"))

    for charset in ("us-ascii", "utf-16", "punycode", "x" * 1000):
        assert "SOAP-ENV:Client" in posted(served, octets, f"text/xml; charset={charset}").text


def test_an_unknown_operation_is_named_as_it_was_written(served: Served) -> None:
    answer = posted(served, envelope("no\u00b7such", ""))

    assert said(answer) == "Function 'no\u00b7such' doesn't exist"


@pytest.mark.parametrize(
    "address", ["/api/soap/sms.wsdl", "/api/soap/sms.wsdl.php", f"{ADDRESS}?wsdl", f"{ADDRESS}?WSDL"]
)
def test_the_description_names_the_address_its_reader_used(address: str, served: Served) -> None:
    answer = served.client.get(address, base_url="https://gateway.test:8443")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
    place = f"https://gateway.test:8443/~{served.space.name}/api/soap/sms.php"
    assert f'<soap:address location="{place}"/>' in answer.text
    assert "schedule" not in answer.text


@pytest.mark.parametrize(
    ("method", "address"),
    [("GET", ADDRESS), ("GET", f"{ADDRESS}?x"), ("PUT", ADDRESS), ("POST", "/api/soap/sms.wsdl")],
)
def test_other_methods_are_declined(method: str, address: str, served: Served) -> None:
    answer = served.client.open(address, method=method, data=b"")

    assert (answer.status_code, answer.mimetype) == (405, "text/plain")
    assert answer.headers["Allow"]


@pytest.mark.parametrize("address", [f"{ADDRESS}?wsdl", ADDRESS])
def test_the_head_of_a_reply_is_that_of_the_reply(address: str, served: Served) -> None:
    head, whole = served.client.head(address), served.client.get(address)

    assert (head.status_code, head.content_type) == (whole.status_code, whole.content_type)


def test_the_journal_tells_what_was_understood(served: Served) -> None:
    called(served, "send", SEND + "<flash>1</flash>")
    called(served, "send", "<a>demo</a><a>wrong</a>")
    called(served, "send", f"{DEMO}<from><b/></from>")
    called(served, "credits", "<a>demo</a><a>demo</a>")
    posted(served, b"<send/>")

    sent, refused, *unfit, broken = served.journal
    assert (sent.surface, sent.account, sent.voiced) == ("isms-soap", "demo", ("isms/soap-send/reply",))
    letter = {"from": "smslab", "to": NUMBER, "message": "Hello", "flash": "1"}
    assert sent.fields == {"username": "demo", "password": "demo", **letter}
    assert refused.fields == {"username": "demo", "password": "wrong"}
    assert refused.voiced == ("isms/soap-send/credentials",)
    assert [one.fields for one in unfit] == [{"username": "demo", "password": "demo"}] * 2
    assert unfit[1].voiced == ("isms/soap/unknown-operation",)
    assert broken.voiced == unfit[0].voiced == ("isms/soap/not-an-envelope",)


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (Reason.BAD_CREDENTIALS, "Authentication error."),
        (Reason.NO_CREDIT, "Insufficient credits."),
        (Reason.UNKNOWN_MESSAGE, "No such message or recipient."),
        (Reason.STORAGE_FAILED, "FAILED"),
    ],
)
def test_a_fault_on_purpose_is_worded_like_any_other(reason: Reason, text: str, served: Served) -> None:
    served.break_(Effect.REFUSE, reason=reason, provider="isms", times=1)

    assert called(served, "send", SEND) == text
    assert len(called(served, "send", SEND)) == 10


def test_what_reads_envelopes_is_not_imported_before_there_is_one() -> None:
    program = "import sys, emulator.app; print({'spyne', 'lxml'} & {*sys.modules})"

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ended.stdout == "set()\n"


WAITING = SEND + "<schedule>+1 hour</schedule>"


def deleted(served: Served, mid: str, login: str = DEMO) -> str:
    return called(served, "delete_message", f"{login}<id>{mid}</id>")


def test_a_waiting_message_can_be_taken_back_where_a_sister_platform_is_asked_for() -> None:
    served = Served(soap_extended=True)
    crowd = f"<to><recipients>{NUMBER}</recipients><recipients>{OTHER}</recipients></to>"
    mid = called(served, "send", WAITING.replace(TO, crowd))

    assert deleted(served, mid) == "true"
    assert [asked(served, mid, number) for number in (NUMBER, OTHER)] == ["Failed", "Failed"]
    assert served.get("credits") == "Credits:3948.47"


def test_what_cannot_be_taken_back_is_not_found() -> None:
    served = Served(soap_extended=True)
    gone, waiting = called(served, "send", SEND), called(served, "send", WAITING)

    assert deleted(served, gone) == "No message found."
    assert deleted(served, "0008FABD") == "No message found."
    assert deleted(served, waiting, DEMO.replace("demo", "empty")) == "No message found."
    assert deleted(served, "") == "No message ID defined."
    assert deleted(served, waiting, "") == "Authentication error."
    assert asked(served, waiting) == "Queued"


LIST = f'<to><recipients {ENCODED}>{ITEMS}</recipients></to><flash href="#f"/>'
WHOLE = envelope("send", SEND.replace(TO, LIST), '<f id="f">1</f>')


@given(st.binary(max_size=40), st.integers(0, len(WHOLE)), st.integers(0, 20))
def test_any_octets_are_answered_with_an_envelope(octets: bytes, at: int, length: int) -> None:
    answer = posted(SHARED, WHOLE[:at] + octets + WHOLE[at + length :])

    assert answer.status_code in {200, 500}
    assert said(answer)


SHARED = Served()
