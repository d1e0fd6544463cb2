"""Whatever is sent, the answer is one that ip1.openapi.json has: asked by Schemathesis."""

from collections.abc import Iterable
from typing import Any

import pytest

from conformance.bench import Bench, Place
from conformance.blocked import Blocked
from conformance.drivers.ip1 import SURFACE
from conformance.fuzzing import AT_A_TIME, EXAMPLES, STEPS, Described, Fuzzing, operations, wanted
from conformance.requirement import requirement

FEW = 1  # call drawn by chance, beside the examples of the file

SENDING = "createBatch"

LEEWAY = """
[[operations]]
include-operation-id = "createBatch"  # a window has to close after it opens, and not in the past
checks.positive_data_acceptance.expected-statuses = [201, 400, 401, 403]

[[operations]]
include-operation-id = ["replaceContact", "renameChild"]  # an id in the body has to be that of the path
checks.positive_data_acceptance.expected-statuses = [200, 400, 401, 403, 404]

[[operations]]
include-operation-id = "removeLabel"  # the label of all contacts stays, even where it was given
checks.positive_data_acceptance.expected-statuses = [200, 400, 401, 403, 404]

[[operations]]
include-operation-id = ["listContacts", "deleteContacts"]  # what is no filter is ignored
checks.negative_data_rejection.expected-statuses = [200, 400, 401, 403]

[[operations]]
include-operation-id = ["readSetting", "putSetting", "deleteSetting"]  # without a value it has its default
checks.use_after_free.enabled = false

[[operations]]
include-operation-id = ["readBatch", "listMessages", "readMessage", "deleteBatch"]  # cancelled, it is there
checks.use_after_free.enabled = false
"""
"""What no schema can say, for Schemathesis."""


@requirement("ip1/http/described")
@pytest.mark.parametrize("operation", operations("ip1"), ids=lambda operation: operation.name)
def test_an_answer_is_one_that_is_described(bench: Bench, place: Place, operation: Described) -> None:
    """Whatever is sent; $SMSLAB_EXAMPLES says how much."""
    if not (is_playground(place) or operation.reads or operation.name == SENDING):
        raise Blocked("would change what an account has, again and again")

    fuzzing(bench, place).draw(operation)


@requirement("ip1/http/described")
def test_an_answer_is_described_whatever_came_before(bench: Bench, place: Place) -> None:
    """Calls that follow from each other; $SMSLAB_STEPS says how many."""
    if not is_playground(place):
        raise Blocked("would change what an account has, again and again")

    fuzzing(bench, place).walk(wanted(STEPS, AT_A_TIME))


def is_playground(place: Place) -> bool:
    """Whether the target holds nothing that anybody would miss: the file of a real provider sets limits."""
    return place.target.messages is None


def fuzzing(bench: Bench, place: Place) -> Fuzzing:
    def tamed(case: Any) -> None:
        """Sends go to numbers of our own, where those of others would ring, and are paid for."""
        if is_playground(place) or not isinstance(case.body, dict):
            return
        recipients = case.body.get("recipients")
        if isinstance(recipients, Iterable) and recipients:
            case.body = {**case.body, "recipients": place.numbers(1)}
            place.spend(1, 0)

    return Fuzzing(
        leeway=LEEWAY,
        place=place,
        provider="ip1",
        seed=bench.seed,
        examples=wanted(EXAMPLES, FEW),
        surface=SURFACE,
        tamed=tamed,
    )
