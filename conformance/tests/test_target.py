"""What may stand where TARGET is asked for."""

import pytest

from conformance.accounts import Login
from conformance.address import opened
from conformance.bench import CLOCK
from conformance.control import Locked
from conformance.drivers.http import Unreachable
from conformance.target import TargetError, at, host_port
from conformance.tests.subjects import answering, nowhere
from emulator.app import running


@pytest.mark.parametrize("address", ["selv", "ftp://host", "http://", "smpp://"])
def test_an_address_that_means_nothing_is_refused(address: str) -> None:
    with (
        pytest.raises(TargetError, match="give 'self', http://host:port, smpp://host:port or a"),
        opened(address, seed=1, clock=CLOCK),
    ):
        pass


@pytest.mark.parametrize("address", ["http://host:abc", "smpp://host:70000", "smpp://[host"])
def test_an_address_that_is_misspelt_is_refused_with_the_reason(address: str) -> None:
    with pytest.raises(TargetError, match=r"^no such target: \S+; (Port|Invalid)"):
        at(address)


@pytest.mark.parametrize("scheme", ["https", "smpp"])
def test_an_address_with_a_password_is_refused_without_saying_it(scheme: str) -> None:
    with pytest.raises(TargetError, match="holds no name and no password") as fault:
        at(f"{scheme}://joe:s3cret@host")

    assert "s3cret" not in str(fault.value)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("smsc.example:2775", ("smsc.example", 2775)),
        ("[::1]:7", ("::1", 7)),
        ("smsc.example", None),
        (":2775", None),
        ("smsc.example:smpp", None),
        ("smsc.example:65536", None),
    ],
)
def test_a_place_is_a_host_and_a_port_that_there_is(text: str, meant: tuple[str, int] | None) -> None:
    assert host_port(text) == meant


@pytest.mark.parametrize("scheme", ["http", "smpp"])
def test_a_dead_address_is_unreachable(scheme: str) -> None:
    address = nowhere().replace("http", scheme)

    with pytest.raises(Unreachable), opened(address, seed=1, clock=CLOCK):
        pass


def test_a_stranger_that_answers_everything_is_not_taken_for_ours() -> None:
    with answering(lambda target: b"hello") as address:
        assert not at(address).ours


def test_a_control_api_makes_a_target_ours() -> None:
    with answering(lambda target: b'{"status": "ok"}' if target == "/_emulator/livez" else b"") as address:
        assert at(address).ours


def test_a_locked_control_api_asks_for_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    with running(control_token="hush") as emulator:
        with pytest.raises(Locked, match="set SMSLAB_CONTROL_TOKEN"):
            at(emulator.http)
        monkeypatch.setenv("SMSLAB_CONTROL_TOKEN", "hush")
        target = at(emulator.http)

    assert target.ours
    assert target.secrets == {"hush"}


def test_an_smsc_alone_is_a_stranger_with_the_account_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    usual = at("smpp://smsc.example")
    monkeypatch.setenv("SMSLAB_SMPP_SYSTEM_ID", "esme")
    monkeypatch.setenv("SMSLAB_SMPP_PASSWORD", "b1nd")
    own = at("smpp://smsc.example:7000")

    assert (usual.ours, usual.base) == (False, "smpp://smsc.example:2775")
    assert usual.dialects.keys() == {"smpp34"}
    assert usual.dialects["smpp34"].login == Login(username="demo", password="demo")
    assert own.dialects["smpp34"].smpp == ("smsc.example", 7000)
    assert own.dialects["smpp34"].login == Login(username="esme", password="b1nd")
    assert own.secrets == {"b1nd"}


def test_our_emulator_says_where_its_smsc_is() -> None:
    with running() as emulator:
        target = at(emulator.http)

    served = "{}:{}".format(*target.dialects["smpp34"].smpp or ())
    assert served == emulator.smpp
    assert target.dialects["isms"].smpp == target.dialects["smpp34"].smpp


@pytest.mark.parametrize(
    ("told", "found"),
    [("127.0.0.1:7", ("127.0.0.1", 7)), ("0.0.0.0:7", ("127.0.0.1", 7)), ("[::1]:7", ("::1", 7))],
)
def test_an_smsc_that_listens_everywhere_is_found_where_its_pages_are(
    told: str, found: tuple[str, int]
) -> None:
    with answering(lambda _: b'{"status": "ok", "smpp": "%s"}' % told.encode()) as address:
        target = at(address)

    assert target.dialects["smpp34"].smpp == found


def test_an_emulator_without_an_smsc_has_no_such_provider() -> None:
    with answering(lambda _: b'{"status": "ok", "smpp": null}') as address:
        target = at(address)

    assert target.ours
    assert "smpp34" not in target.dialects


def test_our_emulator_answers_as_self() -> None:
    with opened("self", seed=1, clock=CLOCK) as target:
        assert (target.name, target.ours) == ("self", True)
