"""Faults: every kind has a number and a text."""

from itertools import combinations

import pytest

from emulator.core.refusals import Reason, Refused
from emulator.providers.iro import json, soap, xmlrpc
from emulator.providers.iro.faults import (
    FAULTS,
    Declined,
    Framework,
    Invalid,
    NoAddress,
    NoNumber,
    Unfit,
    Unknown,
    Unreadable,
    worded,
)
from emulator.providers.iro.quirks import Quirks

QUIRKS = Quirks()


@pytest.mark.parametrize(
    ("reason", "code", "text"),
    [
        (Reason.NO_RECIPIENTS, 700, "Validation of 'recipients' failed."),
        (Reason.BAD_RECIPIENT, 700, "Validation of 'recipients' failed."),
        (Reason.BAD_CREDENTIALS, 901, "API-Key is false."),
        (Reason.NO_ROUTE, 800, "No route found."),
        (Reason.UNKNOWN_MESSAGE, 801, "Job not found."),
        (Reason.ROUTE_DOWN, 950, "Error in external API."),
        (Reason.NO_CREDIT, 950, "Error in external API."),
        (Reason.STORAGE_FAILED, 999, "Unknown Error."),
        (Reason.BAD_SENDER, 999, "Unknown Error."),
    ],
)
def test_a_reason_is_worded(reason: Reason, code: int, text: str) -> None:
    assert worded(Refused([reason]), QUIRKS, {})[:2] == (code, text)


@pytest.mark.parametrize(("more", "less"), list(combinations(FAULTS, 2)))
def test_of_two_reasons_the_more_pressing_is_told(more: Reason, less: Reason) -> None:
    assert worded(Refused([less, more]), QUIRKS, {}) == FAULTS[more]


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (Invalid("id"), 700, "Validation of 'id' failed."),
        (NoNumber("{0}"), 702, "No valid telnumber: '{0}'"),
        (NoAddress("a@b"), 703, "No valid email: 'a@b'"),
    ],
)
def test_what_is_wrong_is_named(error: Declined, code: int, text: str) -> None:
    assert worded(error, QUIRKS, {})[:2] == (code, text)


@pytest.mark.parametrize("framework", [xmlrpc.TWISTED, json.TWISTED])
def test_the_framework_words_what_breaks_a_call(framework: Framework) -> None:
    told = [worded(error, QUIRKS, framework)[:2] for error in (Unreadable("why"), Unknown("x"), Unfit("sms"))]

    assert told == [(8002, "Can't deserialize input: why"), (8001, "procedure x not found"), (8002, "error")]


def test_over_soap_the_framework_has_other_words() -> None:
    told = [worded(error, QUIRKS, soap.PUBLISHER)[:2] for error in (Unknown("x"), Unfit("sms"))]

    assert told == [("Client", "Method x not found"), ("Server", "Method sms failed.")]
