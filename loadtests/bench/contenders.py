"""WireMock, Prism and moto, as somebody would set them up to try a sender of short messages against."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlencode

from loadtests.bench.installed import Lacking, of_npm, of_pip
from loadtests.bench.rival import Command, Rival, program
from loadtests.bench.subject import NAME, call_of
from loadtests.scenarios.template import MARKS, Request, cut

WIREMOCK, PRISM, MOTO = "wiremock@3.13.2", "@stoplight/prism-cli@5.16.0", "moto[server]==5.2.5"
KEPT = "10000"  # requests that are remembered, as many as the emulator remembers

SEND: Mapping[str, object] = {
    "request": {
        "method": "GET",
        "urlPath": "/api/http/send.php",
        "queryParameters": {
            "username": {"equalTo": NAME},
            "password": {"equalTo": NAME},
            "to": {"matches": "[0-9,]+"},
        },
    },
    "response": {
        "status": 200,
        "headers": {"Content-Type": "text/html"},
        "body": "ID:{{randomValue length=10 type='ALPHANUMERIC' uppercase=true}}",
        "transformers": ["response-template"],
    },
}
"""The script with its parameters matched, and an identifier made up for each answer."""

DESCRIPTION = Path(__file__).parents[2] / "specs" / "ip1.openapi.json"

PUBLISH = {
    "Action": "Publish",
    "Version": "2010-03-31",
    "Message": "Your parcel has arrived. Code 4711.",
    "PhoneNumber": f"+{MARKS[0]}",
}
"""What differs comes last."""

SIGNED = "Credential=bench/20260302/us-east-1/sns/aws4_request"  # names the service; nobody checks it


def wiremock(cache: Path) -> Command:
    java = program("java")
    (jar,) = (of_npm(cache, WIREMOCK) / "build").glob("wiremock-standalone-*.jar")

    def command(folder: Path, port: int) -> Sequence[str]:
        stubs = folder / "mappings"
        stubs.mkdir()
        (stubs / "send.json").write_text(json.dumps(SEND), "utf-8")
        here = ("--bind-address", "127.0.0.1", "--port", str(port), "--root-dir", str(folder))
        quick = ("--disable-request-logging", "--max-request-journal-entries", KEPT)
        return java, "-jar", str(jar), *here, *quick, "--use-chunked-encoding", "never"

    return command


def prism(cache: Path) -> Command:
    node = program("node")
    if not DESCRIPTION.is_file():
        raise Lacking("specs/ip1.openapi.json is not beside the benchmarks")
    script = of_npm(cache, PRISM) / "dist" / "index.js"
    mock = (node, str(script), "mock", "--verboseLevel", "silent", "--host", "127.0.0.1")
    return lambda _, port: (*mock, "--port", str(port), str(DESCRIPTION))


def moto(cache: Path) -> Command:
    server = of_pip(cache, MOTO, "moto_server")
    return lambda _, port: (str(server), "--host", "127.0.0.1", "--port", str(port))


CONTENDERS = (
    Rival(
        name="WireMock",
        dialect="isms-http",
        installed=wiremock,
        template=call_of("isms-http"),
        sign="ID:",
    ),
    Rival(name="Prism", dialect="ip1", installed=prism, template=call_of("ip1"), sign='"owner"'),
    Rival(
        name="moto's SNS",
        dialect="isms-http",
        installed=moto,
        template=cut(
            Request("/", urlencode(PUBLISH).encode(), "application/x-www-form-urlencoded", token=SIGNED)
        ),
        sign="<MessageId>",
    ),
)
