"""A target file says what is judged, strictly; no password stands in it."""

from pathlib import Path

import pytest

from conformance.accounts import Login
from conformance.places import EXAMPLE_TARGET
from conformance.target import Callbacks, TargetError
from conformance.target_file import read

ENVIRONMENT = {
    "ISMS_USERNAME": "joe",
    "ISMS_PASSWORD": "s3cret",
    "ISMS_EMPTY_USERNAME": "moe",
    "ISMS_EMPTY_PASSWORD": "n0ne",
    "NETOXYGEN_USERNAME": "zoe",
    "NETOXYGEN_PASSWORD": "0xygen",
    "NETOXYGEN_EMPTY_USERNAME": "moe",
    "NETOXYGEN_EMPTY_PASSWORD": "n0thing",
    "NETOXYGEN_FREE_USERNAME": "fay",
    "NETOXYGEN_FREE_PASSWORD": "fr33",
    "IRO_KEY": "k3y",
    "IP1_KEY": "b3arer",
    "IP1_EMPTY_KEY": "n0-b3arer",
    "SMSC_SYSTEM_ID": "esme",
    "SMSC_PASSWORD": "b1nd",
    "VOIPE_USERNAME": "vip",
    "VOIPE_PASSWORD": "v01pe",
    "VOIPE_TOKEN": "t0ken",
    "VOIPE_EMPTY_USERNAME": "moe",
    "VOIPE_EMPTY_PASSWORD": "n0cash",
    "VOIPE_EMPTY_TOKEN": "n0-t0ken",
    "VOIPE_ADMIN_USERNAME": "root",
    "VOIPE_ADMIN_PASSWORD": "r00t",
    "VOIPE_ADMIN_TOKEN": "r00t-t0ken",
}

LEAST = """
[isms]
http = "http://gateway.example/"
username_env = "ISMS_USERNAME"
password_env = "ISMS_PASSWORD"
"""


def test_the_example_explains_every_key_by_using_it() -> None:
    target = read(EXAMPLE_TARGET, ENVIRONMENT)

    assert target.name == "our test contracts"
    assert target.dialects["isms"].http == "http://gateway.example"
    assert target.dialects["isms"].login.username == "joe"
    assert target.dialects["isms"].others["empty"].username == "moe"
    assert target.dialects["isms"].smpp == ("gateway.example", 2775)
    assert target.dialects["smpp34"].smpp == ("smsc.example", 2775)
    assert target.dialects["smpp34"].http is None
    assert target.dialects["smpp34"].login == Login(username="esme", password="b1nd")
    assert target.dialects["netoxygen"].others.keys() == {"empty", "free"}
    assert target.dialects["iro"].login == Login(key="k3y")
    assert target.dialects["ip1"].login == Login(key="b3arer")
    assert target.dialects["ip1"].others == {"empty": Login(key="n0-b3arer")}
    assert target.dialects["voipe"].login == Login(username="vip", password="v01pe", key="t0ken")
    assert target.dialects["voipe"].others.keys() == {"empty", "admin"}
    assert target.numbers == ("306900000001", "306900000002")
    assert (target.messages, target.lookups) == (20, 5)
    assert target.callbacks == Callbacks(listen=("0.0.0.0", 8099), address="https://hooks.example")
    assert (target.longest, target.answer) == (120.0, 10.0)
    assert target.disabled == {"isms/savecontact/*": "the contract has no address book"}
    names = ("_USERNAME", "_SYSTEM_ID")
    secrets = {one for name, one in ENVIRONMENT.items() if not name.endswith(names)}
    assert target.secrets == secrets
    assert not target.ours


def test_what_a_file_leaves_out_is_not_allowed(tmp_path: Path) -> None:
    path = tmp_path / "least.toml"
    path.write_text(LEAST)

    target = read(path, ENVIRONMENT)

    assert (target.numbers, target.messages, target.lookups, target.longest) == ((), 0, 0, 0.0)
    assert target.callbacks is None


def test_passwords_stay_out_of_what_is_printed() -> None:
    shown = repr(read(EXAMPLE_TARGET, ENVIRONMENT))

    assert [secret for secret in ("s3cret", "fr33", "k3y") if secret in shown] == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "",
            "mine.toml: no provider section; "
            "one of [isms], [netoxygen], [iro], [ip1], [smpp34], [voipe] is needed",
        ),
        (
            LEAST + "[spend]\nmoney = 3\n",
            "mine.toml: unknown key 'money' in [spend]; known: lookups, messages",
        ),
        ("colour = 1\n" + LEAST, "mine.toml: unknown key 'colour' in the file; known: "),
        (LEAST.replace("//", "//joe:s3cret@"), "mine.toml: [isms] http holds no name and no password"),
        (LEAST.replace("http = ", "# "), 'mine.toml: [isms] needs http = "http://…"'),
        (
            LEAST.replace("username_env", "# "),
            "mine.toml: [isms] needs username_env, the name of an environment variable",
        ),
        (
            LEAST.replace("ISMS_PASSWORD", "NOT_SET"),
            "mine.toml: the environment variable NOT_SET ([isms] password_env) is not set",
        ),
        (
            '[iro]\nhttp = "http://gateway.example"\nusername_env = "ISMS_USERNAME"\n',
            "mine.toml: unknown key 'username_env' in [iro]; known: http, key_env",
        ),
        (LEAST.replace('http = "http:', 'smpp = "smpp:'), 'mine.toml: [isms] needs smpp = "host:port"'),
        ("[smpp34]\n", 'mine.toml: [smpp34] needs smpp = "host:port"'),
        (
            '[smpp34]\nhttp = "http://gateway.example"\n',
            "mine.toml: unknown key 'http' in [smpp34]; known: empty, password_env, smpp, system_id_env",
        ),
        (
            '[iro]\nhttp = "http://gateway.example"\n',
            "mine.toml: [iro] needs key_env, the name of an environment variable",
        ),
        (LEAST + '[callbacks]\nlisten = "8099"\n', "mine.toml: [callbacks] listen reads host:port"),
        (
            LEAST + '[disabled]\n"isms/hlrs/*" = "no"\n',
            "mine.toml: [disabled] no requirement is like 'isms/hlrs/*'",
        ),
        ("[isms\n", "mine.toml: "),
    ],
)
def test_a_faulty_file_is_refused_in_one_line(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)

    with pytest.raises(TargetError) as fault:
        read(path, ENVIRONMENT)

    assert str(fault.value).startswith(complaint)
    assert "\n" not in str(fault.value)
