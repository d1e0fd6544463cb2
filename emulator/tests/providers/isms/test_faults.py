"""How refusals are worded: the most pressing one, in the sentence of the document."""

import tomllib
from itertools import combinations

import pytest

from emulator.core.refusals import Reason, Refused
from emulator.providers.isms.faults import FAULTS, requirement, voiced
from emulator.settings import fixtures

SPECS = fixtures().parent / "specs"

NAMED = {
    "credits": [Reason.BAD_CREDENTIALS],
    "send": [
        Reason.BAD_CREDENTIALS,
        Reason.NO_RECIPIENTS,
        Reason.BAD_SENDER,
        Reason.NO_CREDIT,
        Reason.BAD_SCHEDULE,
    ],
    "query": [Reason.BAD_CREDENTIALS, Reason.NO_ID, Reason.NO_NUMBER, Reason.UNKNOWN_MESSAGE],
    "hlr": [Reason.BAD_CREDENTIALS, Reason.NO_RECIPIENTS, Reason.NO_CREDIT],
    "hlrquery": [Reason.BAD_CREDENTIALS, Reason.NO_ID, Reason.NO_NUMBER, Reason.UNKNOWN_LOOKUP],
    "savecontact": [
        Reason.BAD_CREDENTIALS,
        Reason.NO_CONTACT_NUMBER,
        Reason.BAD_CONTACT_NUMBER,
        Reason.STORAGE_FAILED,
    ],
    "deletecontact": [
        Reason.BAD_CREDENTIALS,
        Reason.NO_CONTACT_NUMBER,
        Reason.BAD_CONTACT_NUMBER,
        Reason.STORAGE_FAILED,
    ],
}
"""The errors of each script, in the order of its list in the document."""


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (Reason.BAD_CREDENTIALS, "Error: Authentication error."),
        (Reason.NO_RECIPIENTS, "Error: No recipients."),
        (Reason.BAD_SENDER, "Error: Invalid sender identity."),
        (Reason.NO_CREDIT, "Error: Insufficient credits."),
        (Reason.BAD_SCHEDULE, "Error: Invalid scheduling date."),
        (Reason.NO_ID, "Error: No message ID defined."),
        (Reason.NO_NUMBER, "Error: No mobile defined."),
        (Reason.UNKNOWN_MESSAGE, "Error: No such message or recipient."),
        (Reason.UNKNOWN_LOOKUP, "Error: No such message ID or mobile."),
        (Reason.NO_CONTACT_NUMBER, "Error: Mobile number is empty."),
        (Reason.BAD_CONTACT_NUMBER, "Error: Invalid mobile number."),
        (Reason.STORAGE_FAILED, "FAILED"),
    ],
)
def test_a_refusal_is_worded_as_the_document_words_it(reason: Reason, text: str) -> None:
    assert voiced(Refused([reason])).text == text


@pytest.mark.parametrize("script", NAMED)
def test_of_several_errors_the_one_listed_first_is_voiced(script: str) -> None:
    for first, second in combinations(NAMED[script], 2):
        assert voiced(Refused([second, first])) == FAULTS[first]


@pytest.mark.parametrize("script", NAMED)
def test_every_voiced_error_names_a_requirement_of_the_catalogue(script: str) -> None:
    catalogue = tomllib.loads((SPECS / "isms.toml").read_text("utf-8"))
    known = {row["id"] for row in catalogue["requirement"]}

    assert {requirement(FAULTS[reason], script) for reason in NAMED[script]} - known == set()
