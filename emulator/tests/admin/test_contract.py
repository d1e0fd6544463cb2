"""Schemathesis reads the description and calls what it finds there, rightly, wrongly, and in any order."""

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import schemathesis
from hypothesis import settings
from hypothesis import strategies as st

from emulator.admin.queries import LONGEST_WAIT
from emulator.core.clock import FIRST, LAST
from emulator.tests.admin.called import Called

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

TOKEN = "open-sesame"

CONFIG = f"""
headers = {{ Authorization = "Bearer {TOKEN}" }}

[generation]
deterministic = true
database = "none"
max-examples = 12

[[operations]]
include-path = "/events"      # has no end; test_stream.py listens to it
enabled = false

[[operations]]
include-path = "/messages/wait"      # nothing may have come
checks.positive_data_acceptance.expected-statuses = [200, 408]

[[operations]]
include-path = "/import"      # no schema says which archives are consistent
checks.positive_data_acceptance.expected-statuses = [204, 400]

[[operations]]
include-operation-id = "putSpace"      # switches have rules beyond their types
checks.positive_data_acceptance.expected-statuses = [200, 201, 400]

[[operations]]
include-operation-id = "putFault"      # a provider may have no words for a refusal
checks.positive_data_acceptance.expected-statuses = [200, 201, 422]

[[operations]]
include-path = "/clock/advance"      # the clock may have come to its end
checks.positive_data_acceptance.expected-statuses = [200, 400]
"""

MOMENTS = st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None)).map(
    lambda at: f"{at.isoformat()}Z"
)


def impatient(app: "WSGIApplication") -> "WSGIApplication":
    """The application for callers without time: who may wait for seconds waits for a millisecond."""

    def served(environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        query = environ["QUERY_STRING"]
        asked = dict(parse_qsl(query, keep_blank_values=True)).get("timeout")
        if environ["PATH_INFO"].endswith("/messages/wait") and (asked is None or is_patient(asked)):
            others = re.sub(r"(^|&)timeout=[^&]*", "", query)
            environ["QUERY_STRING"] = f"{others}&timeout=0.001".lstrip("&")
        return app(environ, start_response)

    return served


def is_patient(timeout: str) -> bool:
    """Whether it is a valid timeout."""
    return re.fullmatch(r"\d+(\.\d+)?(e[-+]?\d+)?", timeout) is not None and float(timeout) <= LONGEST_WAIT


schemathesis.openapi.format("date-time", MOMENTS)
CALLED = Called(token=TOKEN)

schema = schemathesis.openapi.from_wsgi(
    "/_emulator/openapi.json",
    impatient(CALLED.emulator.wsgi),
    headers={"Authorization": f"Bearer {TOKEN}"},
    config=schemathesis.Config.from_str(CONFIG),
)


@schema.parametrize()
def test_every_call_keeps_to_its_description(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate()


class Calls(schema.as_state_machine()):  # type: ignore[misc]  # a class made at run time
    """Calls along the links of the description, each series in a world as it started."""

    def setup(self) -> None:
        for space in CALLED.emulator.spaces.all():
            CALLED.emulator.spaces.drop(space.name)
        CALLED.space.snapshots.clear()
        CALLED.space.reset()


TestCallsInAnyOrder = Calls.TestCase
TestCallsInAnyOrder.settings = settings(max_examples=12, stateful_step_count=8, deadline=None)
