"""Elements of landing pages."""

from typing import Any

import pytest

from conformance.checks.ip1.book import TITLE, Pages, answered, element, landing, shown
from conformance.checks.ip1.calls import ID, UNKNOWN, Document, done, id_of, listed, refused
from conformance.clock import Clock
from conformance.drivers.ip1 import Ip1Driver
from conformance.requirement import requirement
from conformance.verify import verify

TEXTS = [
    "type",
    "backgroundColor",
    "foregroundColor",
    "padding",
    "margin",
    "textAlignment",
    "font",
    "content",
]
NUMBERS = ["order", "level"]
SWITCHES = ["bold", "italic", "underline"]


@pytest.fixture
def page(pages: Pages) -> str:
    """A landing page with one element."""
    return id_of(pages.add(elements=[TITLE]))


def made(ip1: Ip1Driver, page: str, **members: object) -> Document:
    """An element that is made, as the answer shows it."""
    return done(ip1.post(element(page), {**TITLE, **members}))


def first(ip1: Ip1Driver, page: str) -> str:
    """The id of the first element, which has to be there."""
    found = listed(ip1.get(element(page)))
    verify(found).holds(bool, "an element")
    return id_of(found[0])


@requirement("ip1/elements/list")
def test_elements_are_listed_and_read(ip1: Ip1Driver, page: str) -> None:
    """The same document in both places."""
    (entry,) = listed(ip1.get(element(page)))

    verify(shown(ip1, element(page, id_of(entry)))).equals(entry)


@requirement("ip1/elements/update")
def test_an_element_is_changed(ip1: Ip1Driver, page: str) -> None:
    """And no other is."""
    id, other = first(ip1, page), id_of(made(ip1, page, order=1))
    ip1.put(element(page, id), {**TITLE, "content": "Farewell"})

    verify([shown(ip1, element(page, one))["content"] for one in (id, other)]).equals(
        ["Farewell", TITLE["content"]]
    )


@requirement("ip1/elements/updated")
def test_a_change_is_answered_with_the_element(ip1: Ip1Driver, page: str) -> None:
    """Under its old id, even if another is sent."""
    id = first(ip1, page)
    said = answered(ip1.put(element(page, id), {**TITLE, "id": UNKNOWN, "content": "Farewell"}))

    verify(said).equals({**TITLE, "id": id, "content": "Farewell"})
    verify(shown(ip1, element(page, id))).equals(said)


@requirement("ip1/elements/title")
def test_a_title_has_the_members_of_the_page(ip1: Ip1Driver, page: str) -> None:
    """Each of its type."""
    found = shown(ip1, element(page, first(ip1, page)))

    verify(sorted(found)).equals(sorted([*TEXTS, *NUMBERS, *SWITCHES, "id"]))
    verify([type(found[name]) for name in TEXTS]).equals([str] * len(TEXTS))
    verify([type(found[name]) for name in NUMBERS]).equals([int] * len(NUMBERS))
    verify([type(found[name]) for name in SWITCHES]).equals([bool] * len(SWITCHES))


@requirement("ip1/elements/shown-in-page")
def test_a_landing_page_shows_its_elements(ip1: Ip1Driver, page: str) -> None:
    """Also one that came later."""
    made(ip1, page, order=1)
    elements = listed(ip1.get(element(page)))

    verify(len(elements)).equals(2)
    verify(shown(ip1, landing(page))["elements"]).equals(elements)


@requirement("ip1/elements/create")
def test_an_element_is_made(ip1: Ip1Driver, page: str) -> None:
    """With an id that no other has."""
    found = made(ip1, page, content="Farewell", order=1)

    verify(id_of(found)).matches(ID)
    verify(found).equals({**TITLE, "id": found["id"], "content": "Farewell", "order": 1})
    verify(shown(ip1, element(page, found["id"]))).equals(found)


@requirement("ip1/elements/created")
def test_making_an_element_has_a_status_of_its_own(ip1: Ip1Driver, page: str) -> None:
    """That of HTTP for it."""
    verify(ip1.post(element(page), TITLE).status).equals(201)


