"""The command line: help, wrong usage, completion, and a command with an emulator around it."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from emulator.__main__ import COMMANDS, main
from emulator.tests.conftest import Taking

PROGRAM = (sys.executable, "-m", "emulator")
LONG = 30.0


def run(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*PROGRAM, *arguments],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The complaint about wrong usage, which must be one line."""
    with pytest.raises(SystemExit) as end:
        main(arguments)
    said = capsys.readouterr()
    assert (end.value.code, said.out) == (2, "")
    assert said.err.startswith("smslab: ")
    assert said.err.count("\n") == 1
    return said.err.removeprefix("smslab: ").rstrip()


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])

    shown = capsys.readouterr().out
    assert end.value.code == 0
    assert [name for name in COMMANDS if f"\n  {name} " not in shown] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])

    assert end.value.code == 0
    assert f"Usage: smslab {command} " in capsys.readouterr().out


def test_help_imports_nothing_that_takes_its_time() -> None:
    """In a process of its own: this one has everything imported."""
    code = (
        "import sys, emulator.__main__ as program\n"
        "try: program.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'flask', 'granian', 'phonenumbers', 'pytest', 'msgspec'} & sys.modules.keys()))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


def test_who_reads_no_further_is_told_nothing_more() -> None:
    with subprocess.Popen(
        [*PROGRAM, "requirements"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as listing:
        assert listing.stdout is not None
        listing.stdout.readline()
        listing.stdout.close()

        _, complaint = listing.communicate(timeout=LONG)

    assert (listing.returncode, complaint) == (1, "")


def test_without_a_command_there_is_help_and_an_exit_code() -> None:
    done = run()

    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage: smslab" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["serf"], "No such command 'serf'"),
        (["serve", "--prot", "1"], "No such option '--prot'"),
        (["serve", "--port", "65536"], "Invalid value for '--port'"),
        (["serve", "--port", "x"], "Invalid value for '--port'"),
        (["serve", "--seed", "x"], "Invalid value for '--seed'"),
        (["serve", "--rate", "-1"], "Invalid value for '--rate'"),
        (["serve", "--rate", "nan"], "Invalid value for '--rate'"),
        (["serve", "--rate", "inf"], "Invalid value for '--rate'"),
        (["serve", "--port", "0", "--clock", "noon"], "'noon' is no moment"),
        (["serve", "--port", "0", "--clock", "9999-01-01"], "'9999-01-01' is beyond all clocks"),
        (["serve", "--port", "0", "--world", "/nowhere/world.toml"], "/nowhere/world.toml: no such file"),
        (["serve", "--port", "0", "--profile", "isms=odd"], "profiles.isms: no profile 'odd'; it has none"),
        (["serve", "--port", "0", "--profile", "isms"], "Invalid value for '--profile': write"),
        (["serve", "--port", "0", "--ready-file", "/nowhere/ready"], "--ready-file /nowhere/ready: "),
        (["serve", "--port", "0", "--control-token", ""], "--control-token is empty"),
        (["serve", "--port", "0", "--tls-dir", "x"], "--tls-dir says where --tls puts its certificate"),
        (["serve", "--port", "0", "--tls", "--tls-dir", "/dev/null/x"], "--tls-dir /dev/null/x: "),
        (["serve", "--port", "0", "--host", "0.0.0.0"], "--host 0.0.0.0 is reachable from elsewhere"),
        (["serve", "--port", "0", "--host", "::"], "--host :: is reachable from elsewhere"),
        (["serve", "--port", "0", "--host", "192.0.2.1", "--control-token", "t"], "--host 192.0.2.1: "),
        (["exec"], "Missing argument 'CMD...'"),
        (["exec", "--rate", "nan", "--", "true"], "Invalid value for '--rate'"),
        (["exec", "--clock", "noon", "--", "true"], "'noon' is no moment"),
        (["exec", "--world", "/nowhere/world.toml", "--", "true"], "/nowhere/world.toml: no such file"),
        (["exec", "--profile", "isms=odd", "--", "true"], "profiles.isms: no profile 'odd'; it has none"),
    ],
)
def test_wrong_usage_is_one_line_that_says_what(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(capsys, *arguments).startswith(complaint)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("x = [", "world.toml: "),
        ("surplus = 1", "unknown field `surplus`"),
        ("[quirks.isms]\nsings = true", "quirks.isms: no switch 'sings'"),
        ("[quirks.acme]\nx = 1", "quirks.acme: no such provider"),
        ("[[accounts.acme]]\nlogin = 'x'\nkey = 'x'", "accounts.acme: no such provider"),
        ("[tariffs.acme]\nsms = 1", "tariffs.acme: no such provider"),
        ("[[accounts.isms]]\nlogin = 5", "Expected `str`"),
        ("\xff", "world.toml: "),
    ],
)
def test_a_world_that_cannot_be_read_is_one_line(
    text: str, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = tmp_path / "world.toml"
    world.write_bytes(text.encode("latin-1"))

    assert complaint in refused(capsys, "serve", "--port", "0", "--world", str(world))


def test_a_port_that_is_taken_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        assert refused(capsys, "serve", "--port", port) == (
            f"port {port} of 127.0.0.1: Address already in use; --port 0 picks a free one"
        )


def test_commands_are_completed() -> None:
    done = run(_SMSLAB_COMPLETE="bash_complete", COMP_WORDS="smslab se", COMP_CWORD="1")

    assert done.stdout == "plain,serve\n"


def test_the_shell_learns_how_to_complete() -> None:
    assert "smslab" in run(_SMSLAB_COMPLETE="zsh_source").stdout


# exec


def test_a_command_finds_the_emulator_in_its_environment() -> None:
    code = (
        "import os, urllib.request\n"
        "address = os.environ['SMSLAB_ISMS_URL'] + '/credits.php?username=demo&password=demo'\n"
        "assert address.startswith(os.environ['SMSLAB_URL'])\n"
        "print(urllib.request.urlopen(address).read().decode())"
    )

    done = run("exec", "--", sys.executable, "-c", code)

    assert (done.returncode, done.stdout, done.stderr) == (0, "Credits:3948.47\n", "")


def test_the_emulator_begins_as_its_options_say(tmp_path: Path) -> None:
    world = tmp_path / "world.toml"
    world.write_text('[[accounts.isms]]\nlogin = "joe"\npassword = "joe"\ncredit = 5\n')
    code = (
        "import os, urllib.request\n"
        "for path in ('/_emulator/clock', '/api/http/credits.php?username=joe&password=joe'):\n"
        "    print(urllib.request.urlopen(os.environ['SMSLAB_URL'] + path).read().decode())"
    )

    done = run(
        "exec", "--clock", "2026-03-02T09:00:00Z", "--rate", "0", "--world", str(world),
        "--", sys.executable, "-c", code,
    )  # fmt: skip

    assert done.stdout == '{"now":"2026-03-02T09:00:00Z","rate":0.0}\nCredits:5.00\n'


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["true"], 0),
        (["sh", "-c", "exit 7"], 7),
        (["sh", "-c", "kill -TERM $$"], 128 + signal.SIGTERM),
        (["sh", "-c", "kill -KILL $$"], 128 + signal.SIGKILL),
        (["/nowhere/no-such-command"], 127),
        (["/"], 126),
    ],
)
def test_the_exit_code_is_that_of_the_command(command: list[str], code: int) -> None:
    assert run("exec", "--", *command).returncode == code


