"""Iro over SOAP: calls in the manner of RPC/encoded, answers without a wrapper around the value."""

import re
from base64 import b64encode
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from conformance.drivers import soap
from conformance.drivers.http import Reply
from conformance.drivers.iro import Answer, Argument, Fault, Garbled, PlacedDriver, Value

PATH = "/soap"
NAMESPACE = "urn:iro"
XML = {"Content-Type": soap.TYPE, "SOAPAction": '""'}

INTEGERS = frozenset({"integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger"})
FRACTIONS = frozenset({"double", "float", "decimal"})
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4,5}|)_")


class IroSoap(PlacedDriver):
    surface = "iro-soap"
    path, headers = PATH, XML

    def written(self, method: str, *arguments: Argument) -> bytes:
        return written(method, *arguments)

    def read(self, reply: Reply) -> Answer:
        return read(reply)


def written(method: str, *arguments: Argument) -> bytes:
    """A call whose arguments are named by their places; octets go as base64 text."""
    placed = [(f"v{place}", _plain(argument)) for place, argument in enumerate(arguments, start=1)]
    return soap.envelope(method, placed, namespace=NAMESPACE)


def read(reply: Reply) -> Answer:
    """The value or the fault of an answer; Garbled where it has neither."""
    answer = answered(reply)
    if _local(answer.tag) != "Fault":
        return value(answer)
    code = answer.findtext("faultcode", "").strip()
    return Fault(int(code) if code.isdecimal() else code, answer.findtext("faultstring", ""))


def answered(reply: Reply) -> Element:
    """The one element in the body of an answer."""
    said = soap.answered(reply).said
    if said is None:
        raise Garbled("no answer in SOAP")
    return said


def value(element: Element) -> Value:
    """By its type; without one it is a struct, or text where it has some."""
    kind = typed(element)
    text = element.text or ""
    if kind == "Array":
        return [value(entry) for entry in element]
    if kind in INTEGERS:
        return _number(int, text)
    if kind in FRACTIONS:
        return _number(float, text)
    if kind == "boolean":
        return text.strip() in ("1", "true", "True")
    if kind == "string" or (not len(element) and text.strip()):
        return text
    return {key(member.tag): value(member) for member in element}


def typed(element: Element) -> str:
    """The local name of its xsi:type, whichever the year of the namespace; "" without one."""
    kinds = [said for name, said in element.attrib.items() if name.endswith("XMLSchema-instance}type")]
    return kinds[0].rpartition(":")[2] if kinds else ""


def key(tag: str) -> str:
    """The key that an element name stands for."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else "", _local(tag))


def _number(kind: type[int] | type[float], text: str) -> int | float:
    try:
        return kind(text)
    except ValueError:
        raise Garbled(f"an answer in SOAP with {text!r} for a number") from None


def _plain(argument: Argument) -> soap.Value:
    if isinstance(argument, bytes):
        return b64encode(argument).decode()
    if isinstance(argument, Mapping):
        return {name: _plain(one) for name, one in argument.items()}
    return [_plain(one) for one in argument] if isinstance(argument, list | tuple) else argument


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