@requirement("ip1/elements/delete")
def test_an_element_is_taken_away(ip1: Ip1Driver, page: str) -> None:
    """And no other; the answer shows it as it was."""
    id, other = first(ip1, page), id_of(made(ip1, page))
    before = shown(ip1, element(page, id))

    verify(answered(ip1.delete(element(page, id)))).equals(before)
    refused(ip1.get(element(page, id)), 404)
    verify([one["id"] for one in listed(ip1.get(element(page)))]).equals([other])


@requirement("ip1/elements/type")
@pytest.mark.parametrize(
    "sent", [{}, {"type": ""}, {"type": None}, {"type": 7}], ids=["missing", "empty", "null", "number"]
)
def test_an_element_needs_a_type(ip1: Ip1Driver, page: str, sent: dict[str, Any]) -> None:
    """When it is made, and when it is changed."""
    id = first(ip1, page)
    members = {"content": "Farewell", **sent}

    refused(ip1.post(element(page), members))
    refused(ip1.put(element(page, id), members))
    verify([one["content"] for one in listed(ip1.get(element(page)))]).equals([TITLE["content"]])


@requirement("ip1/elements/type")
def test_elements_of_other_types_are_kept_as_they_came(ip1: Ip1Driver, page: str) -> None:
    """With whatever members they have."""
    sent = {"type": "Carousel", "order": 3, "slides": [{"src": "a.png", "Alt": None}], "Speed": 1.5}
    found = done(ip1.post(element(page), sent))

    verify(shown(ip1, element(page, found["id"]))).equals({**sent, "id": found["id"]})


@requirement("ip1/elements/alignment")
@pytest.mark.parametrize("word", ["Left", "Center", "Right", "Justified"])
def test_text_stands_in_one_of_four_ways(ip1: Ip1Driver, page: str, word: str) -> None:
    """Each of them is kept."""
    verify(made(ip1, page, textAlignment=word)["textAlignment"]).equals(word)


@requirement("ip1/elements/alignment")
@pytest.mark.parametrize("word", ["Middle", "", 7], ids=["other", "empty", "number"])
def test_text_stands_in_no_other_way(ip1: Ip1Driver, page: str, word: object) -> None:
    """When an element is made, and when it is changed."""
    sent = {**TITLE, "textAlignment": word}

    refused(ip1.post(element(page), sent))
    refused(ip1.put(element(page, first(ip1, page)), sent))


@requirement("ip1/elements/order")
def test_elements_stand_by_their_order(ip1: Ip1Driver, pages: Pages) -> None:
    """In lists and in their page; without one they come last."""
    page = pages.add(
        elements=[
            {"type": "last"},
            *({"type": f"{n}", "order": n} for n in (2, -1)),
            {"type": "0", "order": 0},
        ]
    )
    found = [one["type"] for one in listed(ip1.get(element(page["id"])))]

    verify(found).equals(["-1", "0", "2", "last"])
    verify([one["type"] for one in shown(ip1, landing(page["id"]))["elements"]]).equals(found)


@requirement("ip1/elements/page-changes")
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_change_of_an_element_is_one_of_its_page(
    ip1: Ip1Driver, page: str, clock: Clock, method: str
) -> None:
    """So is a new one, and one less."""
    id = first(ip1, page)
    before = shown(ip1, landing(page))["lastModified"]
    clock.advance(1)
    path = element(page) if method == "POST" else element(page, id)
    done(ip1.call(method, path, *([] if method == "DELETE" else [TITLE])))

    verify(shown(ip1, landing(page))["lastModified"]).holds(lambda now: now > before, f"later than {before}")


@requirement("ip1/elements/unknown")
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_an_element_that_is_not_in_the_page_is_not_found(
    ip1: Ip1Driver, pages: Pages, page: str, method: str
) -> None:
    """One that is nowhere, one that is in another page, one in no page."""
    elsewhere = pages.add(elements=[TITLE])
    foreign = elsewhere["elements"][0]["id"]
    body = [TITLE] if method == "PUT" else []

    for path in (element(page, UNKNOWN), element(page, foreign), element(UNKNOWN, foreign)):
        refused(ip1.call(method, path, *body), 404)
    verify(shown(ip1, landing(elsewhere["id"]))).equals(elsewhere)
