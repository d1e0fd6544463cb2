"""Public clients take the emulator's answers for what they are, and would notice wrong ones."""

import json
from collections.abc import Callable, Iterator

import pytest
from werkzeug.test import Client

from conformance.accounts import DEMO
from conformance.bench import CLOCK
from conformance.tests import playsms_clients as clients
from conformance.tests.playsms_clients import POLLERS, SENDERS, Asked, Heard, Poller, Sender, Unhappy, Who
from emulator.app import running

WHO = Who(DEMO["voipe"].login.username, DEMO["voipe"].login.key)
POOR = Who(DEMO["voipe"].others["empty"].username, DEMO["voipe"].others["empty"].key)
STRANGER = WHO._replace(token="0" * 32)

Spoil = Callable[[Heard], Heard]

every_sender = pytest.mark.parametrize("sender", SENDERS, ids=lambda one: one.name)
every_poller = pytest.mark.parametrize("poller", POLLERS, ids=lambda one: one.name)


@pytest.fixture(scope="module")
def app() -> Iterator[Client]:
    with running(seed=1, clock=CLOCK, rate=0.0) as emulator:
        yield Client(emulator.wsgi)


@pytest.fixture
def world(app: Client) -> Client:
    """As it starts."""
    app.post("/_emulator/reset")
    return app


def heard(world: Client, asked: Asked) -> Heard:
    reply = world.open(asked.target, method=asked.method, data=asked.body, content_type=asked.content_type)
    return Heard(reply.status_code, reply.headers["Content-Type"], reply.get_data(as_text=True))


def arrives(world: Client, text: str) -> None:
    """A handset writes to the user."""
    fields = {"provider": "voipe", "account": WHO.user, "from": "+972521234567", "to": "0771234567"}
    assert world.post("/_emulator/inbound", json={**fields, "text": text}).status_code == 201


@every_sender
@pytest.mark.parametrize("to", ["0521234567", "0521234567,0531234567"], ids=["one", "two"])
@pytest.mark.parametrize("msg", ["hello world", "שלום\r\nhello"], ids=["latin", "hebrew"])
def test_a_client_is_content_with_a_message_that_was_taken(
    world: Client, sender: Sender, to: str, msg: str
) -> None:
    answer = heard(world, sender.asks(WHO, to, msg))

    assert sender.content(answer)


@every_sender
def test_a_client_sends_what_it_was_told_to(world: Client, sender: Sender) -> None:
    heard(world, sender.asks(WHO, "0521234567", "hello world"))

    (found,) = world.get("/_emulator/messages?provider=voipe").get_json()["messages"]
    assert (found["to"], found["text"].partition(" @")[0]) == ("0521234567", "hello world")


@pytest.mark.parametrize("sender", [one for one in SENDERS if one.looks], ids=lambda one: one.name)
def test_a_client_notices_a_wrong_token(world: Client, sender: Sender) -> None:
    answer = heard(world, sender.asks(STRANGER, "0521234567", "hello"))

    assert not sender.content(answer)


@pytest.mark.parametrize(
    "sender", [one for one in SENDERS if one.name in ("bearsms", "playSMS uplink")], ids=lambda one: one.name
)
def test_a_client_that_looks_at_entries_notices_a_lack_of_credit(world: Client, sender: Sender) -> None:
    answer = heard(world, sender.asks(POOR, "0521234567", "hello"))

    assert not sender.content(answer)


@every_poller
def test_a_client_reads_what_came_in(world: Client, poller: Poller) -> None:
    arrives(world, "first")
    arrives(world, "שני")

    found = poller.reads(heard(world, poller.asks(WHO, "0")))

    assert sorted((sender, text) for _, sender, text in found) == [
        ("+972521234567", "first"),
        ("+972521234567", "שני"),
    ]


@every_poller
def test_a_client_that_goes_on_asking_reads_everything_once(world: Client, poller: Poller) -> None:
    last, read = "0", []
    for text in ("first", "", "second"):
        if text:
            arrives(world, text)
        found = poller.reads(heard(world, poller.asks(WHO, last)))
        read += [row[2] for row in found]
        last = str(max([int(last), *(row[0] for row in found)]))

    assert read == ["first", "second"]


def test_the_uplink_follows_a_message(world: Client) -> None:
    entry = heard(world, clients.by_query(WHO, "pv", to="0521234567", msg="hello")).json["data"][0]
    asked = clients.by_query(WHO, "ds", smslog_id=entry["smslog_id"], queue=entry["queue"], c="1")
    states = []
    for seconds in (1, 10):
        world.post("/_emulator/clock/advance", json={"seconds": seconds})
        states.append(clients.state(heard(world, asked)))

    assert states == [0, 3]


@pytest.mark.parametrize(("credit", "read"), [(1000, 1000.0), (52.5, 52.5), (0, 0.0), (-85, -85.0)])
def test_the_telephone_reads_every_balance(world: Client, credit: float, read: float) -> None:
    world.patch(f"/_emulator/accounts/voipe/{WHO.user}", json={"credit": credit})

    assert clients.balance(heard(world, clients.by_query(WHO, "cr"))) == read


def test_the_telephone_is_given_its_token(world: Client) -> None:
    asked = clients.by_query(WHO, "get_token", p=DEMO["voipe"].login.password)

    assert clients.token(heard(world, asked)) == WHO.token


