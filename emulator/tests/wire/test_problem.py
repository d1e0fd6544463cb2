"""Problem documents."""

import json

from emulator.wire.problem import problem


def test_a_problem_says_what_its_status_means() -> None:
    assert json.loads(problem(404)) == {"type": "about:blank", "title": "Not Found", "status": 404}


def test_a_problem_says_what_it_is_told() -> None:
    document = problem(422, "No", "ö", type="/problems/no", instance="/list/1", errors={"name": ["empty"]})

    assert document == (
        '{"type":"/problems/no","title":"No","status":422,"detail":"ö","instance":"/list/1",'
        '"errors":{"name":["empty"]}}'
    )


def test_too_large_a_body_is_named_as_rfc_9110_has_it() -> None:
    assert json.loads(problem(413))["title"] == "Content Too Large"
