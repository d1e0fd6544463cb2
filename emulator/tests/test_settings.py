"""Worlds and outcomes as files: read strictly, and refused with the place and what to do."""

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from emulator import settings
from emulator.core.credits import Tariff
from emulator.core.model import Account, Limits
from emulator.providers.isms.quirks import Quirks
from emulator.settings import Misconfigured
from emulator.tests.samples import NINE, second

WORLD = """
[[accounts.isms]]
login = "shop"
password = "s3cret"
credit = 12.5
overdraft = 3
senders = ["Shop", "Καφές"]
submits_per_second = 10
attributes = { colour = "blue" }

[tariffs.isms]
sms = 0.07
prefixes = { 357 = 1.50 }

[quirks.isms]
contact_ok = "ascii"
"""


TWINS = """
[[accounts.iro]]
login = "one"
key = "k"

[[accounts.iro]]
login = "two"
key = "k"
"""


def world(folder: Path, text: str) -> settings.WorldFile:
    path = folder / "world.toml"
    path.write_text(text, "utf-8")
    return settings.world(path)


def test_the_default_world_has_a_customer_with_credit_and_one_without() -> None:
    ours = [account for account in settings.accounts(settings.world()) if account.provider == "isms"]

    assert ours == [
        Account(provider="isms", login="demo", password="demo", credit=Decimal("3948.47")),
        Account(provider="isms", login="empty", password="empty", credit=Decimal(0)),
    ]
    assert settings.tariffs(settings.world())["isms"] == Tariff(sms=Decimal("1.00"), lookup=Decimal("0.10"))


def test_a_world_is_read_with_everything_it_may_say(tmp_path: Path) -> None:
    read = world(tmp_path, WORLD)

    assert settings.accounts(read) == [
        Account(
            provider="isms",
            login="shop",
            password="s3cret",
            credit=Decimal("12.5"),
            overdraft=Decimal(3),
            senders=("Shop", "Καφές"),
            limits=Limits(submits_per_second=10),
            attributes={"colour": "blue"},
        )
    ]
    assert settings.tariffs(read) == {
        "isms": Tariff(sms=Decimal("0.07"), lookup=Decimal("0.10"), prefixes={"357": Decimal("1.5")})
    }
    assert read.quirks == {"isms": {"contact_ok": "ascii"}}


def test_a_customer_may_have_a_key_and_no_end_of_credit(tmp_path: Path) -> None:
    read = world(tmp_path, "[[accounts.iro]]\nlogin = 'x'\nkey = 'k'\ncredit = inf")

    assert settings.accounts(read) == [Account(provider="iro", login="x", key="k", credit=None)]


def test_a_route_may_have_its_price(tmp_path: Path) -> None:
    read = world(tmp_path, "[tariffs.iro.routes]\nsmtp = 0.01")

    assert settings.tariffs(read) == {"iro": Tariff(routes={"smtp": Decimal("0.01")})}


def test_an_empty_world_is_one(tmp_path: Path) -> None:
    assert settings.accounts(world(tmp_path, "")) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[accounts.isms]]\nlogin = 'x'", "x needs a password or a key - at `$.accounts[...][0]`"),
        ("[[accounts.isms]]\npassword = 'x'", "missing required field `login`"),
        (TWINS, "accounts.iro: two have the same key"),
        ("[[accounts.isms]]\nlogin = 'x'\npassword = 'x'\ncolour = 'blue'", "unknown field `colour`"),
        ("[[accounts.isms]]\nlogin = 'x'\npassword = 'x'\ncredit = 'much'", "$.accounts[...][0].credit"),
        ("[[accounts.isms]]\nlogin = 'x'\npassword = 'x'\ncredit = nan", "credit NaN: write an amount"),
        ("[[accounts.isms]]\nlogin = 'x'\npassword = 'x'\ncredit = -1e13", "credit -10000000000000.0: write"),
        ("[[accounts.isms]]\nlogin = 'x'\npassword = 'x'\noverdraft = -1", "overdraft -1: write an amount"),
        ("[tariffs.isms]\nsms = true", "$.tariffs[...].sms"),
        ("[tariffs.isms]\nsms = inf", "sms Infinity: write an amount from 0 to 1000000000000"),
        ("[tariffs.isms]\nlookup = 1e13", "lookup 10000000000000.0: write an amount"),
        ("[tariffs.isms]\nprefixes = { 357 = -0.5 }", "357 -0.5: write an amount"),
        ("[tariffs.iro]\nroutes = { smtp = nan }", "smtp NaN: write an amount"),
        ("accounts = 1", "$.accounts"),
        ("x = ", "Invalid value (at end of document)"),
    ],
)
def test_a_world_that_cannot_be_obeyed_is_refused_with_its_place(
    text: str, says: str, tmp_path: Path
) -> None:
    with pytest.raises(Misconfigured) as refusal:
        world(tmp_path, text)

    assert str(refusal.value).startswith(f"{tmp_path / 'world.toml'}: ")
    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_world_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"nowhere\.toml: no such file$"):
        settings.world(tmp_path / "nowhere.toml")


