"""Who calls: a bearer token, or what the older interface takes besides."""

from ipaddress import ip_address, ip_network

from flask import Request

from emulator.core.model import Account, Login
from emulator.core.refusals import Reason, Refused
from emulator.provider import Context
from emulator.providers.ip1.faults import Declined, is_account
from emulator.providers.ip1.quirks import Quirks
from emulator.providers.ip1.wire import NAME
from emulator.wire import authorization

NETWORKS = "networks"
"""The attribute of an account whose key is taken from these networks alone, parted by blanks."""


def account(here: Context, request: Request, quirks: Quirks) -> Account:
    """The account that calls. Raises Refused where nobody does, Declined where it may not from there."""
    # req: ip1/auth/bearer ip1/auth/refused ip1/auth/before-all ip1/auth/account-bearer
    name, key = told(str(request.environ.get("HTTP_AUTHORIZATION", "")), is_basic_taken(request.path, quirks))
    found = here.gateway.who(Login(provider=NAME, key=key)) if key else None
    if found is None or name not in {None, found.login}:
        raise Refused([Reason.BAD_CREDENTIALS])
    if not may_call_from(found, str(request.remote_addr)):
        raise Declined(403, "This key may not be used from here.", "ip1/auth/networks")
    return found


def is_basic_taken(path: str, quirks: Quirks) -> bool:
    # req: ip1/auth/basic ip1/auth/basic-refused
    return is_account(path) or quirks.accept_basic


def told(field: str, basic: bool) -> tuple[str | None, str]:
    """The account named, if any is, and the key; an empty key where there is none that counts."""
    token = authorization.bearer(field)
    if token is not None:
        return None, token
    return (authorization.basic(field) if basic else None) or (None, "")


def may_call_from(account: Account, address: str) -> bool:
    """Whether the account's key is taken from that address."""
    # req: ip1/auth/networks
    networks = account.attributes.get(NETWORKS)
    if not networks:
        return True
    try:
        return any(ip_address(address) in ip_network(one, strict=False) for one in networks.split())
    except ValueError:  # of the world's file, or of a server that tells no address
        return False
