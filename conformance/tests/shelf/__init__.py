"""The shelf of wrong emulators: each offends one sentence of a document, and the suite has to notice which.

A module for each dialect; whoever adds one names it here.
"""

from collections.abc import Mapping, Sequence

from conformance.miniature import Miniature
from conformance.tests.shelf import (
    ip1,
    ip1_book,
    iro,
    iro_soap,
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

DIALECTS: Mapping[str, Sequence[Miniature]] = {
    "iSMS.gr, HTTP": isms_http.MINIATURES,
    "iSMS.gr, SOAP": isms_soap.MINIATURES,
    "SMPP 3.4": [
        *smpp.MINIATURES,
        *smpp_submit.MINIATURES,
        *smpp_asked.MINIATURES,
        *smpp_receipts.MINIATURES,
        *smpp_sessions.MINIATURES,
        *smpp_told.MINIATURES,
    ],
    "NetOxygen, XML-RPC": netoxygen.MINIATURES,
    "iP.1, REST": [*ip1.MINIATURES, *ip1_book.MINIATURES],
    "Iro, XML-RPC": iro.XMLRPC,
    "Iro, SOAP": iro_soap.MINIATURES,
    "Iro, JSON and JSONP": iro.JSON,
    "Voipe, webservices": voipe.MINIATURES,
}

MINIATURES: list[Miniature] = [one for shelf in DIALECTS.values() for one in shelf]

TURNED: Mapping[str, Mapping[str, object]] = {
    "isms": {**isms_http.TURNED, **isms_soap.TURNED, **isms_smpp.TURNED},
    "netoxygen": {**netoxygen.TURNED},
    "iro": {**iro.TURNED},
    "ip1": {**ip1.TURNED, **ip1_book.TURNED},
    "voipe": {**voipe.TURNED},
}
"""Every switch by provider, with a value that is not its default."""
