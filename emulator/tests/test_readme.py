"""The README is held to the code: its tables are generated, its commands exist, its first SMS works."""

import re
import runpy
import urllib.request
from pathlib import Path

from emulator.__main__ import COMMANDS
from emulator.app import running
from emulator.providers import PROVIDERS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_tables_are_those_the_code_gives() -> None:
    """After a change: make tables."""
    filled = runpy.run_path(str(ROOT / "fixtures" / "make_readme_tables.py"))["filled"]

    assert filled(README) == README


def test_every_command_it_names_exists() -> None:
    named = set(re.findall(r"^(?:\$ )?smslab ([a-z]+)", README, flags=re.M))

    assert named <= set(COMMANDS)
    assert {"exec", "check", "load"} <= named


def test_its_first_sms_is_answered_with_the_identifier_it_prints() -> None:
    sample = re.search(r"curl 'http://127\.0\.0\.1:8000(/api/http/send\.php\?[^']+)'\n(ID:\w+)\n", README)

    assert sample is not None
    with running() as emulator:
        assert urllib.request.urlopen(emulator.http + sample[1]).read().decode() == sample[2]


def test_every_provider_that_is_there_is_named() -> None:
    assert [provider.title for provider in PROVIDERS if provider.title not in README] == []
