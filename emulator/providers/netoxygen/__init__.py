"""NetOxygen, also known as Textobox: XML-RPC."""

from emulator.provider import Provider, Sample, Surface
from emulator.providers.netoxygen.faults import FAULTS
from emulator.providers.netoxygen.quirks import Quirks
from emulator.providers.netoxygen.routes import ADDRESS, answer
from emulator.providers.netoxygen.wire import NAME, reference

SAMPLE = (
    "<methodCall><methodName>send_message</methodName><params>"
    "<param><value>demo</value></param><param><value>demo</value></param>"
    "<param><value>41791234567</value></param><param><value>Hello</value></param>"
    "</params></methodCall>"
)

NETOXYGEN = Provider(
    name=NAME,
    title="NetOxygen",
    prefixes=(ADDRESS,),
    base=ADDRESS,
    quirks=Quirks(),
    faults=FAULTS,
    views={ADDRESS: Surface(answer, methods=("POST",))},  # req: netoxygen/xmlrpc/get
    reference=reference,
    sample=Sample(ADDRESS, SAMPLE, "text/xml"),
    secrets=frozenset({"pass"}),
)
