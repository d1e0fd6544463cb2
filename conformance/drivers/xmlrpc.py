"""A client of XML-RPC: the standard library's reading and writing over a recorded connection."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError
from xml.sax.saxutils import escape
from xmlrpc import client as library

from conformance.drivers.http import HttpClient, Reply

TEXT_XML = "text/xml"
HEAD = b"<?xml version='1.0'?>\n"

Value = Any  # bool, int, float, str, bytes (base64), datetime, list, dict, None, Typed


class NoXmlRpc(AssertionError):
    """The subject's answer is no answer of XML-RPC."""


class Fault(NamedTuple):
    """An answer in place of a result."""

    code: int
    text: str


class Typed(NamedTuple):
    """A value as it shall stand on the wire, whatever makes sense; a value without a type has none."""

    kind: str
    text: str


class _Marshaller(library.Marshaller):
    def dump_typed(self, value: Typed, write: Callable[[str], object]) -> None:
        begin, end = (f"<{value.kind}>", f"</{value.kind}>") if value.kind else ("", "")
        write(f"<value>{begin}{escape(value.text)}{end}</value>\n")

    def dump_whole(self, value: int, write: Callable[[str], object]) -> None:
        kind = "int" if library.MININT <= value <= library.MAXINT else "i8"
        write(f"<value><{kind}>{value:d}</{kind}></value>\n")


_OWN: Any = {Typed: _Marshaller.dump_typed, int: _Marshaller.dump_whole}
_Marshaller.dispatch = {**library.Marshaller.dispatch, **_OWN}


class XmlRpcClient:
    """Speaks to one path. What comes back is a value or a Fault; NoXmlRpc where it is neither."""

    def __init__(self, http: HttpClient, path: str) -> None:
        self.http = http
        self.path = path

    def call(self, method: str, *params: Value) -> Value:
        reply = self.post(document(method, *params))
        try:
            return read(reply.body)
        except NoXmlRpc as fault:
            raise NoXmlRpc(f"status {reply.status}, {fault}") from None

    def post(
        self, body: bytes, *, content_type: str | None = TEXT_XML, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Any body, a call or not."""
        kind = {"Content-Type": content_type} if content_type else {}
        return self.http.request("POST", self.path, body=body, headers=kind | dict(headers or {}))


def document(method: str, *params: Value) -> bytes:
    """A call as it travels."""
    name = f"<methodCall><methodName>{escape(method)}</methodName>\n"
    return HEAD + f"{name}{_Marshaller(allow_none=True).dumps(params)}</methodCall>\n".encode()


def read(body: bytes) -> Value:
    """The value or the Fault in an answer."""
    parser, target = library.getparser(use_builtin_types=True)
    try:
        parser.feed(body)
        parser.close()
        values = target.close()
    except library.Fault as fault:
        return Fault(fault.faultCode, fault.faultString)
    except (ExpatError, library.Error, ValueError, LookupError, TypeError) as broken:
        shown = body[:200].decode(errors="backslashreplace")
        raise NoXmlRpc(f"no XML-RPC ({type(broken).__name__} {broken}): {shown!r}") from None
    if len(values) != 1:
        raise NoXmlRpc(f"a response has one param, not {len(values)}")
    return values[0]


def plain(text: str) -> str:
    """A document with nothing between its elements and one spelling of each type; other texts as they are."""
    try:
        root = ElementTree.fromstring(text.encode())
    except ElementTree.ParseError:
        return text
    for element in list(root.iter()):
        _level(element)
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def _level(element: ElementTree.Element) -> None:
    element.tail = None
    if element.tag == "i4":
        element.tag = "int"
    if len(element):
        element.text = None
    elif element.tag == "value":
        string = ElementTree.SubElement(element, "string")
        element.text, string.text = None, element.text
