"""Who calls: tokens, Basic below /api/, and what belongs to others."""

from base64 import b64encode

import pytest

from conformance.checks.ip1.calls import (
    ADDRESSES,
    BELOW_V2,
    UNKNOWN,
    answers,
    batch,
    done,
    id_of,
    listed,
    messages,
    not_taken,
    owner,
    refused,
    sent,
)
from conformance.checks.ip1.conftest import Put
from conformance.control import Control
from conformance.drivers.ip1 import (
    BATCHES,
    BLACKLIST,
    CHILDREN,
    CONTACTS,
    CONVERSATIONS,
    DETAILS,
    LANDINGS,
    OVERVIEW,
    PROBLEM,
    SENDERS,
    SETTINGS,
    Answer,
    Ip1Driver,
)
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

STRANGER = "nobody-has-this"

WRITING: dict[str, tuple[str, str, object]] = {
    "batch": ("POST", BATCHES, {"sender": "iP1", "recipients": ["46701740606"], "body": "smslab"}),
    "sender": ("PUT", f"{SENDERS}/smslabauth", {}),
    "number": ("PUT", f"{BLACKLIST}/46701740606", {}),
    "setting": ("PUT", f"{SETTINGS}/IncomingCallbackUrl", "http://smslab.example/"),
    "contact": ("POST", f"{CONTACTS}?sync", [{"properties": {"firstName": "smslab"}}]),
    "landing": ("POST", LANDINGS, {"name": "smslab"}),
    "child": ("POST", CHILDREN, {"Name": "smslab"}),
}
EXCUSES: list[tuple[str, str, bytes | None, str]] = [  # calls that could be refused for another reason
    ("GET", f"{BATCHES}/{UNKNOWN}", None, ""),
    ("GET", f"{BATCHES}/x", None, ""),
    ("GET", f"{BATCHES}?limit=0", None, ""),
    ("POST", BATCHES, b"{", "application/json"),
    ("POST", BATCHES, b"{}", "text/plain"),
    ("PUT", f"{SENDERS}/x", None, ""),
]
ACCOUNT = (OVERVIEW, DETAILS, CHILDREN)


def statuses(ip1: Ip1Driver) -> dict[str, int]:
    """What status each kind of path answers with."""
    return {name: answer.status for name, answer in answers(ip1).items()}


def newest(ip1: Ip1Driver) -> list[object]:
    """The ids of the latest batches."""
    return [one.get("id") for one in listed(ip1.get(BATCHES, {"order": "DESC"}))]


def basic(ip1: Ip1Driver, path: str, user: str, password: str | None) -> Answer:
    """GET with HTTP Basic."""
    token = b64encode(f"{user}:{password}".encode()).decode()
    return ip1.raw("GET", path, headers={"Authorization": f"Basic {token}"})


@requirement("ip1/auth/bearer")
def test_a_token_opens(ip1: Ip1Driver) -> None:
    """Every kind of path."""
    verify(statuses(ip1)).equals(dict.fromkeys(ADDRESSES, 200))


@requirement("ip1/auth/bearer")
@pytest.mark.parametrize(("method", "path", "value"), WRITING.values(), ids=WRITING)
def test_nothing_is_done_for_nobody(
    ip1: Ip1Driver, nobody: Ip1Driver, method: str, path: str, value: object
) -> None:
    """What is there, or is newest, is the same before and after."""
    seen, latest = path.partition("?")[0], {} if method == "PUT" else {"order": "DESC"}
    before = ip1.get(seen, latest)

    not_taken(nobody.call(method, path, value))

    after = ip1.get(seen, latest)
    verify((after.status, after.value)).equals((before.status, before.value))


@requirement("ip1/auth/refused")
@pytest.mark.parametrize("key", [None, STRANGER], ids=["none", "unknown"])
def test_a_call_without_a_token_that_somebody_has_is_refused(ip1: Ip1Driver, key: str | None) -> None:
    """At every kind of path."""
    verify(statuses(ip1.as_key(key))).equals(dict.fromkeys(ADDRESSES, 401))


@requirement("ip1/auth/refused")
def test_what_is_no_token_is_refused(ip1: Ip1Driver) -> None:
    """Words that come near one."""
    for field in ("", "Bearer", "Bearer ", f"Token {ip1.key}", str(ip1.key), f"Bearer {ip1.key}x"):
        refused(ip1.raw("GET", BATCHES, headers={"Authorization": field}), 401)


@requirement("ip1/auth/before-all")
def test_who_calls_is_asked_first(nobody: Ip1Driver) -> None:
    """Whatever else is wrong with the call."""
    for method, path, body, kind in EXCUSES:
        refused(nobody.raw(method, path, body, kind), 401)


@requirement("ip1/auth/challenge")
def test_a_refusal_asks_for_a_token(nobody: Ip1Driver) -> None:
    """The scheme stands first; parameters may follow."""
    for answer in answers(nobody, BELOW_V2).values():
        refused(answer, 401)
        verify(answer.headers.get("WWW-Authenticate")).matches(r"Bearer\b.*")


