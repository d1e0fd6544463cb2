"""The command: options, exit codes, and short runs against gateways that are right or wrong."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from loadtests import cli
from loadtests.accounting import audit, books
from loadtests.cli import load
from loadtests.planning import values
from loadtests.planning.values import duration, facing, home
from loadtests.reporting.verdict import KNOWN
from loadtests.tests import smsc
from loadtests.tests.fake import Flaw, fake
from loadtests.tests.rpc import iro, netoxygen

PAID = ("--price", "1.00", "--numbers", "3069")
REAL = ("--account", "me:secret", "--spend", "1000", *PAID)
MASTER = ("--master", "--bind", "127.0.0.1:5557", "--expect-workers", "2")
TINY = ("--for", "1ms", "--limit", "900")
TIMELESS = ("--budgets", str(Path(__file__).with_name("correctness.toml")))


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes once too often comes at once, but is told every half second only."""
    monkeypatch.setattr(audit, "LINGER", 0.8)
    monkeypatch.setattr(books, "PAUSE", 0.2)


def loaded(*arguments: str, scenario: str = "isms-http") -> Result:
    return CliRunner().invoke(load, [scenario, *arguments])


def brief(address: str, *more: str, scenario: str = "isms-http", settle: str = "3s") -> Result:
    pace = ("--rate", "40", "--for", "1s", "--settle", settle)
    return loaded("--target", address, *REAL, *TIMELESS, *pace, *more, scenario=scenario)


@pytest.mark.parametrize(
    ("text", "seconds"), [("500ms", 0.5), ("60s", 60.0), ("10m", 600.0), ("1h", 3600.0), ("2.5", 2.5)]
)
def test_durations_are_read_with_their_unit(text: str, seconds: float) -> None:
    assert duration(text) == pytest.approx(seconds)


def test_a_worker_is_reported_to_where_it_reaches_its_master_from() -> None:
    assert facing("127.0.0.1:5557") == "127.0.0.1"


def test_a_master_that_no_way_leads_to_is_a_usage_error() -> None:
    with pytest.raises(click.UsageError, match=r"nowhere\.invalid:5557 cannot be reached"):
        facing("nowhere.invalid:5557")


def test_a_target_is_told_the_address_of_ours_that_leads_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert home(None) == home("http://127.0.0.1:8000/~there") == home("127.0.0.1:8000") == "127.0.0.1"
    monkeypatch.setattr(values, "towards", lambda host, _port: f"facing {host}")

    assert home("http://192.0.2.1:8000/~there") == "facing 192.0.2.1"

    monkeypatch.setattr(values, "is_ours", lambda _host: True)

    assert home("http://192.0.2.1:8000/~there") == "127.0.0.1"


@pytest.mark.parametrize("target", ["http://nowhere.invalid", "http://[", "8000", ""])
def test_what_leads_nowhere_is_told_when_it_is_sent_to(target: str) -> None:
    assert home(target) == "127.0.0.1"


