"""The statement that is filled in from a run, for SMSCs that speak SMPP 3.4."""

from pathlib import Path

import msgspec
import pytest

from conformance.catalogue import catalogue
from conformance.drivers.smpp_pdus import ANSWER, BIND_TRANSCEIVER, SUBMIT_SM
from conformance.drivers.smpp_statuses import Status as CommandStatus
from conformance.record import Run, read
from conformance.renderings.pics import Filled, Support, filled, pics, statement
from conformance.renderings.sightings import Kind, sightings

RECORDS = Path(__file__).parent / "records"
LINES = [(form, line) for form in statement() for line in form.lines]


@pytest.fixture(scope="module")
def run() -> Run:
    return read(RECORDS / "smpp.jsonl")


def line(run: Run, feature: str, title: str = "") -> Filled:
    [found] = [
        one
        for name, lines in filled(run).items()
        for one in lines
        if one.line.feature == feature and name.startswith(title)
    ]
    return found


def test_every_requirement_of_smpp_fills_a_line_in() -> None:
    named = {name for _, line in LINES for name in line.shown}

    assert sorted(named) == sorted(row.id for row in catalogue() if row.provider == "smpp34")


def test_the_form_names_a_feature_once_in_a_table() -> None:
    names = [(form.title, line.feature) for form, line in LINES]

    assert len(names) == len({*names})


def test_the_form_asks_for_every_status_that_an_smsc_answers() -> None:
    numbers = {line.number for form, line in LINES if form.seen is Kind.STATUS}
    of_esmes = {CommandStatus.RX_T_APPN, CommandStatus.RX_P_APPN, CommandStatus.RX_R_APPN}

    assert numbers == {*CommandStatus} - of_esmes


@pytest.mark.parametrize(
    ("feature", "support", "evidence"),
    [
        ("bind as transceiver", Support.YES, ("`smpp34/bind/transceiver`",)),
        ("sm_length", Support.NO, ("`smpp34/submit/length-over` failed",)),
        ("intermediate notifications", Support.NO, ("`smpp34/receipts/intermediate` unsupported",)),
        ("outbind", Support.UNKNOWN, ()),
        ("inactivity_timer", Support.UNKNOWN, ()),
        ("ESME_ROK", Support.YES, ("`smpp34/bind/transceiver`", "`smpp34/bind/interface-version`")),
    ],
)
def test_a_line_is_filled_in(run: Run, feature: str, support: Support, evidence: tuple[str, ...]) -> None:
    found = line(run, feature, "S" if feature == "outbind" else "")

    assert found.support is support
    assert found.evidence[:2] == evidence


def test_what_was_done_in_part_is_said_with_what_was_not(run: Run) -> None:
    rows = [msgspec.structs.replace(row, verdict="met") for row in run.verdicts]
    longest = msgspec.structs.replace(rows[0], id="smpp34/submit/longest", verdict="failed")
    other = msgspec.structs.replace(run, verdicts=(*rows, longest))

    found = line(other, "sm_length")

    assert found.support is Support.PARTLY
    assert found.evidence == ("`smpp34/submit/longest` failed", "`smpp34/submit/length-over`")


def test_what_a_line_is_worth_is_its_strongest_requirement(run: Run) -> None:
    assert [line(run, name).status for name in ("bind as transceiver", "sc_interface_version")] == ["m", "r"]
    assert [line(run, name).status for name in ("intermediate notifications", "ESME_ROK")] == ["o", None]


def test_commands_statuses_and_parameters_are_seen_in_octets(run: Run) -> None:
    seen = sightings(run, "smpp34")

    assert seen.keys() == {
        (Kind.COMMAND, BIND_TRANSCEIVER | ANSWER),
        (Kind.COMMAND, SUBMIT_SM | ANSWER),
        (Kind.STATUS, CommandStatus.ROK),
        (Kind.STATUS, CommandStatus.RINVMSGLEN),
        (Kind.PARAMETER, 0x0210),
    }


def test_a_run_without_smpp_has_no_statement() -> None:
    assert pics(read(RECORDS / "small.jsonl")) == ""


def test_the_statement_is_what_it_was(run: Run) -> None:
    assert pics(run) == (RECORDS / "smpp34-pics.md").read_text(encoding="utf-8")