@requirement("ip1/auth/problem")
@pytest.mark.parametrize("key", [None, STRANGER], ids=["none", "unknown"])
def test_a_refusal_is_a_problem(ip1: Ip1Driver, key: str | None) -> None:
    """With its title."""
    answer = ip1.as_key(key).get(BATCHES)
    refused(answer, 401)

    verify(answer.headers.get_content_type()).equals(PROBLEM)
    problem = answer.document
    verify((problem.get("title"), problem.get("status"))).equals(("Unauthorized", 401))


@requirement("ip1/auth/basic-refused")
def test_basic_does_not_open_what_is_below_v2(ip1: Ip1Driver) -> None:
    """Not even with the right key."""
    refused(basic(ip1, BATCHES, owner(ip1), ip1.key), 401)


@requirement("ip1/auth/basic")
def test_basic_opens_the_account_calls(ip1: Ip1Driver) -> None:
    """The id of the account and its key."""
    user = owner(ip1)

    verify([basic(ip1, path, user, ip1.key).status for path in ACCOUNT]).equals([200] * len(ACCOUNT))


@requirement("ip1/auth/basic")
def test_basic_wants_the_key_of_the_account_that_is_named(ip1: Ip1Driver, empty: Ip1Driver) -> None:
    """Another account's is no better than a wrong one."""
    refused(basic(ip1, OVERVIEW, owner(ip1), STRANGER), 401)
    refused(basic(ip1, OVERVIEW, owner(ip1), empty.key), 401)


@requirement("ip1/auth/account-bearer")
def test_a_token_opens_the_account_calls(ip1: Ip1Driver) -> None:
    """As it does all others."""
    verify([ip1.get(path).status for path in ACCOUNT]).equals([200] * len(ACCOUNT))


@requirement("ip1/auth/networks")
def test_a_key_that_is_bound_to_a_network_is_refused_from_elsewhere(
    ip1: Ip1Driver, control: Control, login: str
) -> None:
    """403 from here while the key is bound to other networks; then it opens again."""
    bound = control.account("ip1", login)["attributes"]
    for networks, status in (("192.0.2.0/24 2001:db8::/32", 403), ("0.0.0.0/0 ::/0", 200)):
        control.patch_account("ip1", login, attributes={**bound, "networks": networks})
        verify(ip1.get(BATCHES).status).equals(status)


@requirement("ip1/auth/own-only")
def test_lists_hold_what_is_ones_own(ip1: Ip1Driver, empty: Ip1Driver, numbers: Numbers, block: Put) -> None:
    """Batches, a conversation and the blacklist of one account, as another one sees them."""
    (number, blocked) = numbers(2)
    id = sent(ip1, [number])
    block(blocked)

    verify(id in newest(empty)).equals(False)
    verify(id in newest(ip1)).equals(True)
    said = listed(empty.get(f"{CONVERSATIONS}/{number}", {"order": "DESC"}))
    verify([one for one in said if one.get("batchId") == id]).equals([])
    verify([one for one in listed(empty.get(BLACKLIST)) if one.get("msisdn") == blocked]).equals([])


@requirement("ip1/auth/own-only")
def test_accounts_have_senders_and_settings_of_their_own(
    ip1: Ip1Driver, empty: Ip1Driver, register: Put, setting: str
) -> None:
    """What one registers and sets, the other does not have."""
    register("smslabown")
    before = empty.get(setting).value
    done(ip1.put(setting, "http://own.example/"))

    verify(empty.get(setting).value).equals(before)
    refused(empty.get(f"{SENDERS}/smslabown"), 404)


@requirement("ip1/auth/foreign")
def test_a_batch_of_another_is_not_there(ip1: Ip1Driver, empty: Ip1Driver, numbers: Numbers) -> None:
    """To read it, its messages or one of them, or to delete it."""
    id = sent(ip1, numbers())
    message = id_of(messages(ip1, id)[0])

    refused(empty.get(f"{BATCHES}/{id}"), 404)
    refused(empty.get(f"{BATCHES}/{id}/messages"), 404)
    refused(empty.get(f"{BATCHES}/{id}/messages/{message}"), 404)
    before = batch(ip1, id)
    refused(empty.delete(f"{BATCHES}/{id}"), 404)
    verify(batch(ip1, id)).equals(before)


@requirement("ip1/auth/foreign")
def test_what_another_has_put_is_not_there(
    ip1: Ip1Driver, empty: Ip1Driver, numbers: Numbers, register: Put, block: Put
) -> None:
    """A sender and a blocked number, to read or to delete."""
    (number,) = numbers()
    register("smslabmine")
    block(number)

    for path in (f"{SENDERS}/smslabmine", f"{BLACKLIST}/{number}"):
        refused(empty.get(path), 404)
        refused(empty.delete(path), 404)
        done(ip1.get(path))
