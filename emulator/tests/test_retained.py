"""What left by retention is answered, in every dialect, as what never was."""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import NamedTuple
from xmlrpc.client import dumps

import pytest
from werkzeug.test import Client

from emulator.app import Emulator, composed, start_of
from emulator.tests.peers import Peer, peers
from emulator.tests.test_determinism import answered

LONG_AFTER = timedelta(hours=3)

ISMS = "username=demo&password=demo"
PLAYSMS = "/playsms/index.php?app=ws&u=demo&h=fe01ce2a7fbac8fafaed7c982a04e229"
BIND = 'SMPP@esme bind_transceiver {"system_id": "demo", "password": "demo", "interface_version": 52}'
MEANT = '"sequence": 99, "message_id": "THIS", "source_addr_ton": 5, "source_addr": "smslab"'


class Dialect(NamedTuple):
    """What sends a message, what tells its id in the answer, and what may be asked of THIS id afterwards.

    Its first question has another answer while the message is remembered.
    """

    sent: str
    id: bytes
    asked: tuple[str, ...]
    before: str = ""


def called(method: str, *given: str) -> str:
    """A call of NetOxygen."""
    return f"POST /api2/ {dumps(('demo', 'demo', *given), method)}".replace("\n", "")


def wrapped(message_id: str) -> str:
    """An enquiry of iSMS's SOAP."""
    fields = {"username": "demo", "password": "demo", "message_id": message_id, "mobile": "306912345678"}
    values = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    envelope = "http://schemas.xmlsoap.org/soap/envelope/"
    return (
        f'POST /api/soap/sms.php <s:Envelope xmlns:s="{envelope}"><s:Body><m:query xmlns:m="urn:sms">'
        f"{values}</m:query></s:Body></s:Envelope>"
    )


DIALECTS = {
    "isms": Dialect(
        f"GET /api/http/send.php?{ISMS}&from=smslab&to=306912345678&message=Hello",
        rb"ID:(\w+)",
        (f"GET /api/http/query.php?{ISMS}&mid=THIS&mobile=306912345678", wrapped("THIS")),
    ),
    "isms-smpp": Dialect(
        'SMPP@esme submit_sm {"source_addr_ton": 5, "source_addr": "smslab", "dest_addr_ton": 1,'
        ' "destination_addr": "306912345678", "short_message": "Hello"}',
        rb"(\w+)\0\Z",
        (
            f"SMPP@esme query_sm {{{MEANT}}}",
            f"SMPP@esme cancel_sm {{{MEANT}}}",
            f'SMPP@esme replace_sm {{{MEANT}, "short_message": "other"}}',
        ),
        BIND,
    ),
    "netoxygen": Dialect(
        called("send_message", "0792223344", "Hello"),
        rb"<string>(\w{32})</string>",
        (called("get_status", "THIS"), called("cancel_message", "THIS")),
    ),
    "iro": Dialect(
        'POST /json/sms {"user": "demo-iro", "message": "Hello", "recipients": ["+49 551 28293640"]}',
        rb"(\d+)",
        ('POST /json/status {"user": "demo-iro", "id": THIS}',),
    ),
    "ip1": Dialect(
        'POST@demo-ip1 /v2/batches {"sender": "iP1", "recipients": ["46701234567"], "body": "Hello"}',
        rb'"id":"(\w{24})"',
        (
            "GET@demo-ip1 /v2/batches/THIS",
            "GET@demo-ip1 /v2/batches/THIS/messages",
            "GET@demo-ip1 /v2/batches/THIS/messages/THIS",
            "DELETE@demo-ip1 /v2/batches/THIS",
        ),
    ),
    "voipe": Dialect(
        f"GET {PLAYSMS}&op=pv&to=0521234567&msg=Hello",
        rb'"queue":"(\w{32})"',
        (f"GET {PLAYSMS}&op=ds&queue=THIS", f"GET {PLAYSMS}&op=ds&smslog_id=1"),
    ),
}


class World:
    """An emulator that remembers one message, and what it says."""

    def __init__(self, emulator: Emulator, peers: Mapping[str, Peer]) -> None:
        self.emulator, self.space = emulator, emulator.spaces[""]
        self._client, self._peers = Client(emulator.wsgi), peers

    def says(self, line: str) -> bytes:
        asked, target, body = [*line.split(" ", 2), ""][:3]
        if asked.startswith("SMPP@"):
            return self._peers[asked.removeprefix("SMPP@")].says(target, body)
        return answered(self._client, asked, target, body).get_data()

    def wait(self) -> None:
        self.emulator.pump.advance(self.space, LONG_AFTER)


@contextmanager
def a_world() -> Iterator[World]:
    emulator = composed(start_of(seed=7, clock="2017-05-11T09:00:00Z", rate=0.0), keep=1)
    with closing(emulator.spaces), peers(emulator) as known:
        yield World(emulator, known)


@pytest.mark.parametrize("name", DIALECTS)
def test_what_left_is_as_unknown_as_what_never_was(name: str) -> None:
    dialect = DIALECTS[name]
    with a_world() as one, a_world() as other:
        for world in (one, other):
            if dialect.before:
                world.says(dialect.before)
        sent = re.search(dialect.id, one.says(dialect.sent))
        assert sent is not None
        asked = [line.replace("THIS", sent[1].decode()) for line in dialect.asked]
        one.wait()
        known = one.says(asked[0])
        for _ in range(2):
            one.says(dialect.sent)
            one.wait()
        other.space.clock.set(now=one.space.clock.now())

        after = [one.says(line) for line in asked]

        assert one.space.store.message(1) is None
        assert after == [other.says(line) for line in asked]
        assert known != after[0]


@pytest.mark.parametrize(
    ("name", "asked", "one"),
    [
        ("iro", 'POST /json/status {"user": "demo-iro"}', b'"status": "sended"'),
        ("iro", 'POST /json/bill {"user": "demo-iro"}', b'"total": {"anz": 1,'),
        ("ip1", "GET@demo-ip1 /v2/batches", b'"body"'),
        ("ip1", "GET@demo-ip1 /v2/conversations/46701234567", b'"batchId"'),
        ("ip1", "GET@demo-ip1 /v2/conversations/46701234567/summary", b'"totalMessageCount":1,'),
        ("voipe", f"GET {PLAYSMS}&op=ds", b'"smslog_id"'),
    ],
)
def test_lists_and_sums_are_of_what_is_left(name: str, asked: str, one: bytes) -> None:
    with a_world() as world:
        for _ in range(3):
            world.says(DIALECTS[name].sent)
            world.wait()

        told = world.says(asked)

    assert told.count(one) == 1
