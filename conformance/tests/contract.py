"""Calls drawn from a method catalogue (specs/*.methods.json): such as fit it, and such as do not."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from jsonschema_rs import Draft202012Validator as Validator

from conformance import places
from conformance.drivers.xmlrpc import Typed, Value

Schema = Mapping[str, Any]

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"),
    max_size=20,
)
"""What XML can hold without loss."""

WIDE = 2**40
"""Beyond what an int of XML-RPC can say."""

SHAPES: Sequence[Value] = ({}, {"to": "12"}, {"a": {"b": "c"}}, [{}], [["12"]], ["12", {"a": "b"}], [[]])
"""Structs and arrays."""

ANYTHING: SearchStrategy[Value] = st.one_of(
    TEXTS,
    st.integers(-WIDE, WIDE),
    st.booleans(),
    st.none(),
    st.binary(max_size=8),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(SHAPES),
    st.lists(TEXTS, max_size=3),
    st.builds(
        Typed,
        st.sampled_from(["int", "i8", "double", "boolean", "dateTime.iso8601", "base64", "nil", "number"]),
        TEXTS,
    ),
)
"""Values of every type, also such whose text is not of it."""

PIECES = [
    *(b"<", b">", b"&", b"&amp;", b"&u;", b"&#0;", b"&#xD800;", b"]]>", b"<!--", b"<![CDATA[", b"<?php ?>"),
    *(b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"</param>", b"<value>", b"</value><value>", b"<nil/>", b""),
    *(b"<array><data/></array>", b"<array/>", b"<struct/>", b"<struct><member/></struct>"),
    *(b"<!DOCTYPE a [<!ENTITY u 'v'>]>", b"<?xml version='1.1'?>", b"<?xml version='1.0' encoding='utf-7'?>"),
    b"<value><array><data>" * 200,
]
"""What hurts a reader of XML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """Strategies for its parameters: of calls that fit, that count wrongly, that have a wrong shape."""

    name: str
    most: int
    returns: Validator
    requirements: Sequence[str]
    fitting: SearchStrategy[Sequence[Value]]
    counted_wrongly: SearchStrategy[Sequence[Value]]
    shaped_wrongly: SearchStrategy[Sequence[Value]]

    def promises(self, result: Value) -> bool:
        """Whether the method can return this."""
        try:
            return self.returns.is_valid(result)
        except ValueError:  # of a type that JSON does not have
            return False


@dataclass(frozen=True, kw_only=True)
class Contract:
    """What a catalogue promises. `known` are values worth trying, by parameter."""

    document: Mapping[str, Any]
    known: Mapping[str, Sequence[Value]] = field(default_factory=dict)

    @cached_property
    def methods(self) -> Mapping[str, Method]:
        return {name: self._method(name, one) for name, one in self.document["methods"].items()}

    @property
    def faults(self) -> frozenset[int]:
        return frozenset(map(int, self.document["faults"]))

    def address(self, dialect: str) -> str:
        address = self.document["address"]
        return str(address if isinstance(address, str) else address[dialect])

    def _method(self, name: str, described: Mapping[str, Any]) -> Method:
        parameters = described["parameters"]
        values = [self._value(one) for one in parameters]
        needed = sum(not one.get("optional", False) for one in parameters)
        counts = range(needed, len(values) + 1)
        return Method(
            name=name,
            most=len(values),
            returns=self._validator(described["returns"]),
            requirements=described["requirements"],
            fitting=st.one_of([st.tuples(*values[:count]) for count in counts]),
            counted_wrongly=st.one_of(
                *[st.tuples(*values[:count]) for count in range(needed)], st.tuples(*values, TEXTS)
            ),
            shaped_wrongly=st.one_of(
                [self._misshapen(values, one, place, needed) for place, one in enumerate(parameters)]
            ),
        )

    def _misshapen(
        self,
        values: Sequence[SearchStrategy[Value]],
        parameter: Mapping[str, Any],
        place: int,
        needed: int,
    ) -> SearchStrategy[Sequence[Value]]:
        """Values that fit, but for one."""
        accepts = self._validator(parameter["schema"]).is_valid
        shapes = st.sampled_from([shape for shape in SHAPES if not accepts(shape)])
        return st.tuples(*values[:place], shapes, *values[place + 1 : needed])

    def _value(self, parameter: Mapping[str, Any]) -> SearchStrategy[Value]:
        if known := self.known.get(parameter["name"]):
            return st.sampled_from(known)
        return self._of(parameter["schema"])

    def _of(self, schema: Schema) -> SearchStrategy[Value]:
        """Values of a schema, of the few forms that the catalogues use."""
        if "$ref" in schema:
            return self._of(self.document["$defs"][schema["$ref"].rpartition("/")[2]])
        if "anyOf" in schema:
            return st.one_of([self._of(one) for one in schema["anyOf"]])
        if "enum" in schema:
            return st.sampled_from(schema["enum"])
        match schema["type"]:
            case "string" if "pattern" in schema:
                return st.from_regex(schema["pattern"], fullmatch=True, alphabet=st.characters(codec="ascii"))
            case "array":
                return st.lists(self._of(schema["items"]), max_size=3)
            case "integer":
                return st.integers(schema.get("minimum", -WIDE), WIDE)
            case kind:
                return {"string": TEXTS, "boolean": st.booleans(), "null": st.none()}[kind]

    def _validator(self, schema: Schema) -> Validator:
        return Validator({"$defs": self.document["$defs"], **schema})


def contract(provider: str, known: Mapping[str, Sequence[Value]] | None = None) -> Contract:
    """What the provider's catalogue promises."""
    text = (places.specs() / f"{provider}.methods.json").read_text("utf-8")
    return Contract(document=json.loads(text), known=known or {})


def tampered(body: bytes) -> SearchStrategy[bytes]:
    """The body with something cut out, put in, or put in the place of something."""
    ends = st.tuples(st.integers(0, len(body)), st.integers(0, len(body))).map(sorted)
    pieces = st.sampled_from(PIECES) | st.binary(max_size=6)
    return st.builds(lambda ends, piece: body[: ends[0]] + piece + body[ends[1] :], ends, pieces)