@pytest.mark.parametrize("text", ["", "0s", "-1s", "a minute", "5 s", "1d"])
def test_other_durations_are_refused(text: str) -> None:
    with pytest.raises(click.BadParameter):
        duration(text)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--rate", "0"], "--rate"),
        (["--rate", "nan"], "--rate"),
        (["--rate", "1e9"], "--rate"),
        (["--listen", "192.0.2.1"], "no address to listen on"),
        (["--listen", "0.0.0.0"], "no address that a target could send to"),
        (["--target", "http://192.0.2.1", "--listen", "127.0.0.1"], "http://192.0.2.1 cannot send reports"),
        (["--target", "http://192.0.2.1", "--listen", "localhost"], "or ask for none with --report-every 0"),
        (["--spend", "NaN"], "amount of credits"),
        (["--for", "soon"], "soon"),
        (["--account", "me:secret"], "belongs to a --target"),
        (["--target", "http://127.0.0.1:9", "--account", "secret"], "LOGIN:PASSWORD"),
        (["--target", "http://127.0.0.1:9", "--account", "me:secret", *PAID], "--spend 42000"),
        (["--target", "http://127.0.0.1:9", *REAL, "--spend", "5"], "--spend 42000"),
        (["--target", "http://127.0.0.1:9", "--account", "me:secret", "--numbers", "3069"], "with --price"),
        (["--target", "http://127.0.0.1:9", "--account", "me:secret", "--price", "1"], "with --numbers"),
        (["--numbers", "+3069"], "up to 7 digits"),
        (["--numbers", "30690000"], "up to 7 digits"),
        (["--budgets", "/no/such/file"], "/no/such/file"),
        (["--target", "127.0.0.1:8000"], "is not an address"),
        (["--target", "http://127.0.0.1:9", "--spend", "5"], "--spend belongs to --account"),
        (["--out", "/dev/null/x"], "--out /dev/null/x: Not a directory"),
        (["--peak", "9"], "--shape burst"),
        (["--shape", "ramp", "--rate", "50"], "give --rate 700 or more"),
        (["--window", "100"], "belongs to SMPP"),
        (["--limit", "900"], "--limit is that of an account over SMPP"),
        (["--chapter", "60s"], "belongs to --shape soak"),
        (["--share", "voipe=2"], "belongs to mixed"),
        (["--share", "voipe"], "SCENARIO=PARTS"),
        (["--master"], "--bind HOST:PORT"),
        (["--master", "--bind", "here", "--expect-workers", "2"], "is not HOST:PORT"),
        (["--master", "--bind", "127.0.0.1:5557", "--expect-workers", "2"], "that all hosts can reach"),
        ([*MASTER, "--target", "http://127.0.0.1:9", "--listen", "127.0.0.1"], "give it to each --worker"),
        (["--bind", "127.0.0.1:5557"], "belong to --master"),
        (["--worker", "127.0.0.1:5557"], "told by its master"),
        (["--master", "--bind", "127.0.0.1:5557", "--expect-workers", "2", "--workers", "2"], "of the hosts"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_why(arguments: list[str], complaint: str) -> None:
    refused_as_usage(loaded(*arguments), complaint)


@pytest.mark.parametrize(
    ("scenario", "arguments", "complaint"),
    [
        ("smpp-700", ["--recipients", "2"], "one recipient a submit"),
        ("smpp-7x700", ["--limit", "699"], "does not keep up 700: give --rate 4893 or less"),
        ("smpp-700", ["--target", "smpp://127.0.0.1:9"], "--account, --spend, --price and --numbers"),
        ("smpp-700", ["--target", "smpp://127.0.0.1:9", *REAL, "--for", "1ms"], "say with --limit"),
        ("smpp-700", ["--target", "http://127.0.0.1:9", *REAL, *TINY], "is not an SMSC"),
        ("smpp-7x700", ["--target", "smpp://127.0.0.1:9", *REAL], "from 7 accounts, not 1"),
        ("isms-http", ["--target", "smpp://127.0.0.1:9", *REAL, "--for", "1s"], "is not an address"),
    ],
)
def test_wrong_usage_of_smpp_is_told_likewise(scenario: str, arguments: list[str], complaint: str) -> None:
    refused_as_usage(loaded(*arguments, scenario=scenario), complaint)


def refused_as_usage(result: Result, complaint: str) -> None:
    assert result.exit_code == 2
    assert complaint in result.stderr
    assert "secret" not in result.stderr


def test_an_unknown_scenario_is_answered_with_those_there_are() -> None:
    result = CliRunner().invoke(load, ["fax"])

    assert result.exit_code == 2
    assert "isms-http" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--target", "http://127.0.0.1:9", *REAL[:4]], "needs a target with a control API"),
        (["--share", "fax=1"], "fax is no scenario to mix"),
        (["--recipients", "2"], "without --recipients"),
        (["--share", "voipe=1", "--share", "ip1=1", "--share", "voipe=3"], "--share voipe is there twice"),
    ],
)
def test_wrong_usage_of_a_mixture_is_told_likewise(arguments: list[str], complaint: str) -> None:
    refused_as_usage(loaded(*arguments, scenario="mixed"), complaint)


