"""From where an account may call: the list of addresses, ranges and patterns that an administrator keeps."""

import re
from ipaddress import IPv4Address, ip_address, ip_network

ANYWHERE = "*.*.*.*"

_PATTERN = re.compile(r"(?:\*|[0-9]{1,3})(?:\.(?:\*|[0-9]{1,3})){3}", re.ASCII)


def allowed(list: str, caller: str) -> bool:
    """Whether the caller's address stands in a list, whose entries commas separate."""
    # req: voipe/auth/address-forms
    return any(_covers(entry.strip(), caller) for entry in list.split(","))


def _covers(entry: str, caller: str) -> bool:
    if entry in (caller, ANYWHERE):
        return True
    if _PATTERN.fullmatch(entry):
        return all(a in ("*", b) for a, b in zip(entry.split("."), caller.split("."), strict=False))
    first, dash, last = entry.partition("-")
    try:
        if dash:
            return _ordered(first.strip()) <= _ordered(caller) <= _ordered(last.strip())
        return ip_address(caller) in ip_network(entry, strict=False)
    except ValueError:
        return False


def _ordered(address: str) -> int:
    return int(IPv4Address(address))
