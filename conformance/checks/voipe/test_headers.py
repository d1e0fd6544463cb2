"""How answers are labelled."""

import pytest

from conformance.checks.voipe.calls import (
    NOBODYS,
    query,
)
from conformance.drivers.voipe import WS, VoipeDriver
from conformance.requirement import requirement
from conformance.verify import verify

SESSION = {
    "X-Frame-Options": "SAMEORIGIN",
    "Set-Cookie": "PHPSESSID",
    "Expires": "Thu, 19 Nov 1981 08:52:00 GMT",
    "Cache-Control": "no-store, no-cache, must-revalidate",
    "Pragma": "no-cache",
}


@requirement("voipe/http/status-200")
def test_every_answer_has_status_200(voipe: VoipeDriver, stranger: VoipeDriver) -> None:
    """Successes and refusals."""
    answers = [
        voipe.call("cr"),
        stranger.call("cr"),
        voipe.call("creditview"),
        voipe.call("ds", queue=NOBODYS),
        voipe.call("pv"),
        voipe.call("nosuchop"),
        voipe.call(None),
    ]

    verify([answer.status for answer in answers]).equals([200] * len(answers))


@pytest.mark.parametrize(
    ("format", "label"),
    [
        pytest.param("json", "application/json", marks=requirement("voipe/http/json-type")),
        pytest.param("xml", "text/xml;charset=UTF-8", marks=requirement("voipe/http/xml-type")),
        pytest.param("serialize", "text/plain;charset=UTF-8", marks=requirement("voipe/http/serialize-type")),
    ],
)
def test_each_format_has_its_label(
    voipe: VoipeDriver, stranger: VoipeDriver, format: str, label: str
) -> None:
    """A success and a refusal."""
    labels = [one.call("cr", format=format).headers["Content-Type"] for one in (voipe, stranger)]

    verify(labels).equals([label, label])


@requirement("voipe/http/headers")
def test_the_headers_are_those_of_a_session(voipe: VoipeDriver) -> None:
    """Beside the label."""
    headers = voipe.call("cr").headers

    verify({name: str(headers[name]).partition("=")[0] for name in SESSION}).equals(SESSION)


@requirement("voipe/http/cookie")
def test_a_cookie_is_given_to_who_has_none(voipe: VoipeDriver) -> None:
    """Once."""
    first = voipe.get(f"{WS}&{query(voipe, 'cr')}")
    given = verify(first.headers["Set-Cookie"]).matches(r"(PHPSESSID=[0-9a-z]{26}); path=/")[1]

    second = voipe.get(f"{WS}&{query(voipe, 'cr')}", cookie=given)
    verify(second.headers["Set-Cookie"]).equals(None)
