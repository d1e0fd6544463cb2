"""Iro over XML-RPC: arguments by position."""

from __future__ import annotations

from collections.abc import Mapping

from loadtests.scenarios import xmlrpc
from loadtests.scenarios.iro import Dialect, scenario
from loadtests.scenarios.template import Request


def call(method: str, arguments: Mapping[str, object]) -> Request:
    return xmlrpc.call("/xmlrpc", method, list(arguments.values()))


SCENARIO = scenario(Dialect(call=call, result=xmlrpc.result))
