"""What a call carries, whichever dialect it came in: texts that keep their spelling, lists, structs."""

from typing import TypeAlias


class Scalar(str):
    """A value as it was written: `0791112233` stays so, even where the client called it a number.

    `kind` is the type that the client named, "" where it named none. Of base64 the text is what the octets
    say in UTF-8.
    """

    __slots__ = ("kind", "octets")

    kind: str
    octets: bytes | None

    def __new__(cls, text: str, kind: str = "", octets: bytes | None = None) -> "Scalar":
        scalar = super().__new__(cls, text)
        scalar.kind, scalar.octets = kind, octets
        return scalar


Value: TypeAlias = "Scalar | list[Value] | dict[str, Value] | None"
"""None stands for nil."""
