"""JUnit XML: a test case for each budget and each stage, as CI servers show them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from loadtests.accounting.reconciliation import FINDINGS
from loadtests.planning.shape import Shape
from loadtests.reporting.result import EXAMPLES, Result
from loadtests.reporting.steps import Step
from loadtests.reporting.verdict import Judgement

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

BEHIND = {
    "lost": ("missing", "unfinished", "unreported"),
    "doubled": ("stored_twice", "reported_twice"),
    "early": ("early",),
    "stray": ("stray",),
    "contradicted": ("contradicted",),
}
"""Which findings a measure counts."""


def junit(result: Result) -> str:
    """A stage that did not hold is no failure of its own: where that matters, there is a budget for it."""
    failures = sum(not judgement.met for judgement in result.judgements)
    steps = result.steps if result.plan.shape in (Shape.BURST, Shape.RAMP) else ()
    numbers = {
        "tests": str(len(result.judgements) + len(steps)),
        "failures": str(failures),
        "errors": "0",
        "time": f"{result.plan.seconds:.3f}",
    }
    name = f"smslab load {result.plan.scenario}"
    root = Element("testsuites", {"name": name, **numbers})
    stamp = result.began.strftime("%Y-%m-%dT%H:%M:%S")
    suite = SubElement(root, "testsuite", {**numbers, "name": name, "timestamp": stamp, "skipped": "0"})
    properties = SubElement(suite, "properties")
    for key, value in described(result):
        SubElement(properties, "property", {"name": key, "value": clean(value)})
    for judgement in result.judgements:
        budget_case(suite, result, judgement)
    for step in steps:
        step_case(suite, result, step)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def described(result: Result) -> Iterator[tuple[str, str]]:
    plan = result.plan
    yield "target", result.target
    yield "shape", plan.shape
    yield "rate", f"{plan.rate:g}"
    yield "messages", str(result.planned[1])
    yield "accepted", str(result.checked.accepted)


def budget_case(suite: Element, result: Result, judgement: Judgement) -> None:
    measure = judgement.budget.measure
    case = SubElement(
        suite, "testcase", {"classname": result.plan.scenario, "name": measure, "time": "0.000"}
    )
    told = "was not measured" if judgement.value is None else f"is {judgement.value:g}"
    said = f"{measure} {told}, {judgement.budget}"
    if judgement.met:
        SubElement(case, "system-out").text = said
    else:
        failure = SubElement(case, "failure", {"message": said, "type": judgement.standing})
        failure.text = clean("\n".join([said, *examples(result, BEHIND.get(measure, ()))]))


def examples(result: Result, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        for key in result.findings.get(name, ())[:EXAMPLES]:
            yield f"{FINDINGS[name]}: {key.number} in {key.reference or 'no call'}"


def step_case(suite: Element, result: Result, step: Step) -> None:
    attributes = {
        "classname": f"{result.plan.scenario}.stages",
        "name": f"{step.stage.rate:g} a second from second {step.begin:g} on",
        "time": f"{step.stage.seconds:.3f}",
    }
    measured = [f"{name} {value:g}" for name, value in asdict(step.pace).items() if value is not None]
    told = f"{'within' if step.held else 'beyond'} the budgets: {', '.join(measured)}"
    SubElement(SubElement(suite, "testcase", attributes), "system-out").text = told


def clean(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)
