"""Calls that fail as a whole."""

import pytest

from conformance.checks.netoxygen.calls import IDLE, every_method
from conformance.control import Control
from conformance.drivers.netoxygen import NetOxygenDriver
from conformance.drivers.xmlrpc import Fault, Typed, Value, XmlRpcClient, document, read
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

BAD_CREDENTIALS = Fault(401, "Authentication failed.")
UNKNOWN_METHOD = Fault(1, "Unknown method")
PARAMETERS = Fault(3, "Incorrect parameters passed to method")
MALFORMED = Fault(-32700, "parse error. not well formed")

NOT_FALSE = ["send_message", "get_status", "cancel_message", "account_status", "clean_number"]

MOST = {"send_message": 7, "clean_number": 3, "get_status": 3, "cancel_message": 3}

CUT = b"<?xml version='1.0'?>\n<methodCall><methodName>auth</methodName><params>"

BODIES = {
    "nothing": b"",
    "blanks": b" \n ",
    "words": b"hello",
    "json": b'{"method": "auth"}',
    "form": b"user=demo&pass=demo",
    "cut": CUT,
    "html": b"<html><body>hello</body></html>",
    "no-method": b"<methodCall/>",
    "a-response": b"<methodResponse><params><param><value>1</value></param></params></methodResponse>",
    "two": b"<methodCall><methodName>auth</methodName></methodCall><methodCall/>",
    "no-utf-8": b"<methodCall><methodName>\xff\xfe</methodName></methodCall>",
    "unknown-entity": b"<methodCall><methodName>&nbsp;</methodName></methodCall>",
    "nought": b"<methodCall><methodName>a\0b</methodName></methodCall>",
    "unknown-charset": b"<?xml version='1.0' encoding='klingon'?><methodCall/>",
}


def nested(depth: int) -> bytes:
    """A call with arrays in arrays."""
    begin, end = "<value><array><data>", "</data></array></value>"
    param = f"<param>{begin * depth}{end * depth}</param>"
    return f"<methodCall><methodName>auth</methodName><params>{param}</params></methodCall>".encode()


@requirement("netoxygen/faults/shape")
def test_a_fault_has_a_code_and_a_text(netoxygen: NetOxygenDriver) -> None:
    """Of the types that XML-RPC has for them."""
    verify(netoxygen.bare("no_such_method")).holds(
        lambda fault: isinstance(fault, Fault) and type(fault.code) is int and bool(fault.text),
        "a fault with a code and a text",
    )


@requirement("netoxygen/faults/no-work")
@every_method
def test_nothing_is_done_for_a_stranger(stranger: NetOxygenDriver, method: str) -> None:
    """FALSE or a fault, from every method."""
    verify(stranger.call(method, *IDLE[method])).holds(
        lambda answer: answer is False or isinstance(answer, Fault), "FALSE or a fault"
    )


@requirement("netoxygen/faults/no-work")
def test_nothing_is_sent_for_a_stranger(
    stranger: NetOxygenDriver, control: Control, numbers: Numbers
) -> None:
    """The inbox stays empty."""
    stranger.send_message(numbers(2))

    verify(control.messages(provider="netoxygen")).equals([])


@requirement("netoxygen/faults/bad-credentials")
@pytest.mark.parametrize("method", NOT_FALSE)
@pytest.mark.parametrize(
    "given", [("{}", "nobody-has-this"), ("nobody", "nothing"), ("{}", ""), ("", "")], ids="-".join
)
def test_a_wrong_pair_is_a_fault(netoxygen: NetOxygenDriver, method: str, given: tuple[str, str]) -> None:
    """Where no FALSE is promised."""
    user, password = given
    answer = netoxygen.bare(method, user.format(netoxygen.username), password, *IDLE[method])

    verify(answer).equals(BAD_CREDENTIALS)


@requirement("netoxygen/faults/unknown-method")
@pytest.mark.parametrize("method", ["no_such_method", "Auth", "auth ()", "sms.auth", "ταυτότητα"])
def test_a_method_that_is_not_listed_is_unknown(netoxygen: NetOxygenDriver, method: str) -> None:
    """Also in capitals, or with something around it."""
    verify(netoxygen.call(method)).equals(UNKNOWN_METHOD)


@requirement("netoxygen/faults/parameters")
@every_method
def test_a_parameter_too_few_is_a_fault(netoxygen: NetOxygenDriver, method: str) -> None:
    """The last of those that are needed."""
    needed = (netoxygen.username, netoxygen.password, *IDLE[method])

    verify(netoxygen.bare(method, *needed[:-1])).equals(PARAMETERS)
    verify(netoxygen.bare(method)).equals(PARAMETERS)


@requirement("netoxygen/faults/parameters")
@every_method
def test_a_parameter_too_many_is_a_fault(netoxygen: NetOxygenDriver, method: str) -> None:
    """Empty strings up to one more than there may be."""
    given = (netoxygen.username, netoxygen.password, *IDLE[method])
    more = MOST.get(method, 2) + 1 - len(given)

    verify(netoxygen.bare(method, *given, *[""] * more)).equals(PARAMETERS)