@pytest.mark.parametrize(
    ("book", "read"), [({}, []), ({"contact.5": "Dana L; 0521234567"}, [("Dana L", "0521234567")])]
)
def test_the_telephone_reads_its_contacts(
    world: Client, book: dict[str, str], read: list[tuple[str, str]]
) -> None:
    world.patch(f"/_emulator/accounts/voipe/{WHO.user}", json={"attributes": book})

    assert clients.contacts(heard(world, clients.by_query(WHO, "get_contact", kwd="%"))) == read


# The shelf: what is wrong with an answer, and the clients that would not take it


def rewritten(change: Callable[[dict[str, object]], dict[str, object]]) -> Spoil:
    return lambda said: said._replace(text=json.dumps(change(said.json)))


def entry_with(**values: object) -> Spoil:
    """Other values in every entry; a missing one for None."""

    def change(document: dict[str, object]) -> dict[str, object]:
        entries = document.get("data")
        assert isinstance(entries, list)
        return {**document, "data": [{**one, **values} for one in entries]}

    return rewritten(change)


UNLOVED_SENDS: list[tuple[str, str, Spoil]] = [
    ("FreeScout VoipeSmsTickets", "status of refusals", lambda said: said._replace(status=400)),
    ("Zammad sms/voipe", "a status for the whole", rewritten(lambda one: {**one, "status": "ERR"})),
    (
        "playsms/webservices",
        "an object for a list",
        rewritten(lambda one: {**one, "data": {"0": one["data"]}}),
    ),
    ("playsms/webservices", "flat as before 1.0", rewritten(lambda one: {"status": "OK", "error": "0"})),
    ("playSMS uplink", "no identifier", entry_with(smslog_id=0)),
    ("playSMS uplink", "a short queue code", entry_with(queue="1")),
    ("laravel-notification-channel-play-sms", "a defect", lambda said: said._replace(status=500)),
    ("playsms gem", "another label", lambda said: said._replace(content_type="text/html; charset=UTF-8")),
    ("playsms gem", "a charset", lambda said: said._replace(content_type="application/json; charset=utf-8")),
    ("bearsms", "a code for the whole", rewritten(lambda one: {**one, "error": "0"})),
    ("bearsms", "another word", entry_with(status="SENT")),
    ("bearsms", "no entries", rewritten(lambda one: {"status": "OK", "error": "0", "error_string": None})),
    ("LibreNMS Playsms", "another status", lambda said: said._replace(status=302)),
    ("cmk_notification_playsms", "another status", lambda said: said._replace(status=201)),
]


@pytest.mark.parametrize(
    ("name", "says", "spoil"), UNLOVED_SENDS, ids=[f"{name}: {says}" for name, says, _ in UNLOVED_SENDS]
)
def test_a_client_would_notice_a_wrong_answer_to_a_message(
    world: Client, name: str, says: str, spoil: Spoil
) -> None:
    sender = next(one for one in SENDERS if one.name == name)
    answer = heard(world, sender.asks(WHO, "0521234567", "hello"))

    assert sender.content(answer)
    assert not sender.content(spoil(answer)), says


UNLOVED_LISTS: list[tuple[str, Spoil]] = [
    ("entries without a sender", rewritten(lambda one: {**one, "data": [{"id": "1", "msg": "x"}]})),
    ("entries without an identifier", rewritten(lambda one: {**one, "data": [{"src": "1", "msg": "x"}]})),
    ("words for identifiers", entry_with(id="first")),
    ("texts for entries", rewritten(lambda one: {**one, "data": ["first"]})),
]


@every_poller
@pytest.mark.parametrize(("says", "spoil"), UNLOVED_LISTS, ids=[says for says, _ in UNLOVED_LISTS])
def test_a_client_would_notice_a_wrong_list(world: Client, poller: Poller, says: str, spoil: Spoil) -> None:
    arrives(world, "first")
    answer = heard(world, poller.asks(WHO, "0"))

    assert len(poller.reads(answer)) == 1
    with pytest.raises(Unhappy):
        poller.reads(spoil(answer))


@pytest.mark.parametrize(
    "poller", [one for one in POLLERS if one.reads is clients.rows], ids=lambda one: one.name
)
@pytest.mark.parametrize("code", [501, "500", "100"])
def test_a_client_takes_one_code_alone_for_nothing_new(world: Client, poller: Poller, code: object) -> None:
    """As a text."""
    answer = heard(world, poller.asks(WHO, "0"))

    assert poller.reads(answer) == []
    with pytest.raises(Unhappy):
        poller.reads(rewritten(lambda one: {**one, "error": code})(answer))


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (clients.state, '{"status":"ERR","error":"400"}'),
        (clients.state, '{"data":[]}'),
        (clients.state, '{"data":[{"status":"delivered"}]}'),
        (clients.balance, '{"status":"OK","error":"0","balance":5}'),
        (clients.balance, '{"status":"ERR","error":"100"}'),
        (clients.token, '{"status":"OK","error":"0","token":""}'),
        (clients.contacts, '{"status":"OK","error":"0","data":[{"name":"Dana"}]}'),
    ],
)
def test_a_client_would_notice_what_is_missing(read: Callable[[Heard], object], text: str) -> None:
    with pytest.raises(Unhappy):
        read(Heard(200, "application/json", text))
