"""Every request that an ESME may make in a session, each with the body of an ordinary one."""

from collections.abc import Callable, Mapping

from conformance.checks.smpp34.calls import Smsc
from conformance.checks.smpp34.messages import NOBODYS
from conformance.drivers.smpp_operations import cancel, data, destinations, query, replace
from conformance.drivers.smpp_pdus import (
    CANCEL_SM,
    DATA_SM,
    ENQUIRE_LINK,
    QUERY_SM,
    REPLACE_SM,
    SUBMIT_MULTI,
    SUBMIT_SM,
    UNBIND,
)

REQUESTS: Mapping[str, tuple[int, Callable[[Smsc], bytes]]] = {
    "submit_sm": (SUBMIT_SM, lambda smsc: smsc.letter().body),
    "submit_multi": (SUBMIT_MULTI, lambda smsc: smsc.letter().to_many(destinations(smsc.number()))),
    "data_sm": (DATA_SM, lambda smsc: data(smsc.number(), b"Hello")),
    "query_sm": (QUERY_SM, lambda smsc: query(NOBODYS)),
    "cancel_sm": (CANCEL_SM, lambda smsc: cancel(NOBODYS, smsc.number())),
    "replace_sm": (REPLACE_SM, lambda smsc: replace(NOBODYS, b"Hello")),
    "enquire_link": (ENQUIRE_LINK, lambda smsc: b""),
    "unbind": (UNBIND, lambda smsc: b""),
}


def request(smsc: Smsc, name: str) -> tuple[int, bytes]:
    """Command and body of a request by the name that the specification has for it."""
    command, body = REQUESTS[name]
    return command, body(smsc)
