"""Two accounts: nothing that one has is seen or changed by the other, at any address of ip1.openapi.json."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import pytest

from conformance.checks.ip1.book import NAMES, TITLE, element, label
from conformance.checks.ip1.calls import CALLBACK, VIRTUAL, Document, done, id_of, messages, sent
from conformance.control import Control
from conformance.drivers.ip1 import (
    BLACKLIST,
    CHILDREN,
    CONTACTS,
    LANDINGS,
    SENDERS,
    SETTINGS,
    TEXT,
    Answer,
    Ip1Driver,
)
from conformance.fuzzing import Described, operations, written
from conformance.requirement import requirement
from conformance.verify import verify

FILE = json.loads(written("ip1"))
OPERATIONS = operations("ip1")

WORD = "dolphin"  # stands in everything that the first account writes
HANDSET, BLOCKED = "46701740606", "46701740607"

OWNED = ("batchId", "messageId", "contactId", "landingId", "elementId", "child")
"""Parts of paths that name what one account alone has."""

Belongings = Mapping[str, str]


def furnished(ip1: Ip1Driver, control: Control, login: str) -> Belongings:
    """Gives the account one of everything: names by the parts of paths that they fill."""
    batch = sent(ip1, [HANDSET], body=f"{TEXT} {WORD}", reference=WORD, tags=[WORD])
    control.inbound(provider="ip1", account=login, sender=HANDSET, to=VIRTUAL, text=WORD)
    done(ip1.put(f"{BLACKLIST}/{BLOCKED}"))
    done(ip1.put(f"{SENDERS}/{WORD}"))
    done(ip1.put(f"{SETTINGS}/{CALLBACK}", f"http://localhost:9/{WORD}"))
    (contact,) = ip1.post(f"{CONTACTS}?sync", [{"properties": {**NAMES, WORD: WORD}}]).entries
    done(ip1.post(label(WORD, "/contacts"), [id_of(contact)]))
    landing = id_of(done(ip1.post(LANDINGS, {"name": WORD})))
    part = id_of(done(ip1.post(element(landing), {**TITLE, "content": WORD})))
    return {
        "batchId": batch,
        "messageId": id_of(messages(ip1, batch)[0]),
        "participant": HANDSET,
        "msisdn": BLOCKED,
        "sender": WORD,
        "setting": CALLBACK,
        "contactId": id_of(contact),
        "labelName": WORD,
        "landingId": landing,
        "elementId": part,
        "child": str(done(ip1.post(CHILDREN, {"Name": WORD}))["ID"]),
    }


def called(ip1: Ip1Driver, operation: Described, belongings: Belongings) -> tuple[str, Answer]:
    """What was said and what was answered: the example of the file, about somebody's belongings."""
    path = re.sub(r"\{(\w+)\}", lambda part: quote(belongings[part[1]]), operation.path)
    body = [about(one, belongings) for one in examples(operation)[:1]]
    return f"{path} {json.dumps(body)}", ip1.call(operation.method.upper(), path, *body)


def examples(operation: Described) -> list[Any]:
    """The bodies that the file shows for an operation."""
    described = FILE["paths"][operation.path][operation.method].get("requestBody", {"content": {}})
    media = described["content"].get("application/json", {})
    shown = [one["value"] for one in media.get("examples", {}).values()]
    return [media["example"], *shown] if "example" in media else shown


def about(value: Any, belongings: Belongings) -> Any:
    """The value with somebody's ids in the place of those of the example."""
    if isinstance(value, dict):
        return {name: about(one, belongings) for name, one in value.items()}
    if isinstance(value, list):
        return [about(one, belongings) for one in value]
    if re.fullmatch("[0-9a-f]{24}", str(value)):
        return belongings["contactId"]
    return belongings["child"] if re.fullmatch("ip1-[0-9]+", str(value)) else value


def everything(ip1: Ip1Driver, belongings: Belongings) -> dict[str, Any]:
    """All that an account can read, by the operations."""
    reading = [operation for operation in OPERATIONS if operation.reads]
    answers = {operation.name: called(ip1, operation, belongings)[1] for operation in reading}
    verify({name: answer.status for name, answer in answers.items()}).equals(dict.fromkeys(answers, 200))
    return {name: answer.value for name, answer in answers.items()}


def other(ip1: Ip1Driver, empty: Ip1Driver, who: str) -> Ip1Driver:
    if who == "below":
        child: Document = done(ip1.post(CHILDREN, {"Name": "Below"}))
        return ip1.as_key(str(child["Key"]))
    return empty


@requirement("ip1/auth/own-only", "ip1/auth/foreign")
@pytest.mark.parametrize("who", ["stranger", "below"])
def test_nothing_of_an_account_is_seen_or_changed_by_another(
    ip1: Ip1Driver, empty: Ip1Driver, control: Control, login: str, who: str
) -> None:
    """Every operation is called with ids and names of the first account, by a stranger and a sub-account."""
    stranger = other(ip1, empty, who)
    belongings = furnished(ip1, control, login)
    before = everything(ip1, belongings)
    key = before["readChild"]["Key"]
    secrets = {WORD, str(ip1.key), key, *(belongings[name] for name in OWNED)}

    for operation in OPERATIONS:
        said, answer = called(stranger, operation, belongings)
        told = [secret for secret in secrets if secret not in said and secret in answer.reply.text]
        verify((operation.name, told)).equals((operation.name, []))
        if any(f"{{{name}}}" in operation.path for name in OWNED):
            verify((operation.name, answer.status)).equals((operation.name, 404))

    verify(everything(ip1, belongings)).equals(before)