def test_a_command_that_is_not_there_is_one_line() -> None:
    assert (
        run("exec", "--", "no-such-command").stderr == "smslab: no-such-command: No such file or directory\n"
    )


def test_options_of_the_command_are_its_own() -> None:
    assert run("exec", "--", "sh", "-c", 'echo "$1"', "sh", "--seed").stdout == "--seed\n"
    assert run("exec", "echo", "--port").stdout == "--port\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_is_passed_on_to_the_command(number: signal.Signals, taking: Taking) -> None:
    taking(number, signal.SIG_DFL)
    script = f"trap 'echo caught; exit 5' {int(number)}; echo ready; while :; do sleep 0.05; done"
    with subprocess.Popen(
        [*PROGRAM, "exec", "--", "sh", "-c", script], stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"

        program.send_signal(number)

        assert program.stdout.read() == "caught\n"
        assert program.wait(LONG) == 5


def test_what_nohup_ignores_stays_ignored(taking: Taking) -> None:
    taking(signal.SIGHUP, signal.SIG_IGN)
    script = "echo ready; read line; kill -HUP $$; echo still here"
    with subprocess.Popen(
        [*PROGRAM, "exec", "--", "sh", "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"

        program.send_signal(signal.SIGHUP)
        program.stdin.write("go on\n")
        program.stdin.close()

        assert program.stdout.read() == "still here\n"
        assert program.wait(LONG) == 0


def test_an_interruption_is_the_commands_business(taking: Taking) -> None:
    """A terminal interrupts both; the program waits for what the command makes of it."""
    taking(signal.SIGINT, signal.SIG_DFL)
    script = "trap 'echo caught; exit 5' INT; echo ready; while :; do sleep 0.05; done"
    with subprocess.Popen(
        [*PROGRAM, "exec", "--", "sh", "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"

        os.killpg(program.pid, signal.SIGINT)

        assert program.stdout.read() == "caught\n"
        assert program.wait(LONG) == 5
