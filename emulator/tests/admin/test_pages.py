"""The pages for people: complete, escaped, self-contained, and silent where they must be."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from emulator.admin import descriptions, pages
from emulator.tests.admin.called import Called
from emulator.tests.samples import NUMBER

DOCUMENTS = ("control", *descriptions.names())

PAGES = ("/", *(f"/_emulator/docs?document={name}" for name in DOCUMENTS))

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7 * 7 }}"

LOADING = {"src", "srcset", "data", "poster", "background", "action", "formaction"}


class Page(HTMLParser):
    """What a page consists of: its elements with their attributes, its text, its identifiers and links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.inline: dict[str, list[str]] = {"style": [], "script": []}
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        self.inline.get(self._open, self.words).append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words))

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]


def page(control: Called, path: str = "/") -> Page:
    answer = control.client.get(path)
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    return Page(answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_nothing_from_outside(control: Called, path: str) -> None:
    shown = page(control, path)

    assert {name for _, attributes in shown.elements for name in attributes} & LOADING == set()
    assert [value for value in shown.values("href") if not value.startswith(("/", "#", "data:,"))] == []
    assert "http" not in "".join(shown.inline["style"] + shown.inline["script"])
    assert "@import" not in "".join(shown.inline["style"])


@pytest.mark.parametrize("path", PAGES)
def test_nothing_may_run_but_what_the_page_brings(control: Called, path: str) -> None:
    policy = control.client.get(path).headers["Content-Security-Policy"]
    inline = page(control, path).inline

    assert policy.startswith("default-src 'none'; ")
    for text in (*inline["style"], *inline["script"]):
        assert f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", PAGES)
def test_no_element_has_a_style_or_a_handler_of_its_own(control: Called, path: str) -> None:
    names = {name for _, attributes in page(control, path).elements for name in attributes}

    assert [name for name in names if name == "style" or name.startswith("on")] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone_and_the_dark(control: Called, path: str) -> None:
    shown = page(control, path)

    assert "width=device-width, initial-scale=1" in shown.values("content")
    assert "prefers-color-scheme: dark" in "".join(shown.inline["style"])


def test_the_home_page_shows_where_to_go(control: Called) -> None:
    text = page(control).text

    assert "http://localhost/api/http" in text
    assert "curl 'http://localhost/api/http/send.php?username=demo&password=demo&" in text
    assert "9013" in text


def test_the_home_page_of_a_space_leads_into_that_space(control: Called) -> None:
    shown = page(control, "/~mine/")

    assert "curl 'http://localhost/~mine/api/http/send.php?" in shown.text
    assert "/~mine/_emulator/docs" in shown.values("href")
    assert ("body", {"data-root": "/~mine"}) in shown.elements


def test_the_sample_works_as_it_stands(control: Called) -> None:
    command = re.search(r"curl 'http://localhost(\S+)'", page(control).text)
    assert command is not None

    assert control.client.get(command[1]).text.startswith("ID:")


def test_the_inbox_shows_what_came_newest_first(control: Called) -> None:
    first, second = control.send(text="one"), control.send(text="two")

    text = page(control).text

    assert text.index("two") < text.index("one")
    assert "2 messages" in text
    assert first in text
    assert second in text


def test_the_inbox_shows_as_many_as_its_script_keeps(control: Called) -> None:
    control.patch("/accounts/isms/demo", {"credit": None})
    control.send(",".join(f"3069000002{index:02d}" for index in range(100)))
    control.send(NUMBER, "the newest")

    rows = [attributes for tag, attributes in page(control).elements if attributes.get("class") == "message"]

    assert len(rows) == pages.SHOWN + 1  # and the template of a row
    assert rows[0]["data-id"] == "101"


def test_a_mail_is_shown_with_its_subject_and_a_fax_without_its_document(control: Called) -> None:
    sent = {"user": "demo-iro", "recipients": "fail@shop.example", "subject": "An offer", "body": "Dear all"}
    control.client.get("/json/mail", query_string=sent)
    assert "An offer Dear all by demo through iro as mail" in page(control).text

    sent = {"user": "demo-iro", "recipients": f"+{NUMBER}", "subject": "The plan", "fax": "JVBERi0xLjQg"}
    control.client.get("/json/fax", query_string=sent)
    assert "The plan a document, 12 characters of base64 by demo through iro as fax" in page(control).text


def test_a_long_text_is_cut(control: Called) -> None:
    control.send(text="x" * pages.LONGEST)
    control.send(text="y" * (pages.LONGEST + 1))

    text = page(control).text

    assert "x" * pages.LONGEST + " from smslab" in text
    assert "y" * pages.LONGEST + "… from smslab" in text


def test_the_script_shows_as_much_as_the_page(control: Called) -> None:
    script = "".join(page(control).inline["script"])

    assert f"const MOST = {pages.SHOWN};" in script
    assert f"const LONGEST = {pages.LONGEST};" in script


def test_what_customers_write_is_never_markup(control: Called) -> None:
    control.put("/accounts/isms/demo", {"password": "demo", "credit": 5, "senders": None})
    control.send(text=EVIL)

    shown = page(control)

    assert EVIL in "".join(shown.words)
    assert len(shown.inline["script"]) == 1
    assert "img" not in {tag for tag, _ in shown.elements}


def test_a_login_is_never_markup(control: Called) -> None:
    control.put("/accounts/isms/%3Cb%3Ejoe%3C%2Fb%3E".replace("%2F", "\\"))

    shown = page(control)

    assert "b" not in {tag for tag, _ in shown.elements}
    assert "<b>joe<\\b>" in shown.text


def test_a_host_is_never_markup(control: Called) -> None:
    answer = control.client.get("/", headers={"Host": '"><script>alert(1)</script>'})

    assert "<script>alert" not in answer.text
    assert answer.status_code < 500


def test_documented_passwords_are_shown_and_no_others(control: Called) -> None:
    control.put("/accounts/isms/joe", {"password": "sesame-joe"})
    control.patch("/accounts/isms/empty", {"password": "sesame-empty"})

    text = page(control).text

    assert "demo demo 3948.47" in text
    assert "empty as you set it 0" in text
    assert "joe as you set it 0" in text
    assert "sesame" not in text


def test_an_account_with_password_and_key_shows_both(control: Called) -> None:
    token = "fe01ce2a7fbac8fafaed7c982a04e229"
    assert f"demo demo {token} key 1000" in page(control).text

    control.patch("/accounts/voipe/demo", {"password": "sesame"})

    assert f"demo {token} key 1000" in page(control).text
    assert "sesame" not in page(control).text


def test_a_documented_key_is_shown_and_no_other(control: Called) -> None:
    assert "demo demo-iro key unlimited" in page(control).text

    control.patch("/accounts/iro/demo", {"key": "open-sesame"})

    assert "demo as you set it unlimited" in page(control).text
    assert "sesame" not in page(control).text


def test_the_home_page_tells_which_addresses_mean_an_outcome(control: Called) -> None:
    assert "9001 fail@ fails on the handset" in page(control).text


def test_a_guarded_emulator_tells_strangers_nothing_but_what_is_documented() -> None:
    guarded = Called(token="open-sesame")
    guarded.send(text="a secret text")

    answer = guarded.client.get("/")

    text = Page(answer.text).text
    assert answer.status_code == 200
    assert "a secret text" not in answer.text
    assert NUMBER not in text.replace("&to=306912345678&", "")
    assert "sesame" not in answer.text
    assert "2026-03-02" not in text
    assert "3948" not in text
    assert "1 message" not in text
    assert "control token" in text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_shows_every_call_and_push_with_an_anchor(control: Called, name: str) -> None:
    description = control.get(f"/openapi.json?document={name}")
    items = [*description["paths"].values(), *description.get("webhooks", {}).values()]

    shown = page(control, f"/_emulator/docs?document={name}")

    operations = [operation for item in items for operation in item.values()]
    assert {operation["operationId"] for operation in operations} <= set(shown.values("id"))
    assert {f"schema-{one}" for one in description["components"]["schemas"]} <= set(shown.values("id"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_within_a_document_leads_somewhere(control: Called, name: str) -> None:
    shown = page(control, f"/_emulator/docs?document={name}")

    links = {value.removeprefix("#") for value in shown.values("href") if value.startswith("#")}
    assert links - set(shown.values("id")) == set()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_leads_to_all_others_and_to_what_machines_read(control: Called, name: str) -> None:
    links = page(control, f"/_emulator/docs?document={name}").values("href")

    assert {f"/_emulator/docs?document={one}" for one in DOCUMENTS} <= set(links)
    assert f"/_emulator/openapi.json?document={name}" in links


def test_no_identifier_is_there_twice(control: Called) -> None:
    for path in PAGES:
        ids = page(control, path).values("id")
        assert len(ids) == len(set(ids))


def test_the_documents_show_commands_that_work(control: Called) -> None:
    text = page(control, "/_emulator/docs").text

    assert (
        "curl -X PUT 'http://localhost/_emulator/outcomes/306900000000' -H 'Content-Type: application/json' "
        """-d '{"outcome": "fails", "times": 2}'"""
    ) in text


def test_commands_of_a_provider_go_to_this_emulator_as_its_demo_account(control: Called) -> None:
    text = page(control, "/~mine/_emulator/docs?document=ip1").text
    scripts = page(control, "/_emulator/docs?document=isms-http").text

    assert "curl 'http://localhost/~mine/v2/contacts' -H 'Authorization: Bearer demo-ip1'" in text
    assert "curl 'http://localhost/api/http/credits.php?username=demo&password=demo'" in scripts


@pytest.mark.parametrize("path", ["/docs", "/openapi.json"])
def test_a_document_that_is_not_there_is_not_found(control: Called, path: str) -> None:
    assert control.problem("GET", f"{path}?document=none") == (
        404,
        f"no document 'none'; there are: {', '.join(DOCUMENTS)}",
    )
