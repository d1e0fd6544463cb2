"""Envelopes as they are answered: encoded as PHP's SOAP server writes them."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from emulator.wire.soap.envelope import ENCODING, ENVELOPE, Unfit
from emulator.wire.xml import Malformed, escaped

TYPE = "text/xml; charset=utf-8"

SCHEMA, SCHEMA_1999 = "http://www.w3.org/2001/XMLSchema", "http://www.w3.org/1999/XMLSchema"

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

CODES = frozenset({"VersionMismatch", "MustUnderstand", "Client", "Server"})
"""The fault codes of SOAP 1.1 itself, which stand in the envelope's namespace."""

_NO_NAME = re.compile(r"[^\w.-]|_(?=x)|^[\d.-]", re.ASCII)


def response(method: str, value: object, namespace: str) -> str:
    """The answer to a call: an element named after it, and in it what is returned."""
    returned = written("return", value)
    return envelope(
        f"<ns1:{method}Response>{returned}</ns1:{method}Response>", f' xmlns:ns1="{escaped(namespace)}"'
    )


def fault(code: str, text: str) -> str:
    """A refusal; codes of SOAP itself are given without their namespace."""
    qualified = f"SOAP-ENV:{code}" if code in CODES else escaped(code)
    return (
        f'{HEAD}<SOAP-ENV:Envelope xmlns:SOAP-ENV="{ENVELOPE}"><SOAP-ENV:Body><SOAP-ENV:Fault>'
        f"<faultcode>{qualified}</faultcode><faultstring>{escaped(text)}</faultstring>"
        "</SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>\n"
    )


def declined(error: Malformed) -> str:
    """The fault that answers what is no call."""
    return fault(error.code if isinstance(error, Unfit) else "Client", str(error))


def envelope(body: str, namespaces: str = "", schema: str = SCHEMA) -> str:
    """An envelope around what is written already; `namespaces` are more declarations, a blank before each."""
    return (
        f'{HEAD}<SOAP-ENV:Envelope xmlns:SOAP-ENV="{ENVELOPE}"{namespaces} xmlns:xsd="{schema}"'
        f' xmlns:xsi="{schema}-instance" xmlns:SOAP-ENC="{ENCODING}" SOAP-ENV:encodingStyle="{ENCODING}">'
        f"<SOAP-ENV:Body>{body}</SOAP-ENV:Body></SOAP-ENV:Envelope>\n"
    )


def written(name: str, value: object, attributes: str = "", *, integer: str = "int") -> str:
    """An element with a value and its type. Takes bool, int, float, Decimal, str, None, lists and mappings.

    `attributes` stand behind the type, a blank before each; `integer` is the type that whole numbers have.
    """
    if value is None:
        return f'<{name} xsi:nil="true"{attributes}/>'
    if isinstance(value, Mapping):
        members = [written(element_name(str(key)), of, integer=integer) for key, of in value.items()]
        return f"<{name}{attributes}>{''.join(members)}</{name}>"
    if isinstance(value, (list, tuple)):
        items = [written("item", of, integer=integer) for of in value]
        typed = f' SOAP-ENC:arrayType="{_common(value, integer)}[{len(value)}]" xsi:type="SOAP-ENC:Array"'
        return f"<{name}{typed}{attributes}>{''.join(items)}</{name}>"
    return f'<{name} xsi:type="{_type(value, integer)}"{attributes}>{_text(value)}</{name}>'


def element_name(text: str) -> str:
    """Any text as the name of an element: what cannot stand there becomes `_xHHHH_`, no text at all `_x_`."""
    return _NO_NAME.sub(lambda found: f"_x{ord(found[0]):04X}_", text) or "_x_"


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{Decimal(str(value)):f}" if isinstance(value, (float, Decimal)) else escaped(str(value))


def _type(value: object, integer: str) -> str:
    if isinstance(value, bool):
        return "xsd:boolean"
    if isinstance(value, int):
        return f"xsd:{integer}"
    if isinstance(value, (float, Decimal)):
        return "xsd:double"
    if isinstance(value, str):
        return "xsd:string"
    raise TypeError(f"SOAP has no form for {type(value).__name__}")


def _common(values: Sequence[object], integer: str) -> str:
    """The type that all values of an array have, or the one that every value has."""
    if any(value is None or isinstance(value, (Mapping, list, tuple)) for value in values):
        return "xsd:anyType"
    types = {_type(value, integer) for value in values} or {"xsd:string"}
    return types.pop() if len(types) == 1 else "xsd:anyType"