def test_a_worker_takes_no_order_that_is_its_masters() -> None:
    result = CliRunner().invoke(load, ["--worker", "127.0.0.1:5557", "--workers", "2", "--rate", "7"])

    refused_as_usage(result, "told by its master what to send: leave out --rate")


def test_without_a_scenario_the_command_says_which_there_are() -> None:
    result = CliRunner().invoke(load, ["--rate", "7"])

    assert result.exit_code == 2
    assert "isms-http" in result.stderr


@pytest.mark.parametrize(
    ("shape", "cost"),
    [(["burst"], 58_800), (["burst", "--peak", "700"], 42_000), (["soak"], 42_000), (["ramp"], 92_400)],
)
def test_each_shape_says_what_it_costs_and_begins_with_no_less(shape: list[str], cost: int) -> None:
    with fake() as gateway:
        arguments = ("--target", gateway.address, *REAL, "--spend", str(cost - 1))
        refused = loaded(*arguments, "--shape", *shape)

    refused_as_usage(refused, f"this run costs {cost}.00 credits; allow it with --spend {cost}.00")
    assert gateway.books.spent == 0


@pytest.mark.parametrize("more", [(), REAL])
def test_a_target_that_is_not_there_ends_with_3_in_one_line(more: tuple[str, ...]) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{reserved.getsockname()[1]}"

        result = loaded("--target", address, "--for", "1s", *more)

    assert result.exit_code == 3
    assert f"{address} cannot be reached: Connection refused\n" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_target_without_control_api_is_not_charged_unasked() -> None:
    with fake() as gateway:
        result = loaded("--target", gateway.address)

    assert result.exit_code == 3
    assert "--account" in result.stderr
    assert gateway.books.credit == 1000


def test_an_account_that_cannot_pay_for_the_run_is_left_alone() -> None:
    with fake() as gateway:
        result = loaded("--target", gateway.address, *REAL, "--spend", "100000", "--for", "60s")

    assert result.exit_code == 3
    assert gateway.books.credit == 1000


def test_what_nobody_expected_is_no_statement_about_the_target(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object) -> None:
        raise IndexError("tuple index\nout of range")

    monkeypatch.setattr(cli, "opened", opened)
    result = loaded()

    assert result.exit_code == 3
    assert "unexpected IndexError in line" in result.stderr


def test_importing_the_command_does_not_patch_the_process() -> None:
    script = "import sys, loadtests.cli; print({'gevent', 'locust', 'jinja2'} & set(sys.modules))"

    output = subprocess.check_output([sys.executable, "-c", script], text=True)

    assert output == "set()\n"


def test_a_gateway_in_order_passes_and_leaves_its_record(tmp_path: Path) -> None:
    with fake() as gateway:
        result = brief(gateway.address, "--recipients", "2", "--out", str(tmp_path))

    verdict = json.loads((tmp_path / "verdict.json").read_text("utf-8"))
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1] == "pass"
    assert verdict["messages"] == {"accepted": 40, "receipts": 40}
    assert verdict["plan"]["calls"] == 20
    assert "secret" not in result.output + (tmp_path / "report.html").read_text("utf-8")


def test_a_record_that_cannot_be_written_does_not_keep_the_verdict_back(tmp_path: Path) -> None:
    (tmp_path / "junit.xml").mkdir()

    with fake() as gateway:
        result = brief(gateway.address, "--out", str(tmp_path))

    assert result.exit_code == 3
    assert result.stdout.splitlines()[-1] == "pass"
    assert f"{tmp_path / 'junit.xml'} cannot be written: Is a directory\n" in result.stderr


def test_only_numbers_that_were_allowed_are_sent_to() -> None:
    with fake() as gateway:
        result = brief(gateway.address, "--numbers", "1555")

    assert result.exit_code == 0, result.output
    assert {number[:-4] for _, number in gateway.books.stored} == {"15550000"}


