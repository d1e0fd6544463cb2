"""Which operation is meant."""

import pytest

from conformance.checks.voipe.calls import NOBODYS, OWNED, refused, succeeded
from conformance.drivers.voipe import VoipeDriver
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("voipe/op/case")
def test_operations_are_known_in_any_case(voipe: VoipeDriver) -> None:
    """As the page prints them, and others."""
    succeeded(voipe.call("Cr"))
    succeeded(voipe.call("CR"))
    refused(voipe.call("Pv"), "201")
    refused(voipe.call("Ds", **OWNED["ds"]), "400")
    refused(voipe.call("In", **OWNED["in"]), "501")
    refused(voipe.call("Get_Token", p="nobody-has-this"), "100")


@requirement("voipe/op/cleaned")
@pytest.mark.parametrize("op", ["c/r", "c|r", "c\\r", 'c"r', "c'r", "c..r", "<b>cr</b>"])
def test_signs_in_an_operation_are_passed_over(voipe: VoipeDriver, op: str) -> None:
    """One at a time."""
    succeeded(voipe.call(op))


@requirement("voipe/op/unknown")
@pytest.mark.parametrize("op", ["nosuchop", "pvx", "bc"])
def test_an_unknown_operation_is_told_so(voipe: VoipeDriver, op: str) -> None:
    """One that was given up long ago among them."""
    refused(voipe.call(op), "101")


@requirement("voipe/op/missing")
@pytest.mark.parametrize("op", [None, "", "0"])
def test_a_missing_operation_is_told_so(voipe: VoipeDriver, op: str | None) -> None:
    """And one that counts as missing."""
    refused(voipe.call(op), "102")


@requirement("voipe/op/first")
def test_an_operation_is_looked_at_before_who_calls(voipe: VoipeDriver) -> None:
    """One that does not exist."""
    known, unknown = voipe.call("nosuchop"), voipe.call("nosuchop", u=None, h=NOBODYS)

    verify((unknown.status, unknown.text[:50])).equals((known.status, known.text[:50]))
    refused(voipe.call("cr", h=NOBODYS), "100")


@requirement("voipe/op/plugins")
@pytest.mark.parametrize("op", ["credit", "phonebook", "sms_board", "sms_poll", "playnet"])
def test_plugins_have_no_operations(voipe: VoipeDriver, op: str) -> None:
    """Each as if it did not exist."""
    plugin, unknown = voipe.call(op, keyword="a"), voipe.call("nosuchop")

    verify((plugin.status, plugin.text[:50])).equals((unknown.status, unknown.text[:50]))
