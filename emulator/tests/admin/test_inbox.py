"""The inbox through the control API: find, show, forget, and let handsets write."""

import pytest

from emulator.core import holds, ordered
from emulator.core.model import Coding, Login, Medium
from emulator.core.refusals import Reason
from emulator.providers import PROVIDERS
from emulator.tests.admin.called import NOON, Called
from emulator.tests.samples import FAILS, NUMBER, OTHER, SLOW, a_draft


def recipients(control: Called, query: str = "") -> list[str]:
    return [message["to"] for message in control.get(f"/messages{query}")["messages"]]


def test_a_message_shows_all_there_is_to_it(control: Called) -> None:
    reference = control.send(NUMBER, "Καλημέρα", **{"dlr-url": "http://127.0.0.1:1/dlr", "coding": "utf-8"})

    assert control.get("/messages/1") == {
        "id": 1,
        "order": 1,
        "reference": reference,
        "provider": "isms",
        "account": "demo",
        "from": "smslab",
        "to": NUMBER,
        "text": "Καλημέρα",
        "coding": "ucs2",
        "flash": False,
        "parts": 1,
        "price": 1.0,
        "outcome": "delivered",
        "accepted_at": "2026-03-02T09:00:00Z",
        "scheduled_at": None,
        "status": "queued",
        "final": False,
        "timetable": [
            {"at": "2026-03-02T09:00:00Z", "status": "queued"},
            {"at": "2026-03-02T09:00:01Z", "status": "submitted"},
            {"at": "2026-03-02T09:00:03Z", "status": "delivered"},
        ],
        "callback": "http://127.0.0.1:1/dlr",
        "medium": "sms",
        "route": "",
        "extras": {},
    }


def test_a_message_shows_what_is_its_own(control: Called) -> None:
    """A text that is not that of the order, a refusal that did not stop the others."""
    draft = a_draft(
        NUMBER,
        OTHER,
        texts={OTHER: ("Καλημέρα", Coding.UCS2)},
        refusals={NUMBER: Reason.BLOCKED_RECIPIENT},
    )
    control.space.gateway.send(Login(provider="isms", name="demo", password="demo"), draft)

    refused, worded = control.get("/messages")["messages"]

    assert (refused["text"], refused["refusal"], refused["status"], refused["price"]) == (
        "Hello",
        "blocked-recipient",
        "rejected",
        0,
    )
    assert (worded["text"], worded["coding"], worded["parts"]) == ("Καλημέρα", "ucs2", 1)
    assert "refusal" not in worded
    assert recipients(control, "?text=Καλη") == [OTHER]


def test_a_message_shows_what_its_provider_remembers_of_it(control: Called) -> None:
    draft = a_draft("Anna@example.org", medium=Medium.MAIL, route="smtp", extras={"subject": "Offer"})
    login = Login(provider="isms", name="demo", password="demo")
    control.space.gateway.send(login, draft)

    (message,) = control.get("/messages?to=anna@Example.org")["messages"]
    assert message["to"] == "Anna@example.org"
    assert (message["medium"], message["route"]) == ("mail", "smtp")
    assert message["extras"] == {"subject": "Offer"}


@pytest.fixture
def filled(control: Called) -> Called:
    """Three messages, a minute apart, and one of another account."""
    control.put("/accounts/isms/joe", {"credit": 10})
    control.send(NUMBER, "Hello")
    control.post("/clock/advance", {"seconds": 60})
    control.send(FAILS, "Hello again")
    control.post("/clock/advance", {"seconds": 60})
    control.send(SLOW, "Καλημέρα", coding="utf-8")
    control.send(OTHER, "Hello", username="joe", password="joe")
    return control


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [NUMBER, FAILS, SLOW, OTHER]),
        ("?provider=isms", [NUMBER, FAILS, SLOW, OTHER]),
        ("?account=joe", [OTHER]),
        (f"?to={FAILS}", [FAILS]),
        (f"?to=%2B{FAILS}", [FAILS]),
        (f"?to=00{FAILS}", [FAILS]),
        ("?to=9001", []),
        ("?status=undeliverable", [FAILS]),
        ("?status=queued", [SLOW, OTHER]),
        ("?text=Hello", [NUMBER, FAILS, OTHER]),
        ("?text=hello", []),
        ("?text=%CE%9A%CE%B1%CE%BB", [SLOW]),
        ("?since=2", [SLOW, OTHER]),
        ("?since=99999999999999", []),
        ("?since=2026-03-02T09:01:00Z", [SLOW, OTHER]),
        ("?since=2026-03-02T11:00:59%2B02:00", [FAILS, SLOW, OTHER]),
        ("?since=2026-03-02T11:00:59+02:00", [FAILS, SLOW, OTHER]),
        ("?text=Hello&account=demo", [NUMBER, FAILS]),
        ("?limit=2", [NUMBER, FAILS]),
        ("?limit=0", []),
    ],
)
def test_messages_are_found_by_what_they_are(filled: Called, query: str, found: list[str]) -> None:
    assert recipients(filled, query) == found


