"""The scenarios by name."""

from __future__ import annotations

from collections.abc import Mapping

from loadtests.scenarios import iro_json, iro_soap, iro_xmlrpc, isms_http, isms_soap, netoxygen
from loadtests.scenarios.scenario import Scenario

SCENARIOS: Mapping[str, Scenario] = {
    "isms-http": isms_http.SCENARIO,
    "isms-soap": isms_soap.SCENARIO,
    "netoxygen": netoxygen.SCENARIO,
    "iro-xmlrpc": iro_xmlrpc.SCENARIO,
    "iro-soap": iro_soap.SCENARIO,
    "iro-json": iro_json.SCENARIO,
}
