"""The line to copy sends the very request that was made."""

import subprocess
from shutil import which

import pytest

from conformance.drivers.curl import command
from conformance.drivers.http import HttpClient
from conformance.receiver import Receiver
from conformance.tape import Exchange, Tape

BASE = "http://127.0.0.1:8000"
HOST = b"Host: 127.0.0.1:8000\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"


def exchange(request: bytes) -> Exchange:
    return Exchange(surface="test", base=BASE, request=request, response=b"", took=0.0)


@pytest.mark.parametrize(
    ("request_octets", "line"),
    [
        (b"GET /a?x=1 HTTP/1.1\r\n" + HOST + b"\r\n", f"curl -sSi '{BASE}/a?x=1'"),
        (b"GET /a HTTP/1.1\r\nHost: other\r\n\r\n", f"curl -sSi -H 'Host: other' {BASE}/a"),
        (b"GET /a?x[]=1 HTTP/1.1\r\n" + HOST + b"\r\n", f"curl -sSi -g '{BASE}/a?x[]=1'"),
        (b"GET /../a HTTP/1.1\r\n" + HOST + b"\r\n", f"curl -sSi --path-as-is {BASE}/../a"),
        (b"HEAD /a HTTP/1.1\r\n" + HOST + b"\r\n", f"curl -sSi -I {BASE}/a"),
        (b"DELETE /a HTTP/1.1\r\n" + HOST + b"\r\n", f"curl -sSi -X DELETE {BASE}/a"),
        (
            b"POST /a HTTP/1.1\r\n" + HOST + FORM + b"Content-Length: 3\r\n\r\nx=1",
            f"curl -sSi --data-raw x=1 {BASE}/a",
        ),
        (
            b"POST /a HTTP/1.1\r\n" + HOST + b"Content-Length: 7\r\n\r\nit's \xce\xbb",
            f"curl -sSi -H Content-Type: --data-raw 'it'\"'\"'s λ' {BASE}/a",
        ),
        (b"POST /a HTTP/1.1\r\n" + HOST + b"Content-Length: 0\r\n\r\n", f"curl -sSi -X POST {BASE}/a"),
        (b"GET /a b HTTP/1.1\r\n\r\n", r"printf 'GET /a b HTTP/1.1\r\n\r\n' | nc 127.0.0.1 8000"),
        (
            b"POST /a HTTP/1.1\r\n\r\n\xff%\\",
            r"printf 'POST /a HTTP/1.1\r\n\r\n\377%%\\' | nc 127.0.0.1 8000",
        ),
    ],
)
def test_a_request_becomes_a_line(request_octets: bytes, line: str) -> None:
    assert command(exchange(request_octets)) == line


@pytest.mark.skipif(which("curl") is None, reason="needs curl")
@pytest.mark.parametrize(
    ("method", "target", "body", "headers"),
    [
        ("GET", "/api/http/send.php?message=caf%C3%A9+%26&to=1,2", None, {}),
        ("POST", "/dlr?job=7", "mid=Ω 'quoted' $HOME\nline".encode(), {"Content-Type": "text/plain"}),
        ("PUT", "/a/../b?x[]=%00", b"{}", {"X-Empty": ""}),
    ],
)
def test_curl_repeats_the_request(
    method: str, target: str, body: bytes | None, headers: dict[str, str]
) -> None:
    tape = Tape()
    with Receiver() as receiver:
        with HttpClient(receiver.address, tape=tape) as client:
            client.request(method, target, body=body, headers=headers)
        subprocess.run(command(tape.exchanges[0]), shell=True, check=True, capture_output=True, timeout=10)
        ours, theirs = receiver.wait(2)

    assert (theirs.method, theirs.target, theirs.body) == (ours.method, ours.target, ours.body)
    assert {name: theirs.headers[name] for name in headers} == headers
