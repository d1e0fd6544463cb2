"""Who is heard, and what is said where nothing answers."""

import pytest

from emulator.tests.providers.ip1.called import Called


@pytest.mark.parametrize("path", ["/v2/batches", "/v2/nothing", "/v2/", "/api/me", "/me/sms/settings"])
def test_a_call_without_a_token_is_told_nothing_else(path: str) -> None:
    answer = Called().ask("TRACE", path, key="")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_address_that_no_page_has_is_a_problem() -> None:
    answer = Called().ask("GET", "/v2/nothing")

    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert answer.json == {
        "type": "about:blank", "title": "Not Found", "status": 404, "detail": "There is no such address.",
    }  # fmt: skip
