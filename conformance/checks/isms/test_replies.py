"""All scripts: the shape of what they say, whatever it is."""

import pytest

from conformance.checks.isms.calls import NOBODY, every_script, identifier, idle, said
from conformance.drivers.http import Reply
from conformance.drivers.isms import IsmsDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("isms/http/errors-begin-alike")
@every_script
def test_an_error_is_one_sentence_behind_one_word(isms: IsmsDriver, script: str) -> None:
    """As known clients recognise it."""
    reply = idle(isms, script, NOBODY)

    verify(said(reply)).matches(r"Error: [A-Z][A-Za-z ]*[a-z]\.")


@requirement("isms/http/nothing-before")
@every_script
def test_nothing_stands_before_a_reply(isms: IsmsDriver, script: str) -> None:
    """Neither blank nor byte order mark, in octets."""
    for reply in (idle(isms, script), idle(isms, script, NOBODY)):
        verify(reply.body).holds(begins_with_itself, "octets that begin with a letter")


@requirement("isms/http/nothing-before")
def test_nothing_stands_before_a_success(isms: IsmsDriver, numbers: Numbers) -> None:
    """Identifiers, states and contacts, in octets."""
    for reply in successes(isms, numbers()[0]):
        verify(reply.body).holds(begins_with_itself, "octets that begin with a letter")


@requirement("isms/http/no-newline")
@every_script
def test_nothing_follows_a_reply(isms: IsmsDriver, script: str) -> None:
    """In octets."""
    for reply in (idle(isms, script), idle(isms, script, NOBODY)):
        verify(reply.body).holds(ends_with_itself, "octets that end without white space")


@requirement("isms/http/no-newline")
def test_nothing_follows_a_success(isms: IsmsDriver, numbers: Numbers) -> None:
    """Identifiers, states and contacts, in octets."""
    for reply in successes(isms, numbers()[0]):
        verify(reply.body).holds(ends_with_itself, "octets that end without white space")


@requirement("isms/http/success-status")
def test_a_success_has_status_200(isms: IsmsDriver) -> None:
    """Told by the balance."""
    verify(isms.credits().status).equals(200)


@requirement("isms/http/error-status")
@every_script
def test_an_error_has_status_200(isms: IsmsDriver, script: str) -> None:
    """Told by a wrong password."""
    verify(idle(isms, script, NOBODY).status).equals(200)


@requirement("isms/http/content-type")
@every_script
def test_replies_are_labelled_as_php_labels_them(isms: IsmsDriver, script: str) -> None:
    """Letter case and blanks aside; successes and errors alike."""
    for reply in (idle(isms, script), idle(isms, script, NOBODY)):
        label = str(reply.headers["Content-Type"]).lower().replace(" ", "")
        verify(label).equals("text/html;charset=utf-8")


@requirement("isms/http/other-methods")
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_other_methods_are_refused_in_plain_text(isms: IsmsDriver, method: str) -> None:
    """No page of a framework."""
    refused(isms.call("credits.php", {}, method=method), 405)


@requirement("isms/http/unknown-script")
def test_an_unknown_script_is_refused_in_plain_text(isms: IsmsDriver) -> None:
    """No page of a framework."""
    refused(isms.call("nosuchscript.php"), 404)


def successes(isms: IsmsDriver, mobile: str) -> list[Reply]:
    """Every script's answer to a call that it can serve."""
    message, look_up = isms.send(to=mobile), isms.hlr(mobiles=mobile)
    return [
        message,
        look_up,
        isms.query(mid=identifier(message), mobile=mobile),
        isms.hlrquery(mid=identifier(look_up), mobile=mobile),
        isms.savecontact(mobile=mobile),
        isms.deletecontact(mobile=mobile),
    ]


def begins_with_itself(body: bytes) -> bool:
    return body.decode(errors="replace")[:1].isalpha()


def ends_with_itself(body: bytes) -> bool:
    return body == body.rstrip()


def refused(reply: Reply, status: int) -> None:
    verify(reply.status).equals(status)
    verify(str(reply.headers["Content-Type"])).matches("text/plain.*")
    verify(said(reply)).matches(r"[^<>\n]+")
