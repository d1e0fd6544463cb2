"""The plugin in other people's suites, and its care about ids."""

import pytest

from conformance.record import read

pytest_plugins = "pytester"

OURS = ("-p", "no:locust", "-p", "no:cacheprovider")


def test_a_suite_with_marks_of_its_own_is_left_alone(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.requirement("REQ-1")
        def test_theirs(): pass

        def test_plain(): pass
        """
    )

    pytester.runpytest(*OURS).assert_outcomes(passed=2)


def test_a_known_requirement_lands_in_the_report_of_any_suite(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        from conformance.requirement import requirement

        @requirement("isms/credits/reply", "isms/send/reply")
        def test_theirs(): pass
        """
    )

    pytester.runpytest(*OURS, "--junitxml=junit.xml").assert_outcomes(passed=1)

    xml = (pytester.path / "junit.xml").read_text()
    assert '<property name="requirement" value="isms/credits/reply" />' in xml
    assert '<property name="requirement" value="isms/send/reply" />' in xml


def test_a_slip_in_an_id_stops_the_collection(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        from conformance.requirement import requirement

        @requirement("isms/credits/rep1y")
        def test_theirs(): pass
        """
    )

    result = pytester.runpytest(*OURS)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*unknown requirement 'isms/credits/rep1y'"])


def test_other_suites_do_not_pay_for_the_plugin(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_plain():
            loaded = sorted(name for name in sys.modules if name.startswith(("conformance", "emulator")))
            assert loaded == ["conformance", "conformance.plugin"]
        """
    )

    pytester.runpytest_subprocess(
        *OURS, "--disable-plugin-autoload", "-p", "conformance.plugin"
    ).assert_outcomes(passed=1)


def test_checks_run_and_are_recorded_under_plain_pytest(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_subprocess(
        *OURS,
        "--pyargs",
        "conformance.checks",
        "--smslab-only=isms/credits/reply",
        "--smslab-record=out/run.jsonl",
    )

    assert result.ret == pytest.ExitCode.OK
    run = read(pytester.path / "out" / "run.jsonl")
    assert [(row.id, row.verdict) for row in run.verdicts] == [("isms/credits/reply", "met")]
    assert run.header.target == "self"
