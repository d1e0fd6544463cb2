"""What holds for every call: the transport, and how values may be typed."""

import pytest

from conformance.checks.netoxygen.calls import IDLE, every_method, identifier, inbox, row
from conformance.control import Control
from conformance.drivers.http import HttpClient, Reply
from conformance.drivers.netoxygen import PATH, NetOxygenDriver
from conformance.drivers.xmlrpc import TEXT_XML, Fault, Typed, Value, XmlRpcClient, document, read
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

GREEK = "Grüezi, Ελλάδα & <Ζυρίχη>"

WITH_A_DTD = {
    "internal": '<!DOCTYPE methodCall [<!ENTITY u "{user}">]>',
    "unused": "<!DOCTYPE methodCall>",
    "file": '<!DOCTYPE methodCall [<!ENTITY u SYSTEM "file:///etc/hostname">]>',
    "elsewhere": '<!DOCTYPE methodCall SYSTEM "http://dtd.example/methodCall.dtd" [<!ENTITY u "{user}">]>',
    "parameter": '<!DOCTYPE methodCall [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p; <!ENTITY u "{user}">]>',
    "laughing": '<!DOCTYPE methodCall [<!ENTITY v "{user}"><!ENTITY u "&v;&v;&v;&v;&v;&v;&v;&v;&v;&v;">]>',
}


def asking(netoxygen: NetOxygenDriver) -> bytes:
    """A call that is answered with TRUE."""
    return document("auth", netoxygen.username, netoxygen.password)


def bodies(netoxygen: NetOxygenDriver) -> dict[str, bytes]:
    """Calls of every kind, by what comes back."""
    return {
        "result": asking(netoxygen),
        "false": document("auth", netoxygen.username, "nobody-has-this"),
        "stranger": document("account_status", netoxygen.username, "nobody-has-this"),
        "unknown": document("no_such_method"),
        "parameters": document("auth"),
        "malformed": b"hello",
        "empty": b"",
    }


every_body = pytest.mark.parametrize(
    "kind", ["result", "false", "stranger", "unknown", "parameters", "malformed", "empty"]
)


@requirement("netoxygen/xmlrpc/address")
def test_the_address_takes_calls(netoxygen: NetOxygenDriver) -> None:
    """The smallest of them."""
    verify(netoxygen.auth()).equals(True)


@requirement("netoxygen/xmlrpc/credentials-first")
@every_method
def test_user_and_password_come_first(netoxygen: NetOxygenDriver, method: str) -> None:
    """In front of what the method needs; the answer is no refusal."""
    verify(netoxygen.call(method, *IDLE[method])).holds(
        lambda answer: answer is not False and not isinstance(answer, Fault), "a result"
    )


@requirement("netoxygen/xmlrpc/credentials-first")
@pytest.mark.parametrize("position", [0, 1])
def test_each_credential_is_read_where_it_stands(netoxygen: NetOxygenDriver, position: int) -> None:
    """Another word in the place of one of them."""
    given = [netoxygen.username, netoxygen.password]
    given[position] = "nobody-has-this"

    verify(netoxygen.bare("auth", *given)).equals(False)


@requirement("netoxygen/xmlrpc/optional-parameters")
@pytest.mark.parametrize("rest", [(), ("",), ("", ""), ("", "", "")], ids=len)
def test_parameters_in_brackets_may_be_left_out(
    netoxygen: NetOxygenDriver, numbers: Numbers, rest: tuple[str, ...]
) -> None:
    """Four parameters, as in the first example, up to all seven."""
    identifier(netoxygen.send_message(numbers()[0], "test message", *rest))


