"""The scenarios by name."""

from __future__ import annotations

from collections.abc import Mapping

from loadtests.scenarios import (
    ip1,
    iro_json,
    iro_soap,
    iro_xmlrpc,
    isms_http,
    isms_soap,
    netoxygen,
    voipe,
)
from loadtests.scenarios.scenario import Scenario

SCENARIOS: Mapping[str, Scenario] = {
    "isms-http": isms_http.SCENARIO,
    "isms-soap": isms_soap.SCENARIO,
    "netoxygen": netoxygen.SCENARIO,
    "iro-xmlrpc": iro_xmlrpc.SCENARIO,
    "iro-soap": iro_soap.SCENARIO,
    "iro-json": iro_json.SCENARIO,
    "ip1": ip1.SCENARIO,
    "ip1-bulk": ip1.BULK,
    "voipe": voipe.SCENARIO,
}
