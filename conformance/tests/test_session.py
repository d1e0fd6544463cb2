"""Tools that ask with requests speak over our own client, which keeps every octet."""

from conformance.drivers.http import HttpClient
from conformance.receiver import Receiver
from conformance.session import session
from conformance.tape import Tape


def test_what_a_tool_asks_is_sent_recorded_and_answered() -> None:
    tape = Tape()

    with (
        Receiver() as heard,
        HttpClient(f"{heard.address}/~space", tape=tape, surface="tried") as client,
        session(client) as asking,
    ):
        reply = asking.post(f"{heard.address}/~space/a?b=c", json={"ä": 1}, headers={"X-Own": "yes"})
        callback = heard.wait()[0]

    assert (callback.method, callback.target, callback.body) == ("POST", "/~space/a?b=c", b'{"\\u00e4": 1}')
    assert callback.headers["X-Own"] == "yes"
    assert (reply.status_code, reply.request.method) == (200, "POST")
    assert [one.surface for one in tape.exchanges] == ["tried"]


def test_a_tool_says_nothing_of_itself() -> None:
    with Receiver() as heard, HttpClient(heard.address) as client, session(client) as asking:
        asking.get(heard.address, headers={"X-Schemathesis-TestCaseId": "x7"})
        callback = heard.wait()[0]

    assert {name.lower() for name in callback.headers} <= {"host", "user-agent", "accept"}
