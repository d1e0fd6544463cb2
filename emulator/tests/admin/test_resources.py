"""What providers keep for their customers, through the control API."""

from dataclasses import replace

import pytest

from emulator.admin.views import Views
from emulator.core.model import Login
from emulator.tests.admin.called import Called

DEMO = Login(provider="isms", name="demo", password="demo")
EMPTY = Login(provider="isms", name="empty", password="empty")


def keep(control: Called, login: Login, collection: str, *titles: str) -> None:
    control.space.gateway.resources.create(login, collection, [{"title": one} for one in titles], name=str)


def test_a_resource_shows_all_there_is_to_it(control: Called) -> None:
    keep(control, DEMO, "pages", "Home")

    assert control.get("/resources") == {
        "resources": [
            {
                "provider": "isms",
                "account": "demo",
                "collection": "pages",
                "name": "1",
                "number": 1,
                "created_at": "2026-03-02T09:00:00Z",
                "changed_at": "2026-03-02T09:00:00Z",
                "fields": {"title": "Home"},
            }
        ],
        "total": 1,
    }


@pytest.mark.parametrize(
    ("query", "names", "total"),
    [
        ("", ["1", "2", "3", "4"], 4),
        ("?account=demo", ["1", "2", "3"], 3),
        ("?collection=pages", ["1", "2", "4"], 3),
        ("?collection=pages&account=demo&limit=1", ["1"], 2),
        ("?provider=netoxygen", [], 0),
    ],
)
def test_resources_are_found_by_what_they_are(
    control: Called, query: str, names: list[str], total: int
) -> None:
    keep(control, DEMO, "pages", "a", "b")
    keep(control, DEMO, "labels", "c")
    keep(control, EMPTY, "pages", "d")

    found = control.get(f"/resources{query}")

    assert ([one["name"] for one in found["resources"]], found["total"]) == (names, total)


def test_an_unknown_provider_keeps_nothing_and_is_no_provider(control: Called) -> None:
    status, detail = control.problem("GET", "/resources?provider=nowhere")

    assert (status, detail.partition(";")[0]) == (400, "no provider 'nowhere'")


def test_what_happens_to_a_resource_is_told(control: Called) -> None:
    keep(control, DEMO, "pages", "Home")

    shown = Views(control.space, ()).event(control.space.feed.after(0)[-1])

    assert (shown["kind"], shown["detail"]["change"]) == ("resource", "made")
    assert shown["detail"]["resource"]["fields"] == {"title": "Home"}


def test_what_customers_do_to_accounts_is_told_without_secrets(control: Called) -> None:
    control.space.gateway.amend(DEMO, "empty", lambda asking, target: replace(target, key="open-sesame"))

    shown = Views(control.space, ()).event(control.space.feed.after(0)[-1])

    assert (shown["kind"], shown["detail"]["change"]) == ("account", "changed")
    assert shown["detail"]["account"]["login"] == "empty"
    assert "open-sesame" not in str(shown)
