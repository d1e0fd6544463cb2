"""iSMS.gr: plain HTTP, SOAP and SMPP."""

from emulator.provider import Provider, Sample
from emulator.providers.isms import routes, soap
from emulator.providers.isms.faults import FAULTS
from emulator.providers.isms.quirks import Quirks
from emulator.providers.isms.receipts import IsmsReports
from emulator.providers.isms.routes import PREFIX
from emulator.providers.isms.smsc.centre import Centre
from emulator.providers.isms.wire import NAME, reference

ISMS = Provider(
    name=NAME,
    title="iSMS.gr",
    prefixes=(PREFIX, soap.PREFIX),
    base=PREFIX,
    quirks=Quirks(),
    faults=FAULTS,
    views={**routes.views(), **soap.views()},
    smsc=Centre,
    reports=IsmsReports,
    reference=reference,
    sample=Sample(f"{PREFIX}/send.php?username=demo&password=demo&from=smslab&to=306912345678&message=Hello"),
    secrets=frozenset({"password"}),
)
