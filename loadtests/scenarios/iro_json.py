"""Iro over JSON: a POST with the arguments by name."""

from __future__ import annotations

import json
from collections.abc import Mapping

from loadtests.scenarios.iro import Dialect, scenario
from loadtests.scenarios.template import Refused, Reply, Request, decoded


def call(method: str, arguments: Mapping[str, object]) -> Request:
    return Request(f"/json/{method}", json.dumps(arguments).encode(), "application/json")


def result(reply: Reply) -> object:
    match decoded(reply.text):
        case {"status": True, "result": value}:
            return value
        case {"status": False, "error": {"code": code, "msg": text}}:
            raise Refused(f"error {code}: {text}")
    raise Refused(f"HTTP {reply.status}, no answer in JSON: {reply.text}"[:120])


SCENARIO = scenario(Dialect(call=call, result=result))
