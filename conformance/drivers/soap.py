"""SOAP 1.1 calls as different clients write them, and answers taken apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, NamedTuple, TypeAlias
from xml.etree.ElementTree import Element, ParseError, fromstring

from conformance.drivers.http import HttpClient, Reply

ENVELOPE: Final = "http://schemas.xmlsoap.org/soap/envelope/"
ENCODING: Final = "http://schemas.xmlsoap.org/soap/encoding/"
SCHEMA: Final = "http://www.w3.org/2001/XMLSchema"
INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"

TYPE = "text/xml; charset=utf-8"

Value: TypeAlias = "str | bool | int | Sequence[Value] | Mapping[str, Value] | None"
"""None is written xsi:nil, a sequence as an array, a mapping as a struct."""

Arguments = Sequence[tuple[str, Value]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a client writes a call: with types or without, with names or param0, param1 …, with arguments in
    the namespace of the call or in none, arrays as SOAP-ENC:Array or as repeated elements, and what is no
    string in place or beside the call."""

    name: str
    typed: bool = True
    named: bool = True
    qualified: bool = False
    arrays: bool = True
    item: str = "item"
    referring: bool = False


ENCODED = Style(name="encoded")
REPEATED = Style(name="php-with-wsdl", arrays=False)
POSITIONAL = Style(name="php-without-wsdl", named=False)
LITERAL = Style(name="rpc-literal", typed=False, arrays=False)
DOCUMENT = Style(name="document-literal", typed=False, arrays=False, qualified=True)
REFERRING = Style(name="multiref", referring=True)

STYLES = (ENCODED, REPEATED, POSITIONAL, LITERAL, DOCUMENT, REFERRING)


class Fault(NamedTuple):
    """`code` without its prefix."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`said` is the first element in the body of the envelope, None where no envelope came."""

    reply: Reply
    said: Element | None

    @property
    def fault(self) -> Fault | None:
        if self.said is None or self.said.tag != f"{{{ENVELOPE}}}Fault":
            return None
        code, text = self.said.findtext("faultcode", ""), self.said.findtext("faultstring", "")
        return Fault(code=code.strip().rpartition(":")[2], text=text)

    @property
    def result(self) -> str | None:
        """What the operation returned, whatever the element is called it stands in."""
        if self.said is None or not self.said.tag.endswith("Response") or len(self.said) != 1:
            return None
        return self.said[0].text or ""


class SoapDriver:
    """Calls the operations of one end point, in one namespace and style."""

    def __init__(self, client: HttpClient, path: str, namespace: str, *, style: Style = ENCODED) -> None:
        self.client = client
        self.path = path
        self.namespace = namespace
        self.style = style

    def call(self, operation: str, arguments: Arguments) -> Answer:
        """`arguments` in the order in which they shall travel."""
        octets = envelope(operation, arguments, namespace=self.namespace, style=self.style)
        return self.post(octets, {"Content-Type": TYPE, "SOAPAction": f'"{self.namespace}#{operation}"'})

    def post(self, octets: bytes, headers: Mapping[str, str]) -> Answer:
        """Any octets under any headers."""
        return answered(self.client.request("POST", self.path, body=octets, headers=headers))


def answered(reply: Reply) -> Answer:
    """A reply taken apart, as far as it is an envelope."""
    try:
        root = fromstring(reply.body)
    except (ParseError, ValueError):
        return Answer(reply=reply, said=None)
    bodies = root.findall(f"{{{ENVELOPE}}}Body") if root.tag == f"{{{ENVELOPE}}}Envelope" else []
    return Answer(reply=reply, said=next((said for body in bodies for said in body), None))


def envelope(
    operation: str, arguments: Arguments, *, namespace: str, style: Style = ENCODED, header: str = ""
) -> bytes:
    """A call as octets in UTF-8; `header` is XML for the envelope's header."""
    writer = _Writer(style)
    written = "".join(
        writer.element(name if style.named else f"param{place}", value)
        for place, (name, value) in enumerate(arguments)
    )
    call = f"<ns1:{operation}>{written}</ns1:{operation}>{''.join(writer.beside)}"
    return wrapped(call, namespace=namespace, header=header).encode()


def wrapped(body: str, *, namespace: str = "", header: str = "") -> str:
    """XML for the body of an envelope with the envelope around it; `ns1` stands for the namespace."""
    spaces = {"SOAP-ENV": ENVELOPE, "SOAP-ENC": ENCODING, "xsd": SCHEMA, "xsi": INSTANCE, "ns1": namespace}
    declared = " ".join(f'xmlns:{prefix}="{escape(uri)}"' for prefix, uri in spaces.items() if uri)
    head = f"<SOAP-ENV:Header>{header}</SOAP-ENV:Header>" if header else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope {declared}>{head}'
        f"<SOAP-ENV:Body>{body}</SOAP-ENV:Body></SOAP-ENV:Envelope>"
    )


class _Writer:
    """Writes the arguments of one call; `beside` collects what is referred to."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self.beside: list[str] = []

    def element(self, name: str, value: Value) -> str:
        if value is None:
            return f'<{self._tag(name)} xsi:nil="true"/>'
        if not self._style.referring or isinstance(value, str):
            return self._written(self._tag(name), value)
        place = len(self.beside)
        self.beside.append("")  # kept for this value: those within it come later
        self.beside[place] = self._written("multiRef", value, f' id="id{place}" SOAP-ENC:root="0"')
        return f'<{self._tag(name)} href="#id{place}"/>'

    def _written(self, tag: str, value: Value, attributes: str = "") -> str:
        if isinstance(value, str | int):
            text = escape(str(value).lower() if isinstance(value, bool) else str(value), quote=False)
            return f"<{tag}{attributes}{self._type(_simple(value))}>{text}</{tag}>"
        if isinstance(value, Mapping):
            members = "".join(self.element(name, each) for name, each in value.items())
            return f"<{tag}{attributes}{self._type('SOAP-ENC:Struct')}>{members}</{tag}>"
        return self._array(tag, value or (), attributes)

    def _array(self, tag: str, values: Sequence[Value], attributes: str) -> str:
        if not self._style.arrays:
            return "".join(self._written(tag, value) for value in values)
        items = "".join(self.element(self._style.item, value) for value in values)
        size = f' SOAP-ENC:arrayType="xsd:string[{len(values)}]"'
        return f"<{tag}{attributes}{size}{self._type('SOAP-ENC:Array')}>{items}</{tag}>"

    def _tag(self, name: str) -> str:
        return f"ns1:{name}" if self._style.qualified else name

    def _type(self, name: str) -> str:
        return f' xsi:type="{name}"' if self._style.typed else ""


def _simple(value: str | int) -> str:
    return "xsd:string" if isinstance(value, str) else "xsd:boolean" if isinstance(value, bool) else "xsd:int"