def test_a_gateway_with_flaws_fails_and_each_is_named() -> None:
    found = {
        Flaw.FORGETS_A_MESSAGE: "1 accepted, but the target does not know it, first 306900000004",
        Flaw.FORGETS_A_RECEIPT: "1 accepted, but no delivery report came, first 306900000006",
        Flaw.REPEATS_A_RECEIPT: "1 more than one delivery report came, first 306900000008",
        Flaw.OVERCHARGES: "credits are off by 1.00",
        Flaw.REFUSES_ONE: "calls not accepted: 1, Error: Insufficient credits.",
        Flaw.HANGS_UP: "calls not accepted: 1, connection closed.",
    }

    with fake({5 + 2 * n: flaw for n, flaw in enumerate(found)}) as gateway:
        result = brief(gateway.address, "--users", "1")  # one connection keeps the calls in order

    assert result.exit_code == 1
    assert [text for text in found.values() if text not in result.stdout] == []


def test_a_run_of_which_nothing_with_a_budget_is_there_has_no_verdict(tmp_path: Path) -> None:
    limits = tmp_path / "limits.toml"
    others = [name for name in KNOWN if name != "knee"]
    limits.write_text("[default]\n" + "".join(f"{name} = false\n" for name in others))

    with fake() as gateway:
        result = brief(gateway.address, "--budgets", str(limits))

    assert result.exit_code == 3
    assert "none of the measures that have a budget is there" in result.stderr


def test_a_run_that_asks_for_no_reports_waits_for_none() -> None:
    with fake({}) as gateway:
        result = brief(gateway.address, "--report-every", "0", settle="500ms")

    assert result.exit_code == 0
    assert (
        "40 of 40 messages accepted in 40 calls, no delivery reports, as none was asked for" in result.stdout
    )


def test_where_every_message_is_an_order_of_its_own_each_flaw_is_named_without_reports(
    tmp_path: Path,
) -> None:
    found = {
        Flaw.FORGETS_A_MESSAGE: "1 accepted, but the target does not know it, first 417900000004",
        Flaw.NEVER_FINISHES: "1 known to the target, but without a final state, first 417900000006",
        Flaw.OVERCHARGES: "credits are off by 1.00",
        Flaw.REFUSES_ONE: "calls not accepted: 1, error 2",
    }

    with fake({5 + 2 * n: flaw for n, flaw in enumerate(found)}, netoxygen) as gateway:
        arguments = ("--users", "1", "--recipients", "2", "--numbers", "4179", "--out", str(tmp_path))
        result = brief(gateway.address, *arguments, scenario="netoxygen", settle="500ms")

    verdict = json.loads((tmp_path / "verdict.json").read_text("utf-8"))
    assert result.exit_code == 1
    assert [text for text in found.values() if text not in result.stdout] == []
    assert "39 of 40 messages accepted in 19 calls, no delivery reports" in result.stdout
    assert verdict["messages"] == {"accepted": 39, "receipts": None}
    assert verdict["findings"].keys() == {"missing", "unfinished", "stored_twice", "stray", "contradicted"}


def test_where_the_bill_counts_messages_its_count_and_its_sum_must_be_right() -> None:
    found = {
        Flaw.FORGETS_A_MESSAGE: "1 accepted, but the target does not know it, first 4915100000004 in 5",
        Flaw.OVERCHARGES: "credits are off by 0.05",
        Flaw.MISCOUNTS: "the count on the bill is off by 1",
        Flaw.REFUSES_ONE: "calls not accepted: 1, fault 950: Error in external API.",
    }

    with fake({5 + 2 * n: flaw for n, flaw in enumerate(found)}, iro, price="0.05") as gateway:
        arguments = ("--users", "1", "--price", "0.05", "--numbers", "49151")
        result = brief(gateway.address, *arguments, scenario="iro-xmlrpc", settle="500ms")

    assert result.exit_code == 1
    assert [text for text in found.values() if text not in result.stdout] == []