@requirement("netoxygen/xmlrpc/base64")
def test_texts_may_come_as_base64(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Destination and message, as in the longer Perl script."""
    identifier(netoxygen.send_message(numbers()[0].encode(), GREEK.encode()))


@requirement("netoxygen/xmlrpc/base64")
def test_base64_is_decoded(netoxygen: NetOxygenDriver, control: Control, numbers: Numbers) -> None:
    """What arrives is the text, not its spelling."""
    answer = netoxygen.send_message(numbers()[0].encode(), GREEK.encode())

    verify(inbox(control, answer)["text"]).equals(GREEK)


@requirement("netoxygen/xmlrpc/base64")
def test_credentials_may_come_as_base64(netoxygen: NetOxygenDriver) -> None:
    """User and password."""
    verify(netoxygen.bare("auth", netoxygen.username.encode(), netoxygen.password.encode())).equals(True)


@requirement("netoxygen/xmlrpc/utf-8", "netoxygen/send/text")
@pytest.mark.parametrize("text", [GREEK, "Zürich €", "naïve 😀"])
def test_a_text_arrives_as_sent(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers, text: str
) -> None:
    """With signs that XML needs, and letters it may hold."""
    verify(inbox(control, netoxygen.send_message(numbers()[0], text))["text"]).equals(text)


@requirement("netoxygen/xmlrpc/utf-8")
def test_a_text_comes_back_as_sent(netoxygen: NetOxygenDriver) -> None:
    """An identifier that nobody has is repeated."""
    verify(row(netoxygen.get_status(GREEK))[0]).equals(GREEK)


@requirement("netoxygen/xmlrpc/status-200")
@every_body
def test_the_status_is_always_the_same(rpc: XmlRpcClient, netoxygen: NetOxygenDriver, kind: str) -> None:
    """For results, for FALSE, for every kind of fault."""
    verify(rpc.post(bodies(netoxygen)[kind]).status).equals(200)


@requirement("netoxygen/xmlrpc/http-1.0")
@pytest.mark.parametrize("kind", ["result", "unknown"])
def test_a_client_of_http_1_0_can_read_the_answer(
    http: HttpClient, netoxygen: NetOxygenDriver, kind: str
) -> None:
    """The request as the provider's own client writes it."""
    reply = in_http_1_0(http, bodies(netoxygen)[kind])

    verify(reply.headers["Transfer-Encoding"]).equals(None)
    verify(reply.status).equals(200)
    verify(read(reply.body)).holds(lambda answer: answer is True or isinstance(answer, Fault), "the answer")


def in_http_1_0(http: HttpClient, body: bytes) -> Reply:
    head = (
        f"POST {http.prefix}{PATH} HTTP/1.0\r\n"
        f"Host: {http.origin.partition('://')[2]}\r\n"
        "Content-Type: text/xml\r\n"
        "User-Agent: The Incutio XML-RPC PHP Library -- WordPress\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return http.raw(head.encode() + body, method="POST")


@requirement("netoxygen/xmlrpc/one-value")
@every_body
def test_every_answer_is_one_of_xml_rpc(rpc: XmlRpcClient, netoxygen: NetOxygenDriver, kind: str) -> None:
    """One param, or a fault."""
    answer = read(rpc.post(bodies(netoxygen)[kind]).body)

    verify(answer).holds(lambda one: isinstance(one, bool | Fault), "TRUE, FALSE or a fault")


@requirement("netoxygen/xmlrpc/one-value")
@pytest.mark.parametrize(
    "id",
    [b"\0\x01\x1b", b"\xff\xfe", "<&>\"'", "]]>", "\ufffe\uffff".encode(), "\U0001f600", "a\r\nb\tc"],
    ids=["control", "no-utf-8", "markup", "cdata", "no-characters", "astral", "lines"],
)
def test_what_is_repeated_breaks_no_answer(netoxygen: NetOxygenDriver, id: Value) -> None:
    """As an identifier, and as a destination."""
    verify(row(netoxygen.get_status(id))[1]).equals(False)
    verify(row(netoxygen.send_message(id))[1]).holds(lambda taken: not taken, "FALSE")


@requirement("netoxygen/xmlrpc/content-type")
@every_body
def test_answers_are_labelled_as_xml(rpc: XmlRpcClient, netoxygen: NetOxygenDriver, kind: str) -> None:
    """The whole header."""
    verify(rpc.post(bodies(netoxygen)[kind]).headers["Content-Type"]).equals("text/xml; charset=UTF-8")


@requirement("netoxygen/xmlrpc/any-content-type")
@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "application/xml",
        "text/xml; charset=utf-8",
        "text/plain",
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "nonsense",
    ],
)
def test_a_call_is_read_whatever_its_label(
    rpc: XmlRpcClient, netoxygen: NetOxygenDriver, content_type: str | None
) -> None:
    """Labels that clients give, and a few that none should."""
    verify(read(rpc.post(asking(netoxygen), content_type=content_type).body)).equals(True)


@requirement("netoxygen/xmlrpc/declared-charset")
@pytest.mark.parametrize(
    ("declared", "charset"),
    [
        ("<?xml version='1.0'?>", "utf-8"),
        ("<?xml version='1.0'?>", "utf-8-sig"),
        ("<?xml version='1.0' encoding='UTF-8'?>", "utf-8"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?>", "iso-8859-1"),
        ("<?xml version='1.0' encoding='UTF-16'?>", "utf-16"),
    ],
    ids=["none", "byte-order-mark", "utf-8", "latin", "utf-16"],
)
def test_the_declaration_names_the_charset(
    rpc: XmlRpcClient, netoxygen: NetOxygenDriver, declared: str, charset: str
) -> None:
    """While the header is silent; the answer is UTF-8."""
    call = document("get_status", netoxygen.username, netoxygen.password, "Zoë").decode().partition("\n")[2]
    reply = rpc.post(f"{declared}\n{call}".encode(charset))

    verify(read(reply.body)).equals([["Zoë", False]])


@requirement("netoxygen/xmlrpc/charset")
@pytest.mark.parametrize("charset", ["ISO-8859-1", "iso-8859-15", "utf-16"])
def test_the_header_names_the_charset(rpc: XmlRpcClient, netoxygen: NetOxygenDriver, charset: str) -> None:
    """A body without declaration in another charset; the answer is UTF-8."""
    call = document("get_status", netoxygen.username, netoxygen.password, "Zoë").decode().partition("\n")[2]
    reply = rpc.post(call.encode(charset), content_type=f"{TEXT_XML}; charset={charset}")

    verify(read(reply.body)).equals([["Zoë", False]])


@requirement("netoxygen/xmlrpc/typed-numbers")
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("int", "0223648000"),
        ("i4", "0223648000"),
        ("i8", "41223648000"),
        ("i8", "+41223648000"),
        ("int", "0041223648000"),
        ("int", "41223648000"),
        ("double", "41223648000"),
    ],
)
def test_a_number_is_read_as_written(netoxygen: NetOxygenDriver, kind: str, text: str) -> None:
    """As RPC::XML types what looks like a number."""
    verify(netoxygen.clean_number(Typed(kind, text))).equals("41223648000")


