"""The scenarios by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from loadtests.planning.plan import Plan
from loadtests.scenarios import (
    ip1,
    iro_json,
    iro_soap,
    iro_xmlrpc,
    isms_http,
    isms_soap,
    netoxygen,
    smpp,
    voipe,
)
from loadtests.scenarios.numbers import Numbering
from loadtests.scenarios.scenario import HttpScenario, Scenario

OVER_HTTP: Mapping[str, HttpScenario] = {
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

SCENARIOS: Mapping[str, Scenario] = {**OVER_HTTP, "smpp-700": smpp.ONE, "smpp-7x700": smpp.MANY}


def spoken(plan: Plan) -> Scenario:
    """Its scenario, to the numbers that it was told to send to."""
    chosen = SCENARIOS[plan.scenario]
    return replace(chosen, numbers=Numbering(plan.numbers)) if plan.numbers else chosen


MIXED = "mixed"
DIALECTS = tuple(name for name in SCENARIOS if name not in ("ip1-bulk", "smpp-7x700"))
"""What the mixed scenario is made of, unless the run says otherwise: one scenario of each dialect."""

NAMES = (*SCENARIOS, MIXED)
