"""XML-RPC: calls as they come, results and faults as they go."""

import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple
from xml.etree.ElementTree import Element

from emulator.wire.values import Scalar, Value
from emulator.wire.xml import Malformed, escaped, local, read

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

LEAST, MOST = -(2**31), 2**31 - 1
"""What an int can say; beyond it an i8 is written."""

_INTEGER = re.compile(r"[+-]?[0-9]+", re.ASCII)
_FORMS = {
    **dict.fromkeys(("int", "i4", "i8", "i2", "i1"), _INTEGER),
    "double": re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?", re.ASCII),
    "boolean": re.compile(r"[01]"),
    "dateTime.iso8601": re.compile(r"[0-9T:Z.+-]+", re.ASCII),
}
_BLANKS = re.compile(r"[ \t\r\n]+")


class Call(NamedTuple):
    """Which method is called, and with what."""

    method: str
    params: tuple[Value, ...]


def call(octets: bytes, charset: str = "") -> Call:
    """The call that a body makes. Raises Malformed, also for XML that is no XML-RPC."""
    root = read(octets, charset)
    if root.tag != "methodCall" or len(root) not in (1, 2) or root[0].tag != "methodName" or len(root[0]):
        raise Malformed("no methodCall with a methodName")
    if len(root) == 1:
        return Call((root[0].text or "").strip(), ())
    if root[1].tag != "params":
        raise Malformed(f"{_shown(root[1])} where params belong")
    return Call((root[0].text or "").strip(), tuple([_param(param) for param in root[1]]))


def response(value: object, head: str = HEAD) -> str:
    """A result. Takes bool, int, float, Decimal, str, None, lists, tuples and mappings."""
    return f"{head}<methodResponse><params><param>{written(value)}</param></params></methodResponse>"


def fault(code: int, text: str, head: str = HEAD) -> str:
    """A refusal."""
    struct = written({"faultCode": code, "faultString": text})
    return f"{head}<methodResponse><fault>{struct}</fault></methodResponse>"


def written(value: object) -> str:
    """A value with its type."""
    if isinstance(value, str):
        return f"<value><string>{escaped(value)}</string></value>"
    if isinstance(value, bool):
        return f"<value><boolean>{value:d}</boolean></value>"
    if isinstance(value, int):
        kind = "int" if LEAST <= value <= MOST else "i8"
        return f"<value><{kind}>{value:d}</{kind}></value>"
    if isinstance(value, (float, Decimal)):
        return f"<value><double>{Decimal(str(value)):f}</double></value>"  # the format knows no exponents
    return _written(value)


def _written(value: object) -> str:
    """A list, a struct, nothing at all."""
    if isinstance(value, (list, tuple)):
        return f"<value><array><data>{''.join(map(written, value))}</data></array></value>"
    if isinstance(value, Mapping):
        members = [
            f"<member><name>{escaped(str(name))}</name>{written(of)}</member>" for name, of in value.items()
        ]
        return f"<value><struct>{''.join(members)}</struct></value>"
    if value is None:
        return "<value><nil/></value>"
    raise TypeError(f"XML-RPC has no form for {type(value).__name__}")


def _param(param: Element) -> Value:
    if param.tag != "param" or len(param) != 1:
        raise Malformed(f"{_shown(param)} where a param with a value belongs")
    return _value(param[0])


def _value(element: Element) -> Value:
    if element.tag != "value" or len(element) > 1:
        raise Malformed(f"{_shown(element)} where a value of one type belongs")
    if not len(element):
        return Scalar(element.text or "")
    typed = element[0]
    kind = typed.tag if typed.tag in _READERS else local(typed.tag)  # extensions have a namespace
    reader = _READERS.get(kind)
    if reader is None:
        raise Malformed(f"unknown type {_shown(typed)}")
    return reader(typed, kind)


def _scalar(element: Element, kind: str) -> Scalar:
    if len(element):
        raise Malformed(f"{_shown(element[0])} inside of {kind}")
    text = element.text or ""
    form = _FORMS.get(kind)
    if form is None:
        return Scalar(text, kind)
    bare = text.strip()
    if not form.fullmatch(bare):
        raise Malformed(f"no {kind}: {bare[:40]!r}")
    return Scalar(bare, kind)


def _base64(element: Element, kind: str) -> Scalar:
    if len(element):
        raise Malformed(f"{_shown(element[0])} inside of {kind}")
    try:
        octets = b64decode(_BLANKS.sub("", element.text or ""), validate=True)
    except ValueError:
        raise Malformed("no base64") from None
    return Scalar(octets.decode("utf-8", "replace"), kind, octets)


def _array(element: Element, kind: str) -> Value:
    if len(element) != 1 or element[0].tag != "data":
        raise Malformed("an array without data")
    return [_value(entry) for entry in element[0]]


def _struct(element: Element, kind: str) -> Value:
    return dict([_member(member) for member in element])


def _member(element: Element) -> tuple[str, Value]:
    if element.tag != "member" or [part.tag for part in element] != ["name", "value"]:
        raise Malformed(f"{_shown(element)} where a member with name and value belongs")
    return element[0].text or "", _value(element[1])


def _nil(element: Element, kind: str) -> None:
    return None


def _shown(element: Element) -> str:
    return f"<{local(element.tag)[:40]}>"


_READERS: Mapping[str, Callable[[Element, str], Value]] = {
    **dict.fromkeys(("string", *_FORMS), _scalar),
    "base64": _base64,
    "array": _array,
    "struct": _struct,
    "nil": _nil,
}
