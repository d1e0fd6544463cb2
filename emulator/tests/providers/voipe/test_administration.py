"""What only administrators may do: balances, accounts, and what these are set up with."""

from decimal import Decimal

import pytest

from emulator.core.refusals import Reason
from emulator.core.sabotage import Effect
from emulator.providers.voipe.operations import OPERATIONS
from emulator.tests.providers.voipe.called import TOKENS, UPSTREAM, Called

NEW = {
    "data_status": "3", "data_username": "dana", "data_password": "x", "data_name": "Dana",
    "data_email": "dana@example.com",
}  # fmt: skip


@pytest.mark.parametrize("op", [name for name, operation in OPERATIONS.items() if operation.admin])
def test_others_are_refused(op: str) -> None:
    called = Called()

    assert (called.error(op), called.error(op, "admin", h="0" * 32)) == ("600", "600")


@pytest.mark.parametrize("op", [name for name, operation in OPERATIONS.items() if operation.failure])
def test_a_failure_on_purpose_has_the_code_of_the_operation(op: str) -> None:
    called = Called()
    called.break_(Effect.REFUSE, reason=Reason.STORAGE_FAILED)

    assert called.error(op, "admin") == OPERATIONS[op].failure


@pytest.mark.parametrize(("name", "balance"), [("demo", 1000), ("DEMO", 1000), ("empty", 0)])
def test_a_balance_is_shown(name: str, balance: int) -> None:
    found = Called().said("creditview", "admin", data_username=name)

    assert (found["error"], found["balance"]) == ("0", balance)


@pytest.mark.parametrize(
    ("name", "code"),
    [("nobody", "620"), (" demo ", "620"), ("demo@example.com", "620"), ("", "619")],
)
def test_nobody_has_no_balance(name: str, code: str) -> None:
    assert Called().error("creditview", "admin", data_username=name) == code


def test_a_balance_of_nought_may_be_none() -> None:
    assert Called(zero_balance="failed").error("creditview", "admin", data_username="empty") == "620"


@pytest.mark.parametrize(
    ("op", "name", "amount", "answer"),
    [
        ("creditadd", "demo", "0.125", (0.125, 1000.125)),
        ("creditadd", "demo", "-10", (-10, 990)),
        ("creditadd", "demo", "-1000", (-1000, None)),
        ("creditadd", "demo", "1e2x", (100, 1100)),
        ("creditdeduct", "demo", "-10", (-10, 990)),
        ("creditdeduct", "empty", "85", (85, -85)),
        ("creditadd", "demo", "0", "622"),
        ("creditadd", "demo", "abc", "622"),
        ("creditadd", "demo", "1e99", "622"),
        ("creditadd", "demo", "999999999999.5", "622"),
        ("creditadd", "", "1", "621"),
        ("creditadd", "nobody", "1", "622"),
        ("creditdeduct", "demo", "x", "624"),
        ("creditdeduct", "", "1", "623"),
        ("creditdeduct", "nobody", "1", "624"),
    ],
)
def test_a_balance_is_changed(op: str, name: str, amount: str, answer: object) -> None:
    called = Called()

    found = called.said(op, "admin", data_username=name, data_amount=amount)

    if isinstance(answer, tuple):
        assert (found["amount"], found["balance"]) == answer
        assert called.account(name).credit == Decimal(str(answer[1] or 0))
    else:
        assert found["error"] == answer


def test_a_real_server_takes_credit_for_nobody_and_tells_a_new_balance_later() -> None:
    called = Called(**UPSTREAM)

    nobody = called.said("creditadd", "admin", data_username="nobody", data_amount="5")
    added = called.said("creditadd", "admin", data_username="demo", data_amount="5")
    at_once = called.said("cr")["credit"]
    called.advance(30)

    assert (nobody["balance"], added["balance"], at_once) == (None, 1000, 1000)
    assert called.said("cr")["credit"] == 1005