def over_smpp(target: smsc.Fake, *more: str) -> Result:
    arguments = ("--target", f"smpp://{target.address}", "--rate", "40", "--for", "1s", "--settle", "500ms")
    return loaded(
        *arguments,
        *TIMELESS,
        *(*REAL, "--limit", "50"),
        *more,
        scenario="smpp-700",
    )


def test_an_smsc_alone_is_asked_over_smpp_and_tells_nothing_of_money(tmp_path: Path) -> None:
    with smsc.fake(most=90) as target:
        result = over_smpp(target, "--out", str(tmp_path))

    verdict = json.loads((tmp_path / "verdict.json").read_text("utf-8"))
    assert result.exit_code == 0, result.output
    assert verdict["messages"] == {"accepted": 90, "receipts": 90}
    assert (verdict["credits_off"], verdict["measures"]["credits_off"]) == (None, None)
    assert verdict["measures"]["throttled"] == 1
    assert "secret" not in result.output + (tmp_path / "report.html").read_text("utf-8") + str(verdict)


def test_an_smsc_that_is_not_there_or_lets_nobody_in_is_named_before_anything_is_sent() -> None:
    with smsc.fake(bind=0x0E) as target:
        stranger = over_smpp(target)
    absent = over_smpp(target)

    assert stranger.exit_code == absent.exit_code == 3
    assert "grants no bind" in stranger.stderr
    assert "cannot be reached: Connection refused" in absent.stderr


def test_an_smsc_with_flaws_fails_and_each_is_named() -> None:
    found = {
        smsc.Flaw.REFUSES: "calls not accepted: 1, ESME_RSUBMITFAIL",
        smsc.Flaw.FORGETS_A_RECEIPT: "2 accepted, but no delivery report came, first 306900000006",
        smsc.Flaw.MISNAMES_A_RECEIPT: "held or reported by the target, but never sent, first 306900000008",
        smsc.Flaw.HANGS_UP: "calls not accepted: 1, the other side hung up",
    }

    with smsc.fake({5 + 2 * n: flaw for n, flaw in enumerate(found)}) as target:
        result = over_smpp(target, "--window", "1")

    assert result.exit_code == 1
    assert [text for text in found.values() if text not in result.stdout] == []
    assert "over_limit                 1  at most 0       EXCEEDED" in result.stdout  # all of the burst


def test_a_stall_is_charged_to_every_call_that_had_to_wait(tmp_path: Path) -> None:
    with fake({5: Flaw.STALLS}) as gateway:
        brief(gateway.address, "--users", "1", "--out", str(tmp_path))

    verdict = json.loads((tmp_path / "verdict.json").read_text("utf-8"))
    assert verdict["messages"]["accepted"] == 40
    assert verdict["measures"]["p50_ms"] > 200


def test_a_ramp_ends_at_the_first_step_that_the_target_does_not_keep_up_with(tmp_path: Path) -> None:
    limits = tmp_path / "limits.toml"
    limits.write_text(
        "[default]\np99_ms = { at_most = 500 }\nknee = { at_least = 10 }\n"
        "achieved = false\np50_ms = false\np95_ms = false\nreceipt_p99_ms = false\n"
    )
    order = ("--shape", "ramp", "--rate", "100", "--for", "4s", "--users", "1", "--settle", "3s")

    with fake({8: Flaw.STALLS}) as gateway:  # the second of ten steps has the calls 5 to 12
        result = loaded(
            "--target", gateway.address, *REAL, *order, "--budgets", str(limits), "--out", str(tmp_path)
        )

    verdict = json.loads((tmp_path / "verdict.json").read_text("utf-8"))
    assert result.exit_code == 0, result.output
    assert verdict["measures"]["knee"] == 10
    assert [stage["held"] for stage in verdict["stages"]][:2] == [True, False]
    assert (
        verdict["messages"]["accepted"]
        == verdict["messages"]["receipts"]
        < verdict["plan"]["messages"]
        == 220
    )
    assert "  the knee is at 10 messages/s" in result.stdout
