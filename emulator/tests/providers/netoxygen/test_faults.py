"""How refusals are worded: the most pressing one, with its code and text of the document."""

import tomllib
from itertools import combinations

import pytest

from emulator.core.refusals import Reason, Refused
from emulator.providers.netoxygen.faults import FAULTS, MISUSES, Fault, voiced
from emulator.providers.netoxygen.quirks import Quirks
from emulator.settings import fixtures

RANKED = [
    Reason.BAD_CREDENTIALS,
    Reason.EMPTY_TEXT,
    Reason.TEXT_TOO_LONG,
    Reason.BAD_SENDER,
    Reason.BAD_RECIPIENT,
    Reason.NO_CREDIT,
]
"""What may be wrong with a message, the most pressing first."""


@pytest.mark.parametrize(
    ("reason", "code", "text"),
    [
        (Reason.BAD_CREDENTIALS, 401, "Authentication failed."),
        (Reason.EMPTY_TEXT, 7, "Empty message"),
        (Reason.TEXT_TOO_LONG, 8, "Max message length exceeded"),
        (Reason.BAD_SENDER, 6, "Invalid source number"),
        (Reason.BAD_RECIPIENT, 5, "Invalid destination number"),
        (Reason.NO_RECIPIENTS, 5, "Invalid destination number"),
        (Reason.NO_CREDIT, 2, "Gateway error"),
        (Reason.ROUTE_DOWN, 2, "Gateway error"),
        (Reason.NO_ROUTE, 3, "Message routing error"),
    ],
)
def test_a_refusal_has_the_code_and_the_text_of_the_table(reason: Reason, code: int, text: str) -> None:
    fault = voiced(Refused([reason]), Quirks())

    assert (fault.code, fault.text) == (code, text)


def test_of_several_objections_the_most_pressing_is_voiced() -> None:
    for first, second in combinations(RANKED, 2):
        assert voiced(Refused([second, first]), Quirks()).text == FAULTS[first].text


def test_every_fault_names_a_requirement_of_the_catalogue() -> None:
    catalogue = tomllib.loads((fixtures().parent / "specs" / "netoxygen.toml").read_text("utf-8"))
    known = {row["id"] for row in catalogue["requirement"]}
    faults: list[Fault] = [*FAULTS.values(), *(one for table in MISUSES.values() for one in table.values())]

    assert {fault.requirement for fault in faults} - known == set()
