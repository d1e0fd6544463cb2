"""All scripts: how they are called."""

from urllib.parse import quote

import pytest

from conformance.checks.isms.calls import IDLE, balance, every_script, identifier, idle, inbox, said
from conformance.control import Control
from conformance.drivers.isms import IsmsDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

STRANGER = "Error: Authentication error."


@requirement("isms/http/addresses")
@every_script
def test_every_script_answers_at_its_address(isms: IsmsDriver, script: str) -> None:
    """In words of its own section."""
    verify(said(idle(isms, script))).matches(IDLE[script][1])


@requirement("isms/http/get")
def test_a_get_request_sends_a_message(isms: IsmsDriver, numbers: Numbers) -> None:
    """Everything in the query string, no body."""
    identifier(isms.send(to=numbers(), method="GET"))


@requirement("isms/http/url-encoded")
def test_values_are_percent_decoded(isms: IsmsDriver) -> None:
    """User name and password with every octet written as an escape."""
    login = f"username={_escaped(isms.username)}&password={_escaped(isms.password)}"

    verify(said(isms.call("credits.php", raw_query=login))).matches(IDLE["credits.php"][1])


@requirement("isms/http/url-encoded")
def test_escapes_are_octets_of_utf8(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """A text with the characters that have a meaning in a query."""
    text = "50% & 100%: ναι = όχι; #1 / ?"
    reply = isms.send(to=numbers(), message=text, coding="UTF-8")

    verify(inbox(control, reply)["text"]).equals(text)


@requirement("isms/http/plus-is-blank")
def test_a_plus_sign_is_a_blank(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """The text in the example request of the page."""
    reply = isms.call("send.php", raw_query=_send(isms, numbers, "text+at+utf8+format"))

    verify(inbox(control, reply)["text"]).equals("text at utf8 format")


@requirement("isms/http/encoded-plus")
def test_an_encoded_plus_sign_is_a_plus_sign(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """One plus one, written with an escape."""
    reply = isms.call("send.php", raw_query=_send(isms, numbers, "1%2B1"))

    verify(inbox(control, reply)["text"]).equals("1+1")


@requirement("isms/http/credentials")
@every_script
@pytest.mark.parametrize("missing", ["username", "password"])
def test_no_script_works_without_credentials(isms: IsmsDriver, script: str, missing: str) -> None:
    """Whatever error it is."""
    verify(said(idle(isms, script, {missing: None}))).matches("Error: .+")


@requirement("isms/http/bad-credentials")
@every_script
@pytest.mark.parametrize("wrong", ["username", "password"])
def test_wrong_credentials_are_told_so(isms: IsmsDriver, script: str, wrong: str) -> None:
    """An unknown user name, and a wrong password for a known one."""
    verify(said(idle(isms, script, {wrong: "nobody-has-this"}))).equals(STRANGER)


@requirement("isms/http/missing-credentials")
@every_script
@pytest.mark.parametrize("missing", ["username", "password"])
@pytest.mark.parametrize("value", [None, ""], ids=["left-out", "empty"])
def test_missing_credentials_are_worded_like_wrong_ones(
    isms: IsmsDriver, script: str, missing: str, value: str | None
) -> None:
    """The name left out, and the name with nothing after it."""
    verify(said(idle(isms, script, {missing: value}))).equals(STRANGER)


@requirement("isms/http/post")
@every_script
def test_a_form_is_understood_like_a_query(isms: IsmsDriver, script: str) -> None:
    """The same call, posted."""
    verify(said(idle(isms, script, method="POST"))).matches(IDLE[script][1])


@requirement("isms/http/body-beside-query")
def test_a_body_completes_and_outweighs_the_query(isms: IsmsDriver) -> None:
    """The user name stands in the query, the password in both."""
    reply = isms.call(
        "credits.php",
        method="POST",
        raw_query=f"username={quote(isms.username)}&password=nobody-has-this",
        body=f"password={quote(isms.password)}".encode(),
    )

    verify(said(reply)).matches(IDLE["credits.php"][1])


@requirement("isms/http/last-name-wins")
def test_the_last_of_a_repeated_name_counts(isms: IsmsDriver) -> None:
    """A right and a wrong password, in both orders."""
    login = ("username", isms.username)
    right, wrong = ("password", isms.password), ("password", "nobody-has-this")

    verify(said(isms.call("credits.php", [login, wrong, right]))).matches(IDLE["credits.php"][1])
    verify(said(isms.call("credits.php", [login, right, wrong]))).equals(STRANGER)


@requirement("isms/http/case-of-names")
def test_names_in_capitals_are_other_names(isms: IsmsDriver) -> None:
    """Right values under USERNAME and PASSWORD."""
    reply = isms.call("credits.php", {"USERNAME": isms.username, "PASSWORD": isms.password})

    verify(said(reply)).equals(STRANGER)


@requirement("isms/http/unknown-names")
def test_names_the_page_does_not_know_are_ignored(isms: IsmsDriver) -> None:
    """A balance asked for with a remark."""
    reply = isms.call(
        "credits.php", {"username": isms.username, "remark": "none of yours", "password": isms.password}
    )

    verify(said(reply)).matches(IDLE["credits.php"][1])


@requirement("isms/http/empty-is-missing")
@pytest.mark.parametrize(
    ("script", "name", "says"),
    [
        ("send.php", "to", "Error: No recipients."),
        ("query.php", "mid", "Error: No message ID defined."),
        ("hlr.php", "mobiles", "Error: No recipients."),
        ("hlrquery.php", "mid", "Error: No message ID defined."),
        ("savecontact.php", "mobile", "Error: Mobile number is empty."),
        ("deletecontact.php", "mobile", "Error: Mobile number is empty."),
    ],
)
def test_an_empty_value_is_none(isms: IsmsDriver, script: str, name: str, says: str) -> None:
    """A required parameter that is there with nothing in it."""
    verify(said(idle(isms, script, {name: ""}))).equals(says)


@requirement("isms/http/empty-is-missing")
def test_empty_options_are_left_at_their_defaults(
    isms: IsmsDriver, control: Control, numbers: Numbers
) -> None:
    """A send with every optional parameter empty."""
    reply = isms.send(to=numbers(), coding="", flash="", schedule="", dlr_url="")
    message = inbox(control, reply)

    verify([message[key] for key in ("coding", "flash", "scheduled_at", "callback")]).equals(
        ["gsm7", False, None, None]
    )


@requirement("isms/http/undecodable")
def test_octets_that_are_no_utf8_break_nothing(isms: IsmsDriver, numbers: Numbers) -> None:
    """A text in a Greek eight-bit encoding, then a user name in it."""
    text = isms.call("send.php", raw_query=_send(isms, numbers, "%C3%E5%E9%DC"))
    name = isms.call("credits.php", raw_query=f"username=%C3%E5%E9%DC&password={quote(isms.password)}")

    verify(said(text)).matches(r"ID:\w+|Error: [A-Za-z ]+\.")
    verify(said(name)).equals(STRANGER)


@requirement("isms/http/undecodable")
def test_a_slip_in_an_escape_breaks_nothing(isms: IsmsDriver) -> None:
    """A balance asked for beside a percent sign without digits."""
    before = balance(isms)
    login = f"remark=100%&username={quote(isms.username)}&password={quote(isms.password)}"

    verify(said(isms.call("credits.php", raw_query=login))).matches(rf"Credits:{before}")


def _escaped(text: str) -> str:
    return "".join(f"%{octet:02X}" for octet in text.encode())


def _send(isms: IsmsDriver, numbers: Numbers, message: str) -> str:
    """A send as a query string whose text is already encoded."""
    login = f"username={quote(isms.username)}&password={quote(isms.password)}"
    return f"{login}&from=smslab&message={message}&to={numbers()[0]}"
