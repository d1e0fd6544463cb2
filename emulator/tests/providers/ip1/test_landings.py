"""Landing pages and their elements."""

import json
from typing import Any

import pytest

from emulator.tests.providers.ip1.called import NOTHING, OTHER_KEY, UNKNOWN, Called

HEADLINE = {"type": "Headline", "order": 0, "text": "Hello"}


@pytest.fixture
def called() -> Called:
    return Called()


def made(called: Called, *elements: object, **more: object) -> dict[str, Any]:
    """A landing page, as the answer shows it."""
    answer = called.ask("POST", "/v2/landings", {"name": "Welcome", "elements": list(elements), **more})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = json.loads(answer.text)
    return found


def test_a_landing_page_is_shown_with_its_links(called: Called) -> None:
    page = made(called)

    assert called.get(f"/v2/landings/{page['id']}") == page
    assert page == {
        "id": page["id"],
        "name": "Welcome",
        "views": {},
        "link": f"https://landing.ip1.net/{page['id']}",
        "shortLink": page["shortLink"],
        "lastModified": "2026-03-02T09:00:00.000Z",
        "elements": [],
    }


def test_every_landing_page_has_links_of_its_own(called: Called) -> None:
    pages = [made(called), made(called)]

    assert len({page[name] for page in pages for name in ("id", "link", "shortLink")}) == 6


def test_what_cannot_be_written_is_not_looked_at(called: Called) -> None:
    page = made(called, id=UNKNOWN, views={"2021": 6}, link="mine", lastModified=7)

    assert page["id"] != UNKNOWN
    assert page["views"] == {}


def test_another_name_leaves_the_rest(called: Called) -> None:
    page = made(called, HEADLINE)
    called.advance(0.25)

    answer = called.ask(
        "PUT", f"/v2/landings/{page['id']}", {"name": "Bye", "elements": [], "views": {"1": 1}}
    )

    assert answer.json == {**page, "name": "Bye", "lastModified": "2026-03-02T09:00:00.250Z"}


def test_everything_at_fault_is_named(called: Called) -> None:
    errors = called.errors("POST", "/v2/landings", {"elements": [HEADLINE, 7, {"type": "", "bold": 1}]})

    assert list(errors) == ["Name", "Elements[1]", "Elements[2].Bold", "Elements[2].Type"]
    assert called.get("/v2/landings") == []


def test_a_landing_page_goes_with_its_elements(called: Called) -> None:
    page = made(called, HEADLINE)

    assert called.ask("DELETE", f"/v2/landings/{page['id']}").json == page
    assert called.ask("GET", f"/v2/landings/{page['id']}/elements").status_code == 404


def test_landing_pages_of_others_are_not_there(called: Called) -> None:
    path = f"/v2/landings/{made(called, HEADLINE)['id']}"

    calls = [("GET", ""), ("DELETE", ""), ("GET", "/elements")]
    answers = [called.ask(method, path + rest, key=OTHER_KEY) for method, rest in calls]
    answers.append(called.ask("PUT", path, {"name": "Mine"}, key=OTHER_KEY))
    answers.append(called.ask("POST", f"{path}/elements", HEADLINE, key=OTHER_KEY))

    assert [answer.status_code for answer in answers] == [404] * 5
    assert called.get("/v2/landings", key=OTHER_KEY) == []


@pytest.mark.parametrize(("status", "answered"), [(201, 201), (200, 200)])
def test_the_status_of_what_is_new_is_a_switch(status: int, answered: int) -> None:
    called = Called(created_status=status)

    page = called.ask("POST", "/v2/landings", {"name": "Welcome"})
    element = called.ask("POST", f"/v2/landings/{page.json['id']}/elements", HEADLINE)  # type: ignore[index]

    assert (page.status_code, element.status_code) == (answered, answered)


def test_an_element_is_made_changed_and_taken_away(called: Called) -> None:
    path = f"/v2/landings/{made(called)['id']}/elements"
    element = called.ask("POST", path, HEADLINE).json
    assert element is not None

    changed = called.ask("PUT", f"{path}/{element['id']}", {"type": "Image", "id": UNKNOWN})

    assert changed.json == {"type": "Image", "id": element["id"], "order": 0}
    assert called.get(path) == [changed.json]
    assert called.ask("DELETE", f"{path}/{element['id']}").json == changed.json
    assert called.get(path) == []


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_an_element_of_another_page_is_not_found(method: str, called: Called) -> None:
    page, other = made(called), made(called, HEADLINE)
    path = f"/v2/landings/{page['id']}/elements/{other['elements'][0]['id']}"

    answer = called.ask(method, path, HEADLINE if method == "PUT" else NOTHING)

    assert answer.status_code == 404
    assert called.get(f"/v2/landings/{other['id']}") == other


def test_a_refused_element_changes_nothing(called: Called) -> None:
    page = made(called, HEADLINE)
    path = f"/v2/landings/{page['id']}/elements"
    called.advance(1)

    called.errors("POST", path, {"type": "x", "textAlignment": "Middle"})
    called.errors("PUT", f"{path}/{page['elements'][0]['id']}", {"order": 1})

    assert called.get(f"/v2/landings/{page['id']}") == page


def test_elements_come_in_pages(called: Called) -> None:
    page = made(called, *({"type": str(n), "order": n} for n in range(5)))

    answer = called.ask("GET", f"/v2/landings/{page['id']}/elements?start=1&limit=2&order=DESC")

    assert [one["type"] for one in answer.json or ()] == ["3", "2"]
    assert 'start=3&limit=2&order=DESC>; rel="next"' in answer.headers["Link"]


def test_making_and_taking_away_elements_can_be_left_out() -> None:
    called = Called(element_calls=False)
    page = made(called, HEADLINE)
    path = f"/v2/landings/{page['id']}/elements"

    refused = [
        called.ask("POST", path, HEADLINE),
        called.ask("DELETE", f"{path}/{page['elements'][0]['id']}"),
    ]

    assert [(answer.status_code, answer.headers["Allow"]) for answer in refused] == [
        (405, "GET"),
        (405, "GET, PUT"),
    ]
    assert called.get(path) == page["elements"]
