"""Calls of the SOAP operations as clients write them, and what is answered to them."""

from xml.etree.ElementTree import fromstring

from werkzeug.test import TestResponse

from emulator.tests.samples import NUMBER
from emulator.tests.served import Served

ADDRESS = "/api/soap/sms.php"

HEAD = (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:x="http://www.w3.org/2001/XMLSchema"'
    ' xmlns:c="http://schemas.xmlsoap.org/soap/encoding/" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:m="http://xml.apache.org/xml-soap" xmlns:s="urn:sms"><e:Body>'
)
TAIL = "</e:Body></e:Envelope>"

DEMO = "<username>demo</username><password>demo</password>"
TO = f"<to><recipients>{NUMBER}</recipients></to>"
SEND = f"{DEMO}<from>smslab</from>{TO}<message>Hello</message>"


def envelope(operation: str, arguments: str, beside: str = "") -> bytes:
    return f"{HEAD}<s:{operation}>{arguments}</s:{operation}>{beside}{TAIL}".encode()


def posted(served: Served, octets: bytes, content_type: str = "text/xml") -> TestResponse:
    return served.client.post(ADDRESS, data=octets, content_type=content_type)


def called(served: Served, operation: str, arguments: str, beside: str = "") -> str:
    """What is returned, else the text of the fault."""
    return said(posted(served, envelope(operation, arguments, beside)))


def said(answer: TestResponse) -> str:
    body = fromstring(answer.text)[0]
    fault = body.findtext("*/faultstring")
    return fault if fault is not None else body.findtext("*/return", "")


def asked(served: Served, mid: str, number: str = NUMBER, login: str = DEMO) -> str:
    return called(served, "query", f"{login}<message_id>{mid}</message_id><mobile>{number}</mobile>")