def test_the_total_counts_beyond_the_limit(filled: Called) -> None:
    assert filled.get("/messages?limit=1&text=Hello")["total"] == 3


def test_an_inbox_of_many_pages_is_looked_through_whole(
    filled: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ordered, "PAGE", 2)

    assert recipients(filled) == [NUMBER, FAILS, SLOW, OTHER]
    assert filled.get("/messages?account=demo")["total"] == 3


@pytest.mark.parametrize(
    "query",
    [
        "?provider=acme",
        "?status=lost",
        "?status=null",
        "?status=Queued",
        "?limit=-1",
        "?limit=100001",
        "?limit=ten",
        "?limit=1_0",
        "?limit=",
        "?to=",
        "?since=yesterday",
        "?since=-1",
        "?since=99999-01-01",
        "?limit=1&limit=2",
        "?to=1&to=1",
        "?tos=1",
        "?count=1",
    ],
)
def test_other_questions_are_refused(control: Called, query: str) -> None:
    assert control.problem("GET", f"/messages{query}")[0] == 400


def test_a_refusal_says_what_there_is(control: Called) -> None:
    assert control.problem("GET", "/messages?provider=acme") == (
        400,
        f"no provider 'acme'; there are: {', '.join(one.name for one in PROVIDERS)}",
    )
    assert control.problem("GET", "/messages?tos=1") == (
        400,
        "no parameter 'tos' here; there are: provider, account, to, status, text, since, limit",
    )


@pytest.mark.parametrize("id", ["1", "0", "-1", "99999999999999999999", "9" * 5000, "abc", "1.0"])
def test_an_unknown_message_is_not_found(control: Called, id: str) -> None:
    assert control.problem("GET", f"/messages/{id}")[0] == 404


def test_an_emptied_inbox_goes_on_counting(control: Called) -> None:
    control.send()

    control.delete("/messages")

    assert control.get("/messages") == {"messages": [], "total": 0}
    control.send()
    assert control.get("/messages")["messages"][0]["id"] == 2


def test_a_message_that_is_gone_is_not_paid_for(control: Called) -> None:
    demo = Login(provider="isms", name="demo", password="demo")
    control.space.gateway.send(demo, a_draft(NUMBER, on_delivery=True))
    control.post("/clock/advance", {"seconds": 1})
    assert control.space.store.any(holds.KIND)

    control.delete("/messages")

    assert not control.space.store.any(holds.KIND)


def test_a_handset_writes_to_an_account(control: Called) -> None:
    body = {"provider": "isms", "account": "demo", "from": NUMBER, "to": "54000", "text": "STOP"}

    answer = control.call("POST", "/inbound", body)

    assert (answer.status_code, answer.get_json()) == (
        201,
        {**body, "id": 1, "received_at": "2026-03-02T09:00:00Z"},
    )
    assert control.get("/inbound")["inbound"] == [answer.get_json()]


def test_nobody_writes_to_an_account_that_is_not_there(control: Called) -> None:
    body = {"provider": "isms", "account": "joe", "from": NUMBER, "to": "54000", "text": "STOP"}

    assert control.problem("POST", "/inbound", body) == (404, "no account 'joe' of 'isms'")
    assert control.get("/inbound") == {"inbound": []}


def test_what_came_by_moments_is_asked_for_by_moments(control: Called) -> None:
    control.put("/clock", {"now": NOON})
    control.send()

    assert recipients(control, f"?since={NOON}") == []
    assert recipients(control, "?since=2026-03-02T11:59:59.999999Z") == [NUMBER]
