"""Accounts as an administrator changes them."""

import pytest

from conformance.checks.voipe.calls import NOBODYS, about, inbox, refused, succeeded
from conformance.checks.voipe.conftest import User
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("voipe/accountpref/operation")
def test_who_a_user_is_changes(admin: VoipeDriver, user: User) -> None:
    """Name, address, mobile, and the password."""
    dana = user("dana", name="Dana", email="old@example.com")
    fields = {"data_name": "Dana L", "data_email": "new@example.com", "data_mobile": "0521234567"}
    document = succeeded(admin.call("accountpref", data_username="dana", **fields, data_password="another"))

    verify(document.get("info")).holds(bool, "a text")
    told = about(dana)
    verify((told["name"], told["email"], told["mobile"])).equals(("Dana L", "new@example.com", "0521234567"))
    succeeded(dana.call("get_token", p="another"))
    for field in ("data_address", "data_city", "data_state", "data_country", "data_zipcode"):
        succeeded(admin.call("accountpref", data_username="dana", **{field: "x"}))


@pytest.mark.parametrize(
    ("op", "field", "code"),
    [
        pytest.param("accountpref", "data_name", "615", marks=requirement("voipe/accountpref/missing")),
        pytest.param("accountconf", "data_footer", "617", marks=requirement("voipe/accountconf/missing")),
    ],
)
def test_a_change_needs_a_user_and_something_to_change(
    admin: VoipeDriver, user: User, op: str, field: str, code: str
) -> None:
    """One of them missing, the user unknown."""
    user("dana")

    refused(admin.call(op, data_username="dana"), code)
    refused(admin.call(op, **{field: "x"}), code)
    refused(admin.call(op, data_username=NOBODYS, **{field: "x"}), code)


@requirement("voipe/accountpref/refused")
@pytest.mark.parametrize("changes", [{"data_email": "other@example.com"}, {"data_password": "abc"}])
def test_some_changes_are_refused(admin: VoipeDriver, user: User, changes: dict[str, str]) -> None:
    """With a word why."""
    user("dana")
    user("other", email="other@example.com")
    answer = admin.call("accountpref", data_username="dana", **changes)

    refused(answer, "616")
    verify(answer.document.get("info")).holds(bool, "a text")


@requirement("voipe/accountconf/operation", "voipe/accountconf/rest")
def test_how_a_user_is_set_up_changes(
    admin: VoipeDriver, user: User, control: Control, numbers: Numbers
) -> None:
    """Footer and sender, one after the other."""
    dana = user("dana", senders=["One", "Two"], sender="One")
    document = succeeded(admin.call("accountconf", data_username="dana", data_footer="Bye"))
    verify(document.get("info")).holds(bool, "a text")
    succeeded(
        admin.call("accountconf", data_username="dana", data_sender="Two", data_datetime_timezone="+0200")
    )

    found = inbox(control, dana.pv(numbers()[0], "hello"))
    verify((found["text"], found["from"])).equals(("hello Bye", "Two"))
    for field in (
        "language_module",
        "fwd_to_inbox",
        "fwd_to_email",
        "fwd_to_mobile",
        "local_length",
        "replace_zero",
    ):
        succeeded(admin.call("accountconf", data_username="dana", **{f"data_{field}": "1"}))


@requirement("voipe/accountconf/refused")
def test_a_sender_has_to_be_set_up_first(admin: VoipeDriver, user: User) -> None:
    """For this user."""
    user("dana", senders=["One"])
    user("other", senders=["Two"])
    answer = admin.call("accountconf", data_username="dana", data_sender="Two")

    refused(answer, "618")
    verify(answer.document.get("info")).holds(bool, "a text")
