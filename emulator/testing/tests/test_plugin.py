"""The plugin in suites of others: it costs nothing unasked, and tells what went on in a space."""

import os
from importlib import import_module
from pathlib import Path

import pytest

from emulator import testing
from emulator.testing import plugin
from emulator.testing.emulator import running  # kept loaded: runs within this process need not load it again
from emulator.testing.tests.starting import ran

pytest_plugins = "pytester"

ROOT = Path(__file__).parents[3]

PLAIN = ("-p", "no:cacheprovider", "--disable-plugin-autoload", "-p", "emulator.testing.plugin")

ALONE = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "-p emulator.testing.plugin"}


def test_a_suite_without_our_fixtures_loads_nothing_of_ours(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_plain():
            roots = {name.partition(".")[0] for name in sys.modules}
            ours = {name for name in sys.modules if name.partition(".")[0] == "emulator"}
            assert ours == {"emulator", "emulator.testing", "emulator.testing.plugin"}
            assert not roots & {"conformance", "msgspec", "flask", "spyne"}
        """
    )

    run = ran("-m", "pytest", "-q", env=ALONE)

    assert run.returncode == 0, run.stdout


def test_all_that_the_plugin_offers_begins_with_its_name_and_says_what_it_is(
    pytester: pytest.Pytester,
) -> None:
    result = pytester.runpytest(*PLAIN, "--fixtures", "-v")

    shown = "\n".join(result.outlines)
    _, _, ours = shown.partition("fixtures defined from emulator.testing.plugin")
    names = [name for name, value in vars(plugin).items() if "FixtureFunctionDefinition" in repr(type(value))]
    assert len(names) == 10
    for name in names:
        assert name.startswith("smslab_")
        assert name in ours
    assert "no docstring available" not in ours.partition("\n---")[0]


def test_a_failure_shows_what_went_on_in_its_space(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        from emulator.testing.tests.calling import sent

        def test_theirs(smslab_space, smslab_outbox):
            sent(smslab_space, message="Hi")
            assert smslab_outbox.one().status == "delivered"
        """
    )

    result = pytester.runpytest(*PLAIN)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*- smslab space ???????? -*",
            "clock: 2026-03-02T09:00:00Z, rate 0",
            "exchanges:",
            "  GET /api/http/send.php?*&password=[*][*][*]&*&message=Hi -> 200 'ID:4A7VHAUVVF'",
            "messages:",
            "  #1 isms/demo smslab -> 306912345678 'Hi' queued",
        ]
    )


def test_a_slip_in_a_mark_is_told(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.smslab(speed=2)
        def test_theirs(smslab_space): pass
        """
    )

    result = pytester.runpytest(*PLAIN)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["mark smslab: no 'speed'; there are seed, clock, rate, profiles, quirks"])


def test_an_application_finds_its_space_in_the_environment(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import os

        def test_inside(smslab_env, smslab_space):
            assert os.environ["SMSLAB_URL"] == smslab_space.url
            assert os.environ["SMSLAB_ISMS_URL"] == smslab_space.url + "/api/http"

        def test_outside():
            assert "SMSLAB_ISMS_URL" not in os.environ
        """
    )

    pytester.runpytest(*PLAIN).assert_outcomes(passed=2)


def test_a_suite_can_bring_a_world_of_its_own(pytester: pytest.Pytester) -> None:
    pytester.makefile(".toml", world='[[accounts.iro]]\nlogin = "shop"\nkey = "shop-key"\n')
    pytester.makeconftest(
        """
        import pytest
        from pathlib import Path

        @pytest.fixture(scope="session")
        def smslab_world():
            return Path(__file__).with_name("world.toml")
        """
    )
    pytester.makepyfile(
        """
        def test_theirs(smslab_accounts):
            assert [one.login for one in smslab_accounts] == ["shop"]
        """
    )

    pytester.runpytest(*PLAIN).assert_outcomes(passed=1)


def test_the_example_works() -> None:
    run = ran("-m", "pytest", "-q", *PLAIN, env=ALONE, cwd=ROOT / "fixtures" / "example")

    assert (run.returncode, "17 passed" in run.stdout) == (0, True), run.stdout


def test_every_public_name_is_found_where_it_is_said_to_be() -> None:
    assert testing.running is running
    assert "Space" in dir(testing)
    for name, home in testing.HOMES.items():
        assert getattr(testing, name) is getattr(import_module(f"emulator.testing.{home}"), name)
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        testing.Nothing  # noqa: B018
