"""Iro 1.0: text messages, faxes and mails over XML-RPC, SOAP, JSON and JSONP."""

from emulator.provider import Provider, Sample
from emulator.providers.iro.faults import FAULTS
from emulator.providers.iro.json import JSON, JSONP, others, views
from emulator.providers.iro.methods import USER
from emulator.providers.iro.quirks import Quirks
from emulator.providers.iro.soap import SOAP, served
from emulator.providers.iro.wire import NAME, reference
from emulator.providers.iro.xmlrpc import POSTED, XMLRPC

IRO = Provider(
    name=NAME,
    title="Iro",
    prefixes=(XMLRPC, SOAP, JSON, JSONP),
    base="",
    quirks=Quirks(),
    faults=FAULTS,
    views={XMLRPC: POSTED, SOAP: served, **views()},
    blueprint=others,
    reference=reference,
    sample=Sample(f"{JSON}sms?user=demo-iro&message=Hello&recipients=%2B4955128293640"),
    secrets=frozenset({USER.name}),
)
