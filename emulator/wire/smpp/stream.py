"""Octets as they come, cut into PDUs (SMPP 3.4, section 3.2)."""

from collections.abc import Iterator

from emulator.wire.smpp.pdus import HEADER

MOST = 128 * 1024
"""Octets of the longest PDU: a payload of 64 KiB, and room for whatever else it may carry."""


class Desynchronised(Exception):
    """A length that no PDU has: where the next one begins can not be known any more."""

    def __init__(self, length: int, sequence: int) -> None:
        super().__init__(f"command_length {length}")
        self.length, self.sequence = length, sequence


class Stream:
    """What came and was not cut off yet: never more than one PDU, of at most so many octets."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._rest, self._wanted = bytearray(), HEADER.size

    def fed(self, octets: bytes) -> Iterator[bytes]:
        """Each PDU that is whole now. Raises Desynchronised after the last good one."""
        # req: smpp34/framing/length-whole smpp34/framing/in-pieces
        if self._rest:
            self._rest += octets
            if len(self._rest) < self._wanted:  # looked at again once there is something to cut off
                return
            octets, self._rest = bytes(self._rest), bytearray()
        at, self._wanted = 0, HEADER.size
        try:
            while len(octets) - at >= HEADER.size:
                length, _, _, sequence = HEADER.unpack_from(octets, at)
                if not HEADER.size <= length <= self.most:
                    raise Desynchronised(length, sequence)
                if len(octets) - at < length:
                    self._wanted = length
                    break
                at += length
                yield octets[at - length : at]
        finally:
            self._rest += octets[at:]
