"""Iro over SOAP: arguments by position, values without a wrapper, keys as names of elements."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from loadtests.scenarios import soap
from loadtests.scenarios.iro import Dialect, scenario
from loadtests.scenarios.template import Reply, Request


def call(method: str, arguments: Mapping[str, object]) -> Request:
    return soap.call("/soap", "urn:iro", method, arguments)


def result(reply: Reply) -> object:
    return value(soap.answer(reply))


def value(element: Element) -> object:
    """A structure where there are elements within, else the text."""
    if len(element):
        return {key(child.tag): value(child) for child in element}
    return element.text or ""


def key(tag: str) -> str:
    """The key that was spelled as a name: what no name can have there is `_x`, four hex digits and `_`."""
    return re.sub("_x([0-9a-fA-F]{4})_", lambda found: chr(int(found[1], 16)), tag)


SCENARIO = scenario(Dialect(call=call, result=result))
