"""Lists of addresses in the bodies of submit_multi and its answer (SMPP 3.4, section 4.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from emulator.wire.smpp.bodies import Body
from emulator.wire.smpp.fields import CString, Int, Malformed, Values, short
from emulator.wire.smpp.statuses import CommandStatus


class Destination(NamedTuple):
    """Where a copy of submit_multi goes: an address, or (with a name) a distribution list."""

    ton: int = 0
    npi: int = 0
    address: str = ""
    list_name: str = ""


class Unsuccess(NamedTuple):
    """An address that submit_multi did not reach, and why."""

    ton: int
    npi: int
    address: str
    status: int


@dataclass(frozen=True, slots=True)
class Destinations:
    """number_of_dests and the addresses (section 4.5.1.1)."""

    most: int = 254

    def read(self, name: str, octets: bytes, at: int, values: Values) -> int:
        if at >= len(octets):
            raise short(name)
        # req: smpp34/multi/no-destinations smpp34/multi/too-many
        if not 1 <= octets[at] <= self.most:
            raise Malformed(CommandStatus.RINVNUMDESTS, f"{octets[at]} destinations")
        found, at = [], (count_at := at) + 1
        for _ in range(octets[count_at]):
            destination, at = _destination(octets, at)
            found.append(destination)
        values[name] = tuple(found)
        return at

    def written(self, name: str, values: Mapping[str, Any]) -> bytes:
        found: Sequence[Destination] = values[name]
        return bytes((len(found),)) + b"".join(map(_destination_written, found))


@dataclass(frozen=True, slots=True)
class Unsuccesses:
    """no_unsuccess and the addresses with their reasons (section 4.5.2)."""

    def read(self, name: str, octets: bytes, at: int, values: Values) -> int:
        if at >= len(octets):
            raise short(name)
        found, at = [], (count_at := at) + 1
        for _ in range(octets[count_at]):
            row, at = UNSUCCESS.read(octets, at)
            found.append(Unsuccess(**row))
        values[name] = tuple(found)
        return at

    def written(self, name: str, values: Mapping[str, Any]) -> bytes:
        found: Sequence[Unsuccess] = values.get(name, ())
        return bytes((len(found),)) + b"".join(UNSUCCESS.written(row._asdict()) for row in found)


ADDRESS = Body({"ton": Int(1), "npi": Int(1), "address": CString(21, CommandStatus.RINVDSTADR)})
LIST = Body({"list_name": CString(21, CommandStatus.RINVDLNAME)})
UNSUCCESS = Body({**ADDRESS.fields, "status": Int(4)})
FORMS = {1: ADDRESS, 2: LIST}
"""What stands behind each dest_flag."""


def _destination(octets: bytes, at: int) -> tuple[Destination, int]:
    if at >= len(octets):
        raise short("dest_flag")
    form = FORMS.get(octets[at])
    if form is None:  # req: smpp34/multi/bad-flag
        raise Malformed(CommandStatus.RINVDESTFLAG, f"dest_flag {octets[at]}")
    row, end = form.read(octets, at + 1)
    return Destination(**row), end


def _destination_written(one: Destination) -> bytes:
    flag = 2 if one.list_name else 1
    return bytes((flag,)) + FORMS[flag].written(one._asdict())
