"""Landing pages."""

from typing import Any

import pytest

from conformance.checks.ip1.book import TITLE, Pages, answered, element, landing, shown
from conformance.checks.ip1.calls import ID, UNKNOWN, id_of, listed, refused
from conformance.clock import Clock
from conformance.drivers.ip1 import LANDINGS, Ip1Driver
from conformance.requirement import requirement
from conformance.verify import verify

MEMBERS = ["elements", "id", "lastModified", "link", "name", "shortLink", "views"]
MILLISECONDS = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"

READ_ONLY: dict[str, Any] = {
    "id": UNKNOWN,
    "views": {"2021": 6},
    "link": "https://landing.example.org/mine",
    "shortLink": "https://url.example.org/mine",
    "lastModified": "2001-01-01T00:00:00.000Z",
}

nameless = pytest.mark.parametrize(
    "sent", [{}, {"name": ""}, {"name": None}], ids=["missing", "empty", "null"]
)


def spared(page: dict[str, Any]) -> dict[str, Any]:
    """What a new name leaves as it is."""
    return {name: page[name] for name in ("id", "views", "link", "shortLink", "elements")}


@requirement("ip1/landings/list")
def test_landing_pages_are_listed_and_read(ip1: Ip1Driver, pages: Pages) -> None:
    """The same document in both places."""
    id = id_of(pages.add(elements=[TITLE]))
    entries = listed(ip1.get(LANDINGS, {"order": "DESC"}))

    verify([one for one in entries if one.get("id") == id]).equals([shown(ip1, landing(id))])


@requirement("ip1/landings/create")
def test_a_landing_page_is_made(ip1: Ip1Driver, pages: Pages) -> None:
    """It is there afterwards, as the answer shows it."""
    made = pages.add("Välkommen")

    verify(made["name"]).equals("Välkommen")
    verify(shown(ip1, landing(made["id"]))).equals(made)


@requirement("ip1/landings/created")
def test_making_a_landing_page_has_a_status_of_its_own(ip1: Ip1Driver, pages: Pages) -> None:
    """That of HTTP for it."""
    answer = ip1.post(LANDINGS, {"name": "smslab check"})
    pages.ids.append(id_of(answer.document))

    verify(answer.status).equals(201)


@requirement("ip1/landings/document")
def test_a_landing_page_has_the_members_of_the_page(ip1: Ip1Driver, pages: Pages) -> None:
    """Each of its kind."""
    page = shown(ip1, landing(id_of(pages.add())))

    verify(sorted(page)).equals(MEMBERS)
    verify(page["id"]).matches(ID)
    verify(page["link"]).matches(rf"https?://.+{page['id']}")
    verify(page["shortLink"]).matches("https?://.+")
    verify(page["lastModified"]).matches(MILLISECONDS)
    verify((type(page["views"]), type(page["elements"]))).equals((dict, list))


@requirement("ip1/landings/update")
def test_a_landing_page_gets_another_name(ip1: Ip1Driver, pages: Pages) -> None:
    """And no other page does."""
    one, other = id_of(pages.add("one")), id_of(pages.add("other"))
    ip1.put(landing(one), {"name": "renamed"})

    verify([shown(ip1, landing(id))["name"] for id in (one, other)]).equals(["renamed", "other"])


@requirement("ip1/landings/update-spares")
@pytest.mark.parametrize(
    "more", [{}, {"elements": []}, {"elements": [TITLE] * 2, "views": {"2021": 6}}], ids=len
)
def test_another_name_changes_nothing_else(ip1: Ip1Driver, pages: Pages, more: dict[str, Any]) -> None:
    """Whatever is sent beside it."""
    before = pages.add(elements=[TITLE])
    answered(ip1.put(landing(before["id"]), {"name": "renamed", **more}))

    verify(spared(shown(ip1, landing(before["id"])))).equals(spared(before))


@requirement("ip1/landings/answers")
def test_a_change_is_answered_with_the_page(ip1: Ip1Driver, pages: Pages, clock: Clock) -> None:
    """As it is now; the moment of the change is one of it."""
    before = pages.add()
    clock.advance(1)
    said = answered(ip1.put(landing(before["id"]), {"name": "renamed"}))

    verify(said).equals(shown(ip1, landing(before["id"])))
    verify((said["name"], said["lastModified"] > before["lastModified"])).equals(("renamed", True))


@requirement("ip1/landings/answers")
def test_a_deletion_is_answered_with_the_page(ip1: Ip1Driver, pages: Pages) -> None:
    """As it was."""
    made = pages.add(elements=[TITLE])

    verify(answered(ip1.delete(landing(made["id"])))).equals(made)


@requirement("ip1/landings/delete")
def test_a_landing_page_goes_with_its_elements(ip1: Ip1Driver, pages: Pages) -> None:
    """And no other page does."""
    made, other = pages.add(elements=[TITLE]), pages.add()
    id, part = made["id"], made["elements"][0]["id"]
    ip1.delete(landing(id))

    for path in (landing(id), element(id), element(id, part)):
        refused(ip1.get(path), 404)
    refused(ip1.delete(landing(id)), 404)
    verify(shown(ip1, landing(other["id"]))).equals(other)


@requirement("ip1/landings/name")
@nameless
def test_a_landing_page_needs_a_name(ip1: Ip1Driver, pages: Pages, sent: dict[str, Any]) -> None:
    """When it is made, and when it is changed."""
    made = pages.add()

    refused(ip1.post(LANDINGS, sent))
    refused(ip1.put(landing(made["id"]), sent))
    verify(shown(ip1, landing(made["id"]))).equals(made)


@requirement("ip1/landings/elements")
def test_a_landing_page_is_made_with_its_elements(pages: Pages) -> None:
    """Nobody has seen it."""
    page = pages.add(elements=[TITLE, {**TITLE, "order": 1, "content": "Farewell"}])

    verify([one.get("content") for one in page["elements"]]).equals([TITLE["content"], "Farewell"])
    verify(page["views"]).equals({})


@requirement("ip1/landings/read-only")
def test_what_cannot_be_written_is_not_looked_at(ip1: Ip1Driver, pages: Pages) -> None:
    """By POST and by PUT."""
    made = pages.add(**READ_ONLY)
    changed = answered(ip1.put(landing(made["id"]), {"name": "renamed", **READ_ONLY}))

    for page in (made, changed):
        verify([name for name, value in READ_ONLY.items() if page[name] == value]).equals([])
