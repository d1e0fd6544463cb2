"""The README is held to the code: its tables are generated, its commands exist, its first SMS works."""

import doctest
import re
import runpy
import shlex
import urllib.request
from argparse import ArgumentParser
from pathlib import Path

from emulator.__main__ import COMMANDS
from emulator.app import running
from emulator.providers import PROVIDERS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


PAGES = (ROOT / "README.md", *ROOT.glob("*/README.md"))

CURL = ArgumentParser()
CURL.add_argument("url")
CURL.add_argument("-X", dest="method")
CURL.add_argument("-H", dest="headers", action="append", default=[])
CURL.add_argument("-d", dest="data")
CURL.add_argument("-gi", "-g", "-i", action="store_true")

VARIABLES = {"$auth": "Authorization: Bearer demo-ip1", "$json": "Content-Type: application/json"}

LATER = """curl $SMSLAB_URL/_emulator/clock/advance -d '{"seconds": 5}'"""


def anchors(page: str) -> set[str]:
    """What a heading can be linked by."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", page, flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def shown() -> list[tuple[str, str]]:
    """The commands at prompts, and what is printed below each."""
    blocks = re.findall(r"^```console\n(.+?)^```", README, re.DOTALL | re.MULTILINE)
    parts = [part for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    split = [re.fullmatch(r"(.+?)\n(?! {4})(.*)", part, re.DOTALL) for part in parts]
    return [(found[1], found[2].rstrip("\n")) for found in split if found]


def curled(command: str, address: str) -> str:
    """What that line prints, several answers one after the other. Raises HTTPError where curl would go on."""
    for name, value in {"http://127.0.0.1:8000": address, "$SMSLAB_URL": address, **VARIABLES}.items():
        command = command.replace(name, value)
    given = CURL.parse_args(shlex.split(command.replace("\\\n", " "), comments=True)[1:])
    before, names, after = re.fullmatch(r"([^{]*)\{?([^}]*)\}?(.*)", given.url).groups()  # type: ignore[union-attr]
    answers = []
    for name in names.split(","):
        request = urllib.request.Request(before + name + after, method=given.method)
        for header in given.headers:
            request.add_header(*header.split(": ", 1))
        request.data = given.data.encode() if given.data else None
        answers.append(urllib.request.urlopen(request).read().decode())
    return "".join(answers)


def test_the_tables_are_those_the_code_gives() -> None:
    """After a change: make tables."""
    made = runpy.run_path(str(ROOT / "fixtures" / "make_readme_tables.py"))

    assert [
        page for page in PAGES if made["filled"](page.read_text("utf-8")) != page.read_text("utf-8")
    ] == []
    assert {*made["PAGES"]} == {page for page in PAGES if "<!-- table:" in page.read_text("utf-8")}


def test_every_link_leads_somewhere() -> None:
    known = {page: anchors(page.read_text("utf-8")) for page in PAGES}
    for page in PAGES:
        for path, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", page.read_text("utf-8")):
            target = (page.parent / path).resolve() if path else page
            assert target.exists(), (page, path)
            assert not anchor or anchor in known[target], (page, anchor)


def test_every_command_it_names_exists() -> None:
    named = set(re.findall(r"^(?:\$ )?smslab ([a-z]+)", README, flags=re.M))

    assert named <= set(COMMANDS)
    assert {"exec", "check", "load"} <= named


def test_its_first_sms_is_answered_with_the_identifier_it_prints() -> None:
    command, answer = next(one for one in shown() if "/send.php" in one[0])

    with running() as emulator:
        assert curled(command, emulator.http) == answer


def test_its_other_dialects_answer_what_it_prints() -> None:
    """One after the other on one emulator, as a reader tries them, who takes five seconds for each."""
    python = re.search(r"```pycon\n(.+?)```", README, re.DOTALL)
    first = next(command for command, _ in shown() if "/send.php" in command)
    asked = [one for one in shown() if re.search(r"/(jsonp?|v2|api/me|playsms)\b", one[0])]

    assert python is not None
    assert len(asked) == 9
    with running(clock="2026-03-02T09:00:00Z", rate=0) as emulator:
        curled(first, emulator.http)
        written = python[1].replace("http://127.0.0.1:8000", emulator.http)
        tried = doctest.DocTestParser().get_doctest(written, {}, "README", None, None)
        assert doctest.DocTestRunner().run(tried, clear_globs=False).failed == 0
        for proxy in (tried.globs["netoxygen"], tried.globs["iro"]):
            proxy("close")()
        for command, answer in asked:
            curled(LATER, emulator.http)
            said = curled(command, emulator.http).rstrip("\n")
            assert re.fullmatch(".*".join(map(re.escape, answer.split("…"))), said), said


def test_its_recipes_are_obeyed() -> None:
    """Every curl line, in their order, but for those to Kannel and those that wait as long as they say."""
    blocks = "\n".join(re.findall(r"^```sh\n(.+?)^```", README, re.DOTALL | re.MULTILINE))
    lines = [one for one in re.split(r"\n(?=\S)", blocks) if one.startswith("curl ")]
    asked = [one for one in lines if not re.search(r"/wait\?|:13013/", one)]

    assert len(asked) > 40
    with running(clock="2026-03-02T09:00:00Z", rate=0) as emulator:
        for command in asked:
            assert '"status":"ERR"' not in curled(command, emulator.http), command


def test_every_provider_that_is_there_is_named() -> None:
    assert [provider.title for provider in PROVIDERS if provider.title not in README] == []