def test_credit_of_nothing_is_a_text_and_an_unlimited_one_a_lot() -> None:
    called = Called()
    called.said("creditdeduct", "admin", data_username="demo", data_amount="0.0004")

    assert called.get("cr", "empty").text.startswith('{"status":"OK","error":"0","credit":"0",')
    assert called.said("cr")["credit"] == 1000


def test_nobody_gets_another_number_by_an_export_and_an_import() -> None:
    called = Called()
    for name in ("zed", "abe"):
        called.said(
            "accountadd", "admin", **{**NEW, "data_username": name, "data_email": f"{name}@example.com"}
        )
    numbers = [called.said("query", user)["data"]["user"]["uid"] for user in TOKENS]

    archive = called.client.get("/_emulator/export").data
    called.client.post("/_emulator/import", data=archive, content_type="application/json")

    assert [called.said("query", user)["data"]["user"]["uid"] for user in TOKENS] == numbers
    assert [called.account(name).attributes["uid"] for name in ("zed", "abe")] == ["4", "5"]
    assert called.error("accountban", "admin", data_username="admin") == "612"


def test_a_new_account_can_sign_in_at_once() -> None:
    called = Called()

    told = called.said("accountadd", "admin", **NEW, data_mobile="052", data_parent="demo", data_footer="Bye")
    token = called.said("get_token", "dana", p="x")["token"]

    assert (told["error"], "dana" in told["info"]) == ("0", True)
    assert called.said("query", "dana", h=token)["data"]["user"] == {
        "username": "dana", "uid": 4, "status": 3, "name": "Dana", "email": "dana@example.com",
        "mobile": "052", "credit": "0",
    }  # fmt: skip
    assert called.account("dana").attributes["footer"] == "Bye"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        *(({name: ""}, "603") for name in NEW),
        ({"data_username": "Demo"}, "604"),
        ({"data_username": "da"}, "604"),
        ({"data_username": "d" * 31}, "604"),
        ({"data_username": "da na"}, "604"),
        ({"data_email": "DEMO@example.com"}, "604"),
        ({"data_email": "nonsense"}, "604"),
        ({"data_status": "9"}, "0"),
    ],
)
def test_an_account_that_cannot_be_is_refused(changes: dict[str, str], code: str) -> None:
    called = Called()

    found = called.said("accountadd", "admin", **{**NEW, **changes})

    assert found["error"] == code
    assert ("info" in found) is (code != "603")


def test_an_account_of_another_level_is_a_subuser() -> None:
    called = Called()
    called.said("accountadd", "admin", **{**NEW, "data_status": "9"}, data_parent="demo")

    assert called.said("parentget", "admin", data_username="dana")["parent"] == "demo"


def test_an_account_is_removed_when_nobody_is_below_it() -> None:
    called = Called()
    called.said("parentset", "admin", data_username="empty", data_parent="demo")

    codes = [
        called.error("accountremove", "admin", data_username=name)
        for name in ("demo", "empty", "demo", "demo")
    ]

    assert codes == ["606", "0", "0", "605"]
    assert called.error("cr", "empty") == "100"
    assert called.error("accountremove", "admin", data_username="admin") == "606"


def test_a_parent_is_set_and_told() -> None:
    called = Called()

    codes = [
        called.error("parentset", "admin", data_username=child, data_parent=parent)
        for child, parent in [
            ("empty", "demo"), ("empty", "demo"), ("empty", "admin"),
            ("demo", "demo"), ("x", "demo"), ("demo", ""),
        ]
    ]  # fmt: skip
    told = called.said("parentget", "admin", data_username="empty")

    assert codes == ["0", "608", "608", "608", "607", "607"]
    assert (told["parent_uid"], told["parent"]) == (2, "demo")
    assert called.said("query", "empty")["data"]["user"]["status"] == 4
    assert [called.error("parentget", "admin", data_username=name) for name in ("demo", "x")] == [
        "610",
        "609",
    ]


