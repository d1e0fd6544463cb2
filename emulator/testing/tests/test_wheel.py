"""What is installed from a wheel works, also where folders lie about that have the names of ours."""

import os
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from emulator.testing.tests.starting import ran

ROOT = Path(__file__).parents[3]

WHEEL = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"][
    "wheel"
]

FOREIGN = {
    "specs/isms.toml": "[broken",
    "specs/__init__.py": "raise ImportError",
    "fixtures/outcomes.toml": "[broken",
    "fixtures/worlds/default.toml": "[broken",
    "fixtures/__init__.py": "raise ImportError",
    "tests/__init__.py": "",
    "tests/test_shop.py": """
import sys
from urllib.request import urlopen

def test_theirs(smslab_space, smslab_outbox, smslab_clock):
    letter = "username=demo&password=demo&from=x&to=306912345678&message=Hello"
    urlopen(smslab_space.address("isms") + "/send.php?" + letter).close()
    smslab_clock.advance(3)
    assert smslab_outbox.one().status == "delivered"
    strays = [name for name in sys.modules if name.startswith(("emulator.tests", "conformance.tests"))]
    assert strays == []
""",
}
"""A project that has nothing to do with ours."""

SCRIPT = """
import pytest
from emulator import __main__, settings
from conformance import places

assert {root} == str(settings.fixtures().parents[2]) == str(places.specs().parents[2])

def run(*arguments):
    try:
        __main__.main(arguments)
    except SystemExit as ended:
        return ended.code

only = ["--only", "isms/send/reply", "--only", "smpp34/link/enquire-answered"]
assert run("check", "self", *only, "--jobs", "1", "--out", "out") == 0
assert run("report", "out/run.jsonl", "--out", "again") == 0
assert pytest.main(["-q", "-p", "no:cacheprovider", "-p", "emulator.testing.plugin", "tests"]) == 0
"""


def shipped() -> Iterator[tuple[str, Path]]:
    """What a wheel has, and where that comes from."""
    for package in WHEEL["packages"]:
        yield from ((str(path.relative_to(ROOT)), path) for path in files(ROOT / package))
    for source, place in WHEEL["force-include"].items():
        yield from ((f"{place}/{path.relative_to(ROOT / source)}", path) for path in files(ROOT / source))


def files(root: Path) -> Iterator[Path]:
    left_out = {"__pycache__", *WHEEL["exclude"]}
    found = root.rglob("*") if root.is_dir() else [root]
    yield from (one for one in found if one.is_file() and not left_out & set(one.relative_to(ROOT).parts))


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Links to all that a wheel has."""
    root = tmp_path_factory.mktemp("installed")
    for name, path in shipped():
        link = root / name.removesuffix("/.")
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(path)
    return root


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    for name, text in FOREIGN.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def test_it_serves_checks_reports_and_offers_its_fixtures(installed: Path, project: Path) -> None:
    alone = {**os.environ, "PYTHONPATH": str(installed), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    script = SCRIPT.format(root=repr(str(installed)))

    run = ran("-c", script, env=alone, cwd=project)

    assert run.returncode == 0, run.stdout + run.stderr
    assert (project / "again" / "report.html").is_file()


def test_tests_stay_at_home() -> None:
    strays = [name for name, _ in shipped() if fnmatchcase(name, "*tests/test_*")]

    assert strays == []