def test_a_world_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "world.toml").write_bytes(b"\xff\xfe")

    with pytest.raises(Misconfigured):
        settings.world(tmp_path / "world.toml")


def test_switches_are_put_as_a_world_says() -> None:
    turned = settings.switched(
        Quirks(), {"contact_ok": "ascii", "report_retries": [2], "accept_post": False}, "isms"
    )

    assert turned == Quirks(contact_ok="ascii", report_retries=(2,), accept_post=False)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"colour": "blue"}, "quirks.isms: no switch 'colour'; there are accept_post, error_status, "),
        (
            {"contact_ok": "maybe"},
            "quirks.isms: Invalid enum value 'maybe' - at `$.contact_ok`; there are ascii, document",
        ),
        ({"report_retries": [1, "x"]}, "quirks.isms: Expected `int`, got `str` - at `$.report_retries[1]`"),
        ({"report_fields": ["mid"]}, "quirks.isms: Expected `array` of length 4"),
        ({"accept_post": 1}, "quirks.isms: Expected `bool`, got `int` - at `$.accept_post`"),
        ({"zone": "Europe/Nowhere"}, "quirks.isms: zone 'Europe/Nowhere': write a name like Europe/Athens"),
        ({"zone": "/etc/passwd"}, "quirks.isms: zone '/etc/passwd': write a name like Europe/Athens"),
        ({"zone": ""}, "quirks.isms: zone '': write a name like Europe/Athens"),
        ({"report_retries": [-1]}, "quirks.isms: report_retries (-1,): write minutes from 1 to 527040"),
        ({"error_status": 99}, "quirks.isms: error_status 99: write an HTTP status from 200 to 599"),
        ({"content_type": "a\r\nb: c"}, "quirks.isms: content_type 'a\\r\\nb: c': write a media type"),
        ({"fewest_digits": 16}, "quirks.isms: fewest_digits 16: write 1 to most_digits, 15"),
        ({"validity_hours": 0}, "quirks.isms: validity_hours 0: write 1 to 8784"),
        ({"smpp_binds": 0}, "quirks.isms: smpp_binds 0: write 1 to 2147483647"),
        (
            {"smpp_response": 0.0},
            "quirks.isms: smpp_response 0.0: write seconds, more than none and at most 2147483647",
        ),
        ({"validity_hours": 10**12}, "quirks.isms: validity_hours 1000000000000: write 1 to 8784"),
    ],
)
def test_a_switch_that_cannot_be_put_so_is_refused(changes: dict[str, object], says: str) -> None:
    with pytest.raises(Misconfigured) as refusal:
        settings.switched(Quirks(), changes, "isms")

    assert str(refusal.value).startswith(says)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-02T09:00:00Z", NINE),
        ("2026-03-02T09:00:00", NINE),
        ("2026-03-02 09:00", NINE),
        ("2026-03-02T11:00:00+02:00", NINE),
        ("20260302T090000.25Z", second(0.25)),
        ("2026-03-02", second(-9 * 3600)),
    ],
)
def test_a_moment_is_utc_unless_it_says_otherwise(text: str, moment: datetime) -> None:
    assert settings.moment(text) == moment
    assert settings.moment(text).utcoffset() == timedelta()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "'' is no moment: write 2026-03-02T09:00:00Z"),
        ("now", "'now' is no moment: write 2026-03-02T09:00:00Z"),
        ("2026-02-30", "'2026-02-30' is no moment: write 2026-03-02T09:00:00Z"),
        ("0001-01-01T00:00:00+01:00", "'0001-01-01T00:00:00+01:00' is no moment: write 2026-03-02T09:00:00Z"),
        ("1969-12-31T23:59:59Z", "'1969-12-31T23:59:59Z' is beyond all clocks: they go from 1970 to 9000"),
        ("9000-01-01T00:00:01Z", "'9000-01-01T00:00:01Z' is beyond all clocks: they go from 1970 to 9000"),
    ],
)
def test_other_moments_are_refused(text: str, says: str) -> None:
    with pytest.raises(Misconfigured) as refusal:
        settings.moment(text)

    assert str(refusal.value) == says


@pytest.mark.parametrize("text", ["1970-01-01T00:00:00Z", "9000-01-01T00:00:00Z"])
def test_the_ends_of_all_clocks_are_moments(text: str) -> None:
    assert f"{settings.moment(text):%Y-%m-%dT%H:%M:%SZ}" == text


def test_an_outcome_counts_its_steps_in_seconds() -> None:
    row = settings.OutcomeFile(name="odd", steps=[settings.StepFile(after=0.25, status="delivered")])  # type: ignore[arg-type]

    assert settings.outcome(row).steps[0].after == timedelta(milliseconds=250)
