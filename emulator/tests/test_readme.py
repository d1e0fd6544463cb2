"""The README is held to the code: its tables are generated, its commands exist, its first SMS works."""

import doctest
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


def test_its_other_dialects_answer_what_it_prints() -> None:
    """One after the other on one emulator, as a reader tries them."""
    sample = re.search(r"(/api/http/send\.php\?[^']+)'", README)
    python = re.search(r"```pycon\n(.+?)```", README, re.DOTALL)
    asked = re.findall(r"\$ curl 'http://127\.0\.0\.1:8000(/jsonp?/[^']+)'\n(.+)\n", README)

    assert sample is not None
    assert python is not None
    assert len(asked) == 3
    with running(clock="2026-03-02T09:00:00Z", rate=0) as emulator:
        urllib.request.urlopen(emulator.http + sample[1]).close()
        written = python[1].replace("http://127.0.0.1:8000", emulator.http)
        shown = doctest.DocTestParser().get_doctest(written, {}, "README", None, None)
        assert doctest.DocTestRunner().run(shown, clear_globs=False).failed == 0
        for proxy in (shown.globs["netoxygen"], shown.globs["iro"]):
            proxy("close")()
        later = b'{"seconds": 5}'
        urllib.request.urlopen(f"{emulator.http}/_emulator/clock/advance", data=later).close()
        for path, answer in asked:
            assert urllib.request.urlopen(emulator.http + path).read().decode() == answer


def test_its_recipes_are_obeyed() -> None:
    """Every call of the control API, in their order; waiting takes the time it says, and is left out."""
    asked = re.findall(
        r"""^curl (?:-X (\w+) +)?"?\$SMSLAB_URL(/_emulator/[\w/@.-]+)"?(?: -d '([^']+)')?(?: *#.*)?$""",
        README,
        re.M,
    )

    assert len(asked) > 10
    with running(clock="2026-03-02T09:00:00Z", rate=0) as emulator:
        for method, path, body in asked:
            request = urllib.request.Request(
                emulator.http + path, body.encode() or None, method=method or "GET"
            )
            assert urllib.request.urlopen(request).status < 300


def test_every_provider_that_is_there_is_named() -> None:
    assert [provider.title for provider in PROVIDERS if provider.title not in README] == []
