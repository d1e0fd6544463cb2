"""Senders are registered, shown and given up."""

from emulator.tests.providers.ip1.called import OTHER_KEY, Called

PATH = "/v2/me/senders"


def names(called: Called, **query: str) -> list[str]:
    return [sender["sender"] for sender in called.get(PATH, **query)]


def test_a_new_account_has_two_senders() -> None:
    assert names(Called()) == ["iP1", "iP1sms"]


def test_senders_stand_in_alphabetical_order_of_this_account() -> None:
    called = Called()

    for name in ("Zoo", "abc", "Abc"):
        called.ask("PUT", f"{PATH}/{name}")

    assert names(called) == ["Abc", "abc", "iP1", "iP1sms", "Zoo"]
    assert names(called, start="1", limit="2", order="DESC") == ["iP1sms", "iP1"]
    assert names(called, key=OTHER_KEY) == ["iP1", "iP1sms"]


def test_registering_again_changes_nothing() -> None:
    called = Called()
    first = called.ask("PUT", PATH, {"SENDER": "+46701234567"})
    called.advance(60)

    again = called.ask("PUT", f"{PATH}/46701234567")

    assert first.status_code == again.status_code == 200
    assert first.json == again.json == {"sender": "46701234567", "created": "2026-03-02T09:00:00Z"}


def test_a_sender_that_was_given_up_is_gone_and_may_come_back() -> None:
    called = Called()
    gone = called.ask("DELETE", f"{PATH}/iP1")
    statuses = [called.ask(method, f"{PATH}/iP1").status_code for method in ("GET", "DELETE", "PUT", "GET")]

    assert (gone.status_code, gone.json) == (200, {"sender": "iP1", "created": "2018-10-23T17:43:19Z"})
    assert statuses == [404, 404, 200, 200]
    assert called.get(f"{PATH}/iP1")["created"] == "2026-03-02T09:00:00Z"


def test_a_sender_against_the_rules_is_refused_by_name() -> None:
    called = Called()

    assert "Sender" in called.errors("PUT", f"{PATH}/a.b")
    assert "Sender" in called.errors("PUT", PATH, {"sender": None})
    assert "Sender" in called.errors("PUT", PATH, {})


def test_a_trial_account_has_those_of_its_list_alone() -> None:
    called = Called()
    called.may_be_called("iP1", "iP1sms")

    answer = called.ask("PUT", f"{PATH}/Other")

    assert (answer.status_code, answer.content_type) == (403, "application/problem+json")
    assert called.ask("PUT", f"{PATH}/iP1").status_code == 200
