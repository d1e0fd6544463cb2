"""Every code with its text, in each format."""

import pytest

from conformance.checks.voipe.calls import (
    every_format,
    only,
    refused,
    succeeded,
)
from conformance.checks.voipe.codes import ASKED, Scene
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

TEXTS = {
    "100": "authentication failed",
    "101": "type of action is invalid or unknown",
    "102": "one or more field empty",
    "104": "webservice token is not available",
    "105": "webservice token not enable for this user",
    "106": "webservice token not allowed from this IP address",
    "201": "destination number or message is empty",
    "400": "no delivery status available",
    "401": "no delivery status retrieved and SMS still in queue",
    "402": "no delivery status retrieved and SMS has been processed from queue",
    "501": "no data returned or result is empty",
    "600": "admin level authentication failed",
    "601": "inject message failed",
    "602": "sender id or message is empty",
    "603": "account addition failed due to missing data",
    "604": "fail to add account",
    "605": "account removal failed due to unknown username",
    "606": "fail to remove account",
    "607": "set parent failed due to unknown username",
    "608": "fail to set parent",
    "609": "get parent failed due to unknown username",
    "610": "fail to get parent",
    "611": "account ban failed due to unknown username",
    "612": "fail to ban account",
    "613": "account unban failed due to unknown username",
    "614": "fail to unban account",
    "615": "editing account preferences failed due to missing data",
    "616": "fail to edit account preferences",
    "617": "editing account configuration failed due to missing data",
    "618": "fail to edit account configuration",
    "619": "viewing credit failed due to missing data",
    "620": "fail to view credit",
    "621": "adding credit failed due to missing data",
    "622": "fail to add credit",
    "623": "deducting credit failed due to missing data",
    "624": "fail to deduct credit",
    "625": "setting login key failed due to missing data",
    "626": "fail to set login key",
}


@pytest.mark.parametrize(
    "code", [pytest.param(code, marks=requirement(f"voipe/code/{code}")) for code in TEXTS]
)
def test_a_code_has_its_text(request: pytest.FixtureRequest, code: str) -> None:
    """In JSON, in XML and serialized."""
    ask = ASKED[code](Scene(request))

    for format in ("json", "xml", "serialize"):
        document = ask(format).document
        said = [document.get(name) for name in ("status", "error", "error_string")]
        verify(said).equals(["ERR", code, TEXTS[code]])


@requirement("voipe/code/0")
@every_format
def test_success_is_nought(voipe: VoipeDriver, format: str) -> None:
    """And has no text."""
    text = succeeded(voipe.call("cr", format=format)).get("error_string", 0)

    verify(text or None).equals(None)


@pytest.mark.parametrize(
    "code", [pytest.param(code, marks=requirement(f"voipe/code/{code}")) for code in ("103", "200")]
)
@every_format
def test_what_becomes_of_one_destination_is_told_in_its_entry(
    request: pytest.FixtureRequest, numbers: Numbers, code: str, format: str
) -> None:
    """And nowhere else."""
    scene = Scene(request)
    answer = (
        scene.poor.pv(numbers()[0], format=format) if code == "103" else scene.voipe.pv("abc", format=format)
    )
    entry = only(answer)

    verify((entry.get("status"), entry.get("error"))).equals(("ERR", code))
    verify((answer.code, answer.document.get("error_string") or None)).equals((None, None))


@requirement("voipe/http/no-database")
@pytest.mark.parametrize(("op", "code"), [("cr", "100"), ("ds", "400"), ("in", "501"), ("query", "100")])
def test_what_fails_for_want_of_a_database_has_the_code_for_failures(
    voipe: VoipeDriver, control: Control, op: str, code: str
) -> None:
    """Whatever there would have been to tell."""
    control.set_fault("database", "refuse", provider="voipe", reason="storage-failed", times=1)

    refused(voipe.call(op), code)


@requirement("voipe/code/627")
@every_format
def test_one_code_has_no_text(voipe: VoipeDriver, control: Control, numbers: Numbers, format: str) -> None:
    """That of a number which was listed before."""
    (number,) = numbers()
    succeeded(voipe.call("stoplist", from_=number))
    document = voipe.call("stoplist", from_=number, format=format).document

    verify([document.get(name) or None for name in ("status", "error", "error_string")]).equals(
        ["ERR", "627", None]
    )
