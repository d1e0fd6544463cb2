"""The shelf of wrong emulators: each offends one sentence of a document, and the suite has to notice which.

A module for each dialect; whoever adds one names it here.
"""

from collections.abc import Mapping

from conformance.miniature import Miniature
from conformance.tests.shelf import (
    ip1,
    ip1_book,
    iro,
    isms_http,
    isms_smpp,
    isms_soap,
    netoxygen,
    smpp,
    smpp_asked,
    smpp_receipts,
    smpp_sessions,
    smpp_submit,
    smpp_told,
    voipe,
)

MINIATURES: list[Miniature] = [
    *isms_http.MINIATURES,
    *isms_soap.MINIATURES,
    *netoxygen.MINIATURES,
    *iro.MINIATURES,
    *ip1.MINIATURES,
    *ip1_book.MINIATURES,
    *smpp.MINIATURES,
    *smpp_submit.MINIATURES,
    *smpp_asked.MINIATURES,
    *smpp_receipts.MINIATURES,
    *smpp_sessions.MINIATURES,
    *smpp_told.MINIATURES,
    *voipe.MINIATURES,
]

TURNED: Mapping[str, Mapping[str, object]] = {
    "isms": {**isms_http.TURNED, **isms_soap.TURNED, **isms_smpp.TURNED},
    "netoxygen": {**netoxygen.TURNED},
    "iro": {**iro.TURNED},
    "ip1": {**ip1.TURNED, **ip1_book.TURNED},
    "voipe": {**voipe.TURNED},
}
"""Every switch by provider, with a value that is not its default."""