@requirement("netoxygen/faults/parameters")
@pytest.mark.parametrize(
    ("method", "given"),
    [
        ("send_message", ({"to": "12"}, "hello")),
        ("send_message", ([["12"]], "hello")),
        ("send_message", ([{"to": "12"}], "hello")),
        ("send_message", ("12", ["hello"])),
        ("send_message", ("12", {"text": "hello"})),
        ("send_message", ("12", "hello", ["Myself"])),
        ("send_message", ("12", "hello", "", {})),
        ("send_message", ("12", "hello", "", "", ["flash"])),
        ("clean_number", (["022/364 8000"],)),
        ("get_status", ({"id": "1"},)),
        ("get_status", ([["1"]],)),
        ("cancel_message", ({},)),
        ("cancel_message", ([{}],)),
    ],
    ids=lambda one: one if isinstance(one, str) else repr(one)[1:-1],
)
def test_a_parameter_of_another_shape_is_a_fault(
    netoxygen: NetOxygenDriver, method: str, given: tuple[Value, ...]
) -> None:
    """Structs and arrays where texts belong."""
    verify(netoxygen.call(method, *given)).equals(PARAMETERS)


@requirement("netoxygen/faults/parameters")
@pytest.mark.parametrize("position", [0, 1])
def test_credentials_of_another_shape_are_a_fault(netoxygen: NetOxygenDriver, position: int) -> None:
    """Also of a method that promises FALSE."""
    given: list[Value] = [netoxygen.username, netoxygen.password]
    given[position] = [given[position]]

    verify(netoxygen.bare("auth", *given)).equals(PARAMETERS)


@requirement("netoxygen/faults/malformed")
@pytest.mark.parametrize("kind", BODIES)
def test_what_is_no_call_is_a_fault(rpc: XmlRpcClient, kind: str) -> None:
    """Nothing, other formats, and calls that are cut or broken."""
    verify(read(rpc.post(BODIES[kind]).body)).equals(MALFORMED)


@requirement("netoxygen/faults/malformed")
@pytest.mark.parametrize("charset", ["klingon", "rot13", "zlib", "us-ascii"])
def test_a_body_that_is_not_in_its_charset_is_no_call(
    rpc: XmlRpcClient, netoxygen: NetOxygenDriver, charset: str
) -> None:
    """Charsets that nobody knows, codecs that are none, and one that has no such letters."""
    body = document("get_status", netoxygen.username, netoxygen.password, "Zoë")
    reply = rpc.post(body, content_type=f"text/xml; charset={charset}")

    verify(read(reply.body)).equals(MALFORMED)


@requirement("netoxygen/faults/precedence")
def test_the_body_comes_before_the_method(rpc: XmlRpcClient) -> None:
    """A method that is unknown, in a call that is cut."""
    body = document("no_such_method", "nobody")[:-20]

    verify(read(rpc.post(body).body)).equals(MALFORMED)


@requirement("netoxygen/faults/precedence")
@pytest.mark.parametrize("given", [(), ("nobody", "nothing"), ({}, [])], ids=["none", "stranger", "shapes"])
def test_the_method_comes_before_parameters_and_credentials(
    netoxygen: NetOxygenDriver, given: tuple[Value, ...]
) -> None:
    """Whatever they are."""
    verify(netoxygen.bare("no_such_method", *given)).equals(UNKNOWN_METHOD)


@requirement("netoxygen/faults/precedence")
@pytest.mark.parametrize("given", [(), ({}, "hello"), ("12",)], ids=["none", "shape", "too-few"])
def test_parameters_come_before_credentials(stranger: NetOxygenDriver, given: tuple[Value, ...]) -> None:
    """Of a stranger."""
    verify(stranger.call("send_message", *given)).equals(PARAMETERS)


@requirement("netoxygen/faults/precedence")
@pytest.mark.parametrize(
    ("dest", "message"), [("nobody", "hello"), ("12", ""), ("", "")], ids=["number", "empty", "both"]
)
def test_credentials_come_before_recipients(stranger: NetOxygenDriver, dest: str, message: str) -> None:
    """Of a stranger; what is wrong with a message is not told."""
    verify(stranger.send_message(dest, message)).equals(BAD_CREDENTIALS)


@requirement("netoxygen/faults/deep")
@pytest.mark.parametrize("depth", [100, 1000, 50_000])
def test_nesting_without_end_is_no_call(rpc: XmlRpcClient, depth: int) -> None:
    """Arrays in arrays."""
    verify(read(rpc.post(nested(depth)).body)).equals(read(rpc.post(b"hello").body))


@requirement("netoxygen/faults/parameters")
def test_nothing_at_all_is_no_text(netoxygen: NetOxygenDriver) -> None:
    """The extension that means nothing, where a number belongs; a number that is one beside it."""
    verify(netoxygen.clean_number(None)).equals(PARAMETERS)
    verify(netoxygen.clean_number(Typed("string", "022/364 8000"))).equals("41223648000")
