"""`smslab serve` as a process: it appears, it answers, it streams, it goes."""

import json
import os
import signal
import socket
import ssl
import stat
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from emulator.app import running
from emulator.providers import PROVIDERS
from emulator.tests.admin.listening import LONG, Listener, connection, send
from emulator.tests.esme import Esme
from emulator.tests.serving import Serving, serving
from emulator.wire.smpp.pdus import written

ENQUIRE_LINK = bytes.fromhex("00000010 00000015 00000000 00000005")

UNPROBED = """
from emulator import serve
from emulator.__main__ import main

serve.probe = lambda host, port, option: None
main({})
"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Serving]:
    with serving(tmp_path, "--rate", "0") as served:
        yield served


def test_once_it_is_ready_it_answers(served: Serving) -> None:
    assert served.ready == {
        "http": served.url,
        "smpp": served.ready["smpp"],
        "pid": served.process.pid,
    }
    host, _, port = served.ready["smpp"].rpartition(":")
    with socket.create_connection((host, int(port)), timeout=LONG) as session:
        session.sendall(ENQUIRE_LINK)
        assert session.recv(100) == ENQUIRE_LINK.replace(b"\0\0\0\x15", b"\x80\0\0\x15")
    assert json.loads(served.get("/_emulator/readyz")) == {"status": "ok", "smpp": served.ready["smpp"]}
    assert len(served.workers) == 1


def test_it_prints_what_a_newcomer_copies(served: Serving) -> None:
    printed = "".join(served.printed)

    assert f"export SMSLAB_URL={served.url}\n" in printed
    assert f"export SMSLAB_ISMS_URL={served.url}/api/http\n" in printed
    assert "# iSMS.gr, also over SMPP: demo / demo, empty / empty\n" in printed
    assert "# Iro: key demo-iro\n" in printed
    commands = [line for line in served.printed if line.startswith("curl ")]
    for command in commands:
        subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    sent = json.loads(served.get("/_emulator/messages"))["messages"]
    assert [message["provider"] for message in sent] == [provider.name for provider in PROVIDERS]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_it_is_told_to(served: Serving, number: signal.Signals) -> None:
    """Although somebody listens to a stream without end; who is bound is unbound."""
    workers = served.workers
    listener = Listener(served.url, "accepted", 1)
    host, _, port = served.ready["smpp"].rpartition(":")
    begun = monotonic()

    with Esme((host, int(port))) as esme:
        assert esme.bind("bind_transceiver", "demo", "demo").status == 0
        served.process.send_signal(number)
        unbind = esme.requested()
        assert unbind.command == "unbind"
        esme.socket.sendall(written(esme.session.answer(unbind)))
        assert esme.is_closed()

    assert served.process.wait(LONG) == 0
    assert monotonic() - begun < 10
    assert [pid for pid in workers if Path(f"/proc/{pid}").exists()] == []
    assert not served.ready_file.exists()
    listener.join(LONG)


def test_a_worker_does_not_outlive_its_master(served: Serving) -> None:
    (worker,) = served.workers

    served.process.kill()

    watched = os.pidfd_open(worker)
    try:
        import select

        assert select.select([watched], [], [], LONG)[0] == [watched]
    finally:
        os.close(watched)


def test_of_a_world_that_goes_on_it_says_which_options_do_not_hold(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/worlds.db"
    with serving(tmp_path, "--store", store, "--clock", "2026-03-02T09:00:00Z", "--rate", "0") as first:
        begun = "".join(first.printed)
    with serving(tmp_path, "--store", store, "--clock", "2031-01-01T00:00:00Z", "--seed", "7") as second:
        goes_on = "".join(second.printed)

    assert "store was used before" not in begun
    assert "its clock goes on from 2026-03-02T09:00:00Z at rate 0, its seed is 0;\n" in goes_on


def test_who_was_killed_has_left_the_store_to_the_next_and_who_ends_well_has_it_in_one_file(
    tmp_path: Path,
) -> None:
    store = f"sqlite:///{tmp_path}/worlds.db"
    with serving(tmp_path, "--store", store) as killed:
        send(killed.url, 1)
        killed.process.kill()
        killed.process.wait(LONG)

        with serving(tmp_path, "--store", store) as served:
            assert json.loads(served.get("/_emulator/messages"))["total"] == 1
            for _ in range(2):  # a terminal tells the worker as well, and its master tells it again
                served.process.send_signal(signal.SIGTERM)
            assert served.process.wait(LONG) == 0

    assert [path.name for path in tmp_path.glob("worlds.db*")] == ["worlds.db"]


def unprobed(folder: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    """What becomes of `smslab serve` where somebody takes what it needs right after it was looked at."""
    program = UNPROBED.format(["serve", "--port", "0", *options])
    return subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, timeout=LONG
    )


def test_a_port_that_was_taken_since_it_was_looked_at_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = unprobed(tmp_path, "--smpp-port", str(port))

    first, *_ = done.stderr.splitlines()
    assert (
        first == f"smslab: port {port} of 127.0.0.1: Address already in use; --smpp-port 0 picks a free one"
    )
    assert (done.returncode, "Traceback" in done.stderr) == (3, False)


def test_what_is_wrong_with_a_store_is_said_once(tmp_path: Path) -> None:
    with running(store=f"sqlite:///{tmp_path}/store") as emulator:
        emulator.spaces[""].store.keep("x", lambda: b"nonsense")

    done = unprobed(tmp_path, "--smpp-port", "0", "--store", "sqlite:///store")

    first, *_ = done.stderr.splitlines()
    assert first.startswith("smslab: the default space cannot be read: ")


def test_who_cannot_say_that_it_is_ready_ends(tmp_path: Path) -> None:
    (tmp_path / "ready.tmp").mkdir()

    done = unprobed(tmp_path, "--smpp-port", "0", "--ready-file", "ready")

    first, *_ = done.stderr.splitlines()
    assert first == "smslab: --ready-file ready: Is a directory"
    assert (done.returncode, "Traceback" in done.stderr) == (3, False)


def test_a_master_does_not_outlive_its_worker(served: Serving) -> None:
    (worker,) = served.workers

    os.kill(worker, signal.SIGKILL)

    assert served.process.wait(LONG) == 3


def test_every_one_of_thirty_listeners_hears_everything_in_order(served: Serving) -> None:
    deaf = connection(served.url)
    deaf.request("GET", "/_emulator/events")
    listeners = [Listener(served.url, "accepted", 50) for _ in range(30)]

    send(served.url, 50)

    told = [[event["id"] for event in listener.finish()] for listener in listeners]
    assert told == [list(range(1, len(told[0]) + 1))] * 30
    deaf.close()


def test_who_comes_back_goes_on_where_it_was(served: Serving) -> None:
    send(served.url, 3)

    events = Listener(served.url, "accepted", 1, after=2).finish()

    assert events[0]["id"] == 3


def test_many_wait_at_once(served: Serving) -> None:
    """More than the machine has cores, by far; each holds a thread and none the others."""
    answers: list[str] = []

    def wait() -> None:
        answers.append(served.get(f"/_emulator/messages/wait?count=1&timeout={LONG:g}"))

    waiters = [threading.Thread(target=wait, daemon=True) for _ in range(40)]
    for waiter in waiters:
        waiter.start()

    send(served.url, 1)

    for waiter in waiters:
        waiter.join(LONG)
    assert [json.loads(answer)["total"] for answer in answers] == [1] * 40


def test_of_four_threads_three_may_be_held_by_who_listens(tmp_path: Path) -> None:
    with serving(tmp_path, "--rate", "0", "--threads", "4") as served:
        listening = [connection(served.url) for _ in range(4)]
        for each in listening:
            each.request("GET", "/_emulator/events")

        answers = [each.getresponse() for each in listening]

        assert sorted(answer.status for answer in answers) == [200, 200, 200, 503]
        assert json.loads(served.get("/_emulator/messages"))["messages"] == []
        for answer, each in zip(answers, listening, strict=True):
            answer.close()
            each.close()


def test_a_large_archive_is_taken_and_other_large_bodies_are_not(served: Serving) -> None:
    archive = served.get("/_emulator/export").encode().ljust(9 * 2**20)
    customer = connection(served.url)

    def status(method: str, path: str) -> int:
        customer.request(method, path, archive, {"Content-Type": "application/json"})
        answer = customer.getresponse()
        answer.read()
        return answer.status

    assert status("POST", "/_emulator/import") == 204
    assert status("PUT", "/_emulator/clock") == 413
    assert status("POST", "/api/http/send.php") == 413
    customer.close()


def test_a_body_in_chunks_is_read(served: Serving) -> None:
    customer = connection(served.url)

    customer.request(
        "PUT", "/_emulator/clock", iter([b'{"rate"', b": 60}"]), {"Content-Type": "application/json"}
    )

    assert json.loads(customer.getresponse().read())["rate"] == 60
    customer.close()


def test_the_token_may_come_from_the_environment(tmp_path: Path) -> None:
    with serving(tmp_path, SMSLAB_CONTROL_TOKEN="open-sesame") as served:
        assert "sesame" not in "".join(served.printed)
        assert served.get("/_emulator/livez", Authorization="Bearer open-sesame") == '{"status":"ok"}'
        with pytest.raises(urllib.error.HTTPError, match="401") as refusal:
            served.get("/_emulator/livez")
        refusal.value.close()


def test_it_serves_https_with_a_certificate_to_trust(tmp_path: Path) -> None:
    with serving(tmp_path, "--tls", "--tls-dir", str(tmp_path / "tls")) as served:
        context = ssl.create_default_context(cafile=tmp_path / "tls" / "ca.pem")
        with urllib.request.urlopen(f"{served.url}/_emulator/livez", context=context) as answer:
            assert (served.url[:8], answer.status) == ("https://", 200)
        assert any(f"--cacert {tmp_path}/tls/ca.pem " in line for line in served.printed)

    assert stat.S_IMODE((tmp_path / "tls" / "key.pem").stat().st_mode) == 0o600


def test_a_world_of_ones_own_is_not_repeated_into_logs(tmp_path: Path) -> None:
    world = tmp_path / "world.toml"
    world.write_text('[[accounts.isms]]\nlogin = "joe"\npassword = "open-sesame"\ncredit = 5\n')

    with serving(tmp_path, "--world", str(world)) as served:
        assert "sesame" not in "".join(served.printed)
        assert served.get("/api/http/credits.php?username=joe&password=open-sesame") == "Credits:5.00"


def test_what_an_earlier_run_left_is_no_sign_of_readiness(tmp_path: Path) -> None:
    (tmp_path / "ready.json").write_text("{}")

    with serving(tmp_path) as served:
        assert served.url.startswith("http://127.0.0.1:")


def test_what_is_delayed_in_one_space_holds_up_no_other(served: Serving) -> None:
    put = urllib.request.Request(
        f"{served.url}/~slow/_emulator/faults/slow",
        json.dumps({"effect": "delay", "seconds": 3}).encode(),
        {"Content-Type": "application/json"},
        method="PUT",
    )
    urllib.request.urlopen(put, timeout=LONG).close()
    slow = [connection(served.url) for _ in range(20)]
    for each in slow:
        each.request("GET", "/~slow/api/http/credits.php?username=demo&password=demo")
    begun = monotonic()

    for _ in range(20):
        assert served.get("/api/http/credits.php?username=demo&password=demo").startswith("Credits:")
        served.get("/_emulator/clock")

    assert monotonic() - begun < 2
    for each in slow:
        assert each.getresponse().read().startswith(b"Credits:")
        each.close()


def test_whoever_sends_a_body_slowly_holds_up_nobody(served: Serving) -> None:
    slow = [connection(served.url) for _ in range(80)]
    for count, each in enumerate(slow):
        each.putrequest("POST", "/api/http/send.php")
        each.putheader(*(("Content-Length", "9000000") if count % 2 else ("Transfer-Encoding", "chunked")))
        each.endheaders(b"5\r\nhello\r\n")

    assert served.get("/api/http/credits.php?username=demo&password=demo").startswith("Credits:")
    assert json.loads(served.get("/_emulator/messages"))["total"] == 0

    for each in slow:
        each.close()


def test_letters_beyond_ascii_may_come_as_they_are(served: Serving) -> None:
    host, _, port = served.url.removeprefix("http://").rpartition(":")
    asked = "GET /api/http/send.php?username=demo&password=demo&from=me&to=306900000000&message=éñ HTTP/1.1"
    with socket.create_connection((host, int(port)), timeout=LONG) as customer:
        customer.sendall(f"{asked}\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: customer.recv(1000), b""))

    assert b"\r\n\r\nID:" in answer
    assert json.loads(served.get("/_emulator/messages"))["messages"][0]["text"] == "éñ"


def test_who_listens_and_who_waits_keeps_no_store_open(tmp_path: Path) -> None:
    with serving(tmp_path, "--store", f"sqlite:///{tmp_path}/worlds.db") as served:
        listener, waiter = connection(served.url), connection(served.url)
        listener.request("GET", "/_emulator/events")
        listener.getresponse()
        waiter.request("GET", f"/_emulator/messages/wait?count=1&timeout={LONG:g}")
        send(served.url, 0)
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(LONG) == 0
        listener.close()
        waiter.close()

    assert [path.name for path in tmp_path.glob("worlds.db*")] == ["worlds.db"]
