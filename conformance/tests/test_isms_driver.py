"""The driver sends what a check names, and nothing it leaves out."""

from collections.abc import Iterator

import pytest

from conformance.drivers.http import HttpClient
from conformance.drivers.isms import IsmsDriver
from conformance.receiver import Answer, Receiver


@pytest.fixture
def heard() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def isms(heard: Receiver) -> Iterator[IsmsDriver]:
    with HttpClient(heard.address) as client:
        yield IsmsDriver(client, "joe", "s&cret")


def test_a_send_names_its_parameters_as_the_document_does(isms: IsmsDriver, heard: Receiver) -> None:
    isms.send(to=["1", "2"], from_="me", message="γ +", schedule="+1 day", dlr_url="http://x/?a=b", flash=1)

    assert heard.wait()[0].target == (
        "/api/http/send.php?username=joe&password=s%26cret&from=me&to=1,2&message=%CE%B3+%2B&flash=1"
        "&schedule=%2B1+day&dlr-url=http%3A%2F%2Fx%2F%3Fa%3Db"
    )


def test_none_leaves_a_parameter_out_and_nothing_is_sent_empty_otherwise(
    isms: IsmsDriver, heard: Receiver
) -> None:
    isms.query(mid="", mobile=None, username=None)

    assert heard.wait()[0].target == "/api/http/query.php?password=s%26cret&mid="


def test_a_post_carries_its_parameters_as_a_form(isms: IsmsDriver, heard: Receiver) -> None:
    isms.deletecontact(mobile="306900000000", method="POST")

    callback = heard.wait()[0]
    assert (callback.method, callback.target) == ("POST", "/api/http/deletecontact.php")
    assert callback.fields == {"username": "joe", "password": "s&cret", "mobile": "306900000000"}


def test_a_raw_query_travels_untouched(isms: IsmsDriver, heard: Receiver) -> None:
    isms.call("/sms/api/http/send.php", raw_query="username=%FF&to=%")

    assert heard.wait()[0].target == "/sms/api/http/send.php?username=%FF&to=%"


@pytest.mark.parametrize(
    ("said", "balance"), [(b"Credits:3948.47", "3948.47"), (b"hello", "None"), (b"Credits:1,5", "None")]
)
def test_the_balance_is_read_or_unknown(isms: IsmsDriver, heard: Receiver, said: bytes, balance: str) -> None:
    heard.answers(Answer(body=said))

    assert str(isms.balance()) == balance


def test_what_a_call_may_cost_is_asked_first(heard: Receiver) -> None:
    asked: list[tuple[int, int]] = []
    with HttpClient(heard.address) as client:
        driver = IsmsDriver(client, "joe", "x", lambda messages, lookups: asked.append((messages, lookups)))
        driver.send(to=["1", "2", "3"])
        driver.hlr(mobiles=["1", "2"], method="POST")
        driver.credits()

    assert asked == [(3, 0), (0, 2), (0, 0)]


def test_what_was_refused_is_given_back(heard: Receiver) -> None:
    asked: list[tuple[int, int]] = []
    heard.answers(Answer(body=b"Error: No recipients."), Answer(body=b"ID:I7I5R4HTAA"))
    with HttpClient(heard.address) as client:
        driver = IsmsDriver(client, "joe", "x", lambda messages, lookups: asked.append((messages, lookups)))
        driver.send(to=["1", "2"])
        driver.send(to=["1", "2"])

    assert asked == [(2, 0), (-2, 0), (2, 0)]