def test_a_user_is_banned_and_let_in_again() -> None:
    called = Called()

    def change(op: str, name: str) -> str:
        return called.error(op, "admin", data_username=name)

    banned = [change("accountban", name) for name in ("demo", "demo", "admin", "nobody")]
    out = called.error("cr")
    let_in = [change("accountunban", name) for name in ("demo", "demo", "nobody")]

    assert (banned, out) == (["0", "0", "612", "611"], "100")
    assert (let_in, called.error("cr")) == (["0", "614", "613"], "0")


@pytest.mark.parametrize(
    ("op", "fields", "code"),
    [
        ("accountpref", {"data_name": "New", "data_mobile": "1"}, "0"),
        ("accountpref", {"data_password": "abcd"}, "0"),
        ("accountpref", {"data_password": "abc"}, "616"),
        ("accountpref", {"data_email": "empty@example.com"}, "616"),
        ("accountpref", {}, "615"),
        ("accountpref", {"data_username": "nobody", "data_name": "x"}, "615"),
        ("accountconf", {"data_footer": "Bye", "data_datetime_timezone": "+0200"}, "0"),
        ("accountconf", {"data_sender": "VipInvest"}, "0"),
        ("accountconf", {"data_sender": "Nobody"}, "618"),
        ("accountconf", {"data_name": "x"}, "617"),
        ("accountconf", {"data_username": "nobody", "data_footer": "x"}, "617"),
    ],
)
def test_an_account_is_set_up(op: str, fields: dict[str, str], code: str) -> None:
    called = Called()

    found = called.said(op, "admin", **{"data_username": "demo", **fields})

    assert found["error"] == code
    assert ("info" in found) is (code not in ("615", "617"))


def test_what_changes_nothing_within_a_second_is_refused() -> None:
    called = Called()

    codes = [called.error("accountconf", "admin", data_username="demo", data_footer="Bye") for _ in range(2)]
    called.advance(1)

    assert codes == ["0", "618"]
    assert called.error("accountconf", "admin", data_username="demo", data_footer="Bye") == "0"
    assert called.account().attributes["sender"] == "Demo"


def test_contacts_and_groups_are_found_by_a_part_of_them() -> None:
    called = Called()
    called.describe(
        contact__7="Dana L; 0521; dana@x.y; friends; VIP", contact__5="Avi", contact__2="Noa; +9725"
    )
    called.describe(group__1="VIP customers; VIP", group__3="Nobody; NONE; 0")
    called.describe("empty", contact__9="Far; 053; ; ; OUR", group__4="Shared; OUR; 2", group__6="Own; MINE")

    def contacts(kwd: str, c: str = "") -> list[str]:
        return [row["pid"] for row in called.said("get_contact", kwd=kwd, c=c)["data"] or []]

    found = [contacts(kwd) for kwd in ("DANA", "friend", "05", "%", "x", "")], contacts("%", "1")
    groups = called.said("get_contact_group", kwd="o")["data"]

    assert found == ([["7"], ["7"], ["7", "9"], ["2", "7", "9"], ["7"], []], ["2"])
    assert called.said("get_contact", kwd="Dana")["data"] == [
        {"pid": "7", "p_desc": "Dana L", "p_num": "0521", "email": "dana@x.y", "tags": "friends"}
    ]
    assert groups == [
        {"gpid": "1", "group_name": "VIP customers", "code": "VIP", "flag_sender": "0"},
        {"gpid": "3", "group_name": "Nobody", "code": "NONE", "flag_sender": "0"},
        {"gpid": "4", "group_name": "Shared", "code": "OUR", "flag_sender": "2"},
    ]
    assert called.get("get_contact_group", kwd="%", format="xml").text.count("<data/>") == 1


def test_a_user_is_told_the_last_identifiers() -> None:
    called = Called()
    called.describe(keywords="INFO", uid="42")
    called.send("1,2")
    called.come_in("INFO x")
    called.come_in("x")

    before = called.said("query")["data"]["last_id"]
    called.advance(1)
    after = called.said("query")["data"]

    assert before == {"user_inbox": 2, "user_incoming": 1, "user_outgoing": 0}
    assert (after["user"]["uid"], after["last_id"]["user_outgoing"]) == (42, 2)
