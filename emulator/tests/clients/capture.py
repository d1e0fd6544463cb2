"""A conversation over TCP as a capture file for Wireshark; the packets are made up, their content is not."""

import socket
import struct
from enum import Enum
from ipaddress import IPv4Address
from pathlib import Path

RAW_IP = 101
"""The link type of packets that begin with an IP header."""

PORT = 2775
"""What Wireshark knows as SMPP."""

MOST = 1400
"""Octets in a packet."""


class By(Enum):
    """Who speaks: address, port."""

    ESME = (IPv4Address("127.0.0.1"), 40_000)
    SMSC = (IPv4Address("127.0.0.2"), PORT)


class Tapped(socket.socket):
    """A connection that keeps what is said in either direction, as it was written and read."""

    def __init__(self, address: tuple[str, int]) -> None:
        super().__init__(socket.AF_INET, socket.SOCK_STREAM)
        self.settimeout(10)
        self.connect(address)
        self.said: list[tuple[By, bytes]] = []

    def sendall(self, data: bytes, flags: int = 0) -> None:  # type: ignore[override]
        self.said.append((By.ESME, data))
        super().sendall(data, flags)

    def recv(self, bufsize: int, flags: int = 0) -> bytes:
        octets = super().recv(bufsize, flags)
        if octets:
            self.said.append((By.SMSC, octets))
        return octets


def kept(said: list[tuple[By, bytes]], file: Path) -> None:
    """Write what was said, a packet a millisecond, in segments that follow each other."""
    next_octet = {By.ESME: 1, By.SMSC: 1}
    with file.open("wb") as capture:
        capture.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65_535, RAW_IP))
        parts = [(by, octets[at : at + MOST]) for by, octets in said for at in range(0, len(octets), MOST)]
        for moment, (by, octets) in enumerate(parts):
            to = By.SMSC if by is By.ESME else By.ESME
            packet = packed(by, to, next_octet[by], next_octet[to], octets)
            next_octet[by] += len(octets)
            capture.write(
                struct.pack("<IIII", moment // 1000, moment % 1000 * 1000, len(packet), len(packet))
            )
            capture.write(packet)


def packed(by: By, to: By, sequence: int, acknowledged: int, octets: bytes) -> bytes:
    """IPv4 and TCP headers without checksums (RFC 791, RFC 9293), then the octets."""
    (source, source_port), (destination, destination_port) = by.value, to.value
    push_and_acknowledge = 0x18
    tcp = struct.pack(
        ">HHIIBBHHH",
        source_port,
        destination_port,
        sequence,
        acknowledged,
        5 << 4,
        push_and_acknowledge,
        65_535,
        0,
        0,
    )
    length = 20 + len(tcp) + len(octets)
    head = struct.pack(">BBHHHBBH", 0x45, 0, length, 0, 0, 64, 6, 0) + source.packed + destination.packed
    return head + tcp + octets