@requirement("netoxygen/xmlrpc/typed-numbers")
def test_a_destination_may_be_typed_as_a_number(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Alone, and in an array."""
    number = Typed("i8", numbers()[0])

    identifier(netoxygen.send_message(number))
    identifier(netoxygen.send_message([number]))


@requirement("netoxygen/xmlrpc/typed-numbers")
@pytest.mark.parametrize(
    ("kind", "text"), [("double", "12.50"), ("int", "007"), ("i4", "-1"), ("i8", "99999999999")]
)
def test_a_message_that_looks_like_a_number_stays_as_it_is(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers, kind: str, text: str
) -> None:
    """Noughts at both ends."""
    verify(inbox(control, netoxygen.send_message(numbers()[0], Typed(kind, text)))["text"]).equals(text)


@requirement("netoxygen/xmlrpc/typed-dates")
def test_a_message_that_looks_like_a_date_stays_as_it_is(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers
) -> None:
    """As RPC::XML types it."""
    text = "20130412T02:45:02"
    answer = netoxygen.send_message(numbers()[0], Typed("dateTime.iso8601", text))

    verify(inbox(control, answer)["text"]).equals(text)


@requirement("netoxygen/xmlrpc/booleans")
@pytest.mark.parametrize("value", [True, False])
def test_a_boolean_is_a_text_of_one_digit(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers, value: bool
) -> None:
    """As a message."""
    verify(inbox(control, netoxygen.send_message(numbers()[0], value))["text"]).equals(str(int(value)))


@requirement("netoxygen/xmlrpc/untyped")
def test_a_value_without_a_type_is_a_string(netoxygen: NetOxygenDriver) -> None:
    """Password and number."""
    given = (Typed("", netoxygen.username), Typed("", netoxygen.password), Typed("", "022/364 8000"))

    verify(netoxygen.bare("clean_number", *given)).equals("41223648000")


@requirement("netoxygen/xmlrpc/whitespace")
@pytest.mark.parametrize("between", ["", "\n", "\r\n\t  "], ids=["none", "lines", "blanks"])
def test_blanks_between_elements_mean_nothing(
    rpc: XmlRpcClient, netoxygen: NetOxygenDriver, between: str
) -> None:
    """None at all, and many."""
    tight = asking(netoxygen).partition(b"\n")[2].replace(b"\n", b"")
    spaced = tight.replace(b"><", f">{between}<".encode())

    verify(read(rpc.post(spaced).body)).equals(True)


@requirement("netoxygen/xmlrpc/whitespace")
@pytest.mark.parametrize("typed", [True, False], ids=["string", "untyped"])
def test_blanks_within_a_string_stay(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers, typed: bool
) -> None:
    """Around and between words."""
    text = "  two  blanks\n and a line "
    answer = netoxygen.send_message(numbers()[0], Typed("string" if typed else "", text))

    verify(inbox(control, answer)["text"]).equals(text)


@requirement("netoxygen/xmlrpc/get")
def test_the_address_is_not_for_reading(http: HttpClient) -> None:
    """As a browser asks."""
    verify(http.request("GET", PATH).status).equals(405)


@requirement("netoxygen/xmlrpc/no-entities")
@pytest.mark.parametrize("kind", WITH_A_DTD)
def test_a_document_type_is_refused(rpc: XmlRpcClient, netoxygen: NetOxygenDriver, kind: str) -> None:
    """Whatever is declared in it, and whether it is used."""
    user = "&u;" if kind != "unused" else netoxygen.username
    call = asking(netoxygen).decode().partition("\n")[2].replace(netoxygen.username, user, 1)
    declared = WITH_A_DTD[kind].replace("{user}", netoxygen.username)

    answer = read(rpc.post(f"<?xml version='1.0'?>\n{declared}\n{call}".encode()).body)

    verify(answer).holds(lambda one: isinstance(one, Fault), "a fault")
    verify(answer).equals(read(rpc.post(b"hello").body))
