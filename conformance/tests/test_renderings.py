"""Every rendering is a function of the record, shown on a small one that has every verdict."""

import base64
import json
import subprocess
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest

from conformance.record import Run, read
from conformance.renderings.summary import counts, sentence
from conformance.report import RENDERINGS, rendered
from conformance.verdict import Verdict

RECORDS = Path(__file__).parent / "records"
VOID = {"meta", "input", "br", "link", "img", "col"}


@pytest.fixture(scope="module")
def small() -> Run:
    return read(RECORDS / "small.jsonl")


class Page(HTMLParser):
    """Reads a page and complains about tags that do not match."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def rows(self) -> Iterator[dict[str, str | None]]:
        return (attributes for _, attributes in self.tags if attributes.get("class") in ("row", "entry"))

    def evidence(self) -> Any:
        """What stands behind the rows, unpacked as the script does it."""
        start = next(text for text in self.text if text.startswith("eN"))
        return json.loads(zlib.decompress(base64.b64decode(start)))


@pytest.fixture(scope="module")
def page(small: Run) -> Page:
    return Page(RENDERINGS["report.html"](small))


def test_the_record_has_every_verdict(small: Run) -> None:
    assert set(counts(small.verdicts)) == set(Verdict)


@pytest.fixture(scope="module")
def smpp() -> Run:
    return read(RECORDS / "smpp.jsonl")


@pytest.mark.parametrize("name", ["junit.xml", "report.md", "ctrf.json"])
def test_a_rendering_is_what_it_was(small: Run, name: str) -> None:
    assert RENDERINGS[name](small) == (RECORDS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "lacking"), [("small", {"smpp34-pics.md"}), ("smpp", set())])
def test_all_renderings_that_say_something_are_written(name: str, lacking: set[str], tmp_path: Path) -> None:
    paths = rendered(read(RECORDS / f"{name}.jsonl"), tmp_path / "new" / "folder")

    assert {path.name for path in paths} == RENDERINGS.keys() - lacking
    assert all(path.stat().st_size for path in paths)


def test_the_page_is_well_formed_and_needs_nothing_from_elsewhere(page: Page) -> None:
    leading = [
        value or "" for _, attributes in page.tags for key, value in attributes.items() if key == "href"
    ]

    assert page.open == []
    assert [tag for tag, attributes in page.tags if tag == "link" or "src" in attributes] == []
    assert leading == ["#isms/send/no-credit", "#isms/hlr/ok"]


def test_the_page_has_a_row_for_every_requirement_with_what_it_is_filtered_by(page: Page, small: Run) -> None:
    found = [(row["id"], row["data-verdict"], row["data-origin"], row["data-level"]) for row in page.rows()]

    assert sorted(found, key=str) == sorted(
        [(row.id, row.verdict, row.origin, row.level) for row in small.verdicts], key=str
    )


def test_the_page_has_every_exchange_with_a_line_to_copy(page: Page, small: Run) -> None:
    evidence = page.evidence()
    exchanges = [one for check in evidence["checks"][0] for one in check[2][5]]
    lines = [evidence["texts"][copied] for _, _, _, _, copied, _, _ in exchanges]

    assert len(exchanges) == sum(len(check.exchanges) for check in small.checks)
    assert (
        sum(line.startswith("curl -sSi 'http://gateway.example:8000/api/http/send.php?") for line in lines)
        == 4
    )
    assert r"printf 'GET /api/http/send.php?to=\377 HTTP/1.1\r\n\r\n' | nc gateway.example 8000" in lines
    assert [lines[number] for number, one in enumerate(exchanges) if one[0] == "subject"] == [""]
    assert any("status=ΟΚ" in text for text in evidence["texts"])


def test_the_page_leads_from_a_row_to_its_checks(page: Page, small: Run) -> None:
    evidence = page.evidence()

    for row in small.verdicts:
        _, _, [[verdict, _, _, _, numbers]] = evidence["rows"][row.id]
        assert verdict == row.verdict
        assert tuple(evidence["checks"][0][number][0] for number in numbers) == row.checks


def test_a_page_of_thousands_stays_small(small: Run) -> None:
    check, row = small.checks[0], small.verdicts[0]
    said = check.exchanges[0]
    every = [msgspec.structs.replace(said, request=f"GET /~space-{n}/ HTTP/1.1\r\n\r\n") for n in range(1800)]
    checks = tuple(
        msgspec.structs.replace(check, id=f"c{number}", exchanges=(one,)) for number, one in enumerate(every)
    )
    rows = tuple(
        msgspec.structs.replace(row, id=f"isms/area-{number // 15}/row-{number}", checks=(f"c{number}",))
        for number in range(1800)
    )

    page = RENDERINGS["report.html"](msgspec.structs.replace(small, checks=checks, verdicts=rows))

    assert len(page) < 1_000_000


def test_the_script_of_the_page_is_javascript(small: Run, tmp_path: Path) -> None:
    page = RENDERINGS["report.html"](small)
    path = tmp_path / "page.js"
    path.write_text(page.rpartition("<script>")[2].partition("</script>")[0], encoding="utf-8")

    try:
        done = subprocess.run(["node", "--check", path], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("needs Node.js; .ci/run installs it where it may")

    assert (done.returncode, done.stderr) == (0, "")


def test_the_page_keeps_a_text_once(small: Run) -> None:
    again = tuple(
        msgspec.structs.replace(check, id=f"{check.id}-{n}") for n in range(9) for check in small.checks
    )

    texts = Page(RENDERINGS["report.html"](msgspec.structs.replace(small, checks=again))).evidence()["texts"]

    assert sorted(texts) == sorted({*Page(RENDERINGS["report.html"](small)).evidence()["texts"]})


def test_the_page_shows_smpp_as_octets_with_their_header_read(smpp: Run) -> None:
    texts = Page(RENDERINGS["report.html"](smpp)).evidence()["texts"]

    assert (
        "submit_sm_resp, RINVMSGLEN, sequence 2, 16 octets\n"
        "0000  00 00 00 10 80 00 00 04  00 00 00 01 00 00 00 02  ................"
    ) in texts


def test_the_page_shows_what_came_when_a_check_was_made_again(smpp: Run) -> None:
    evidence = Page(RENDERINGS["report.html"](smpp)).evidence()

    flaky = {row for row, (_, _, [judged]) in evidence["rows"].items() if judged[1]}
    [again] = [check[3] for check in evidence["checks"][0] if check[3]]
    assert flaky == {"smpp34/submit/length-over"}
    assert (again[0], len(again[5])) == ("met", 4)


def test_what_the_target_says_cannot_break_the_page(small: Run) -> None:
    evil = "</script><script>alert(1)</script>"
    check = msgspec.structs.replace(small.checks[0], reason=evil, actual=evil, accepted=(evil,), title=evil)
    row = msgspec.structs.replace(small.verdicts[0], reason=evil, means=evil, at=evil)
    run = msgspec.structs.replace(small, checks=(check,), verdicts=(row,))

    scripts = [tag for tag, _ in Page(RENDERINGS["report.html"](run)).tags if tag == "script"]

    assert scripts == ["script", "script"]


def test_what_xml_cannot_hold_is_replaced(small: Run) -> None:
    row = msgspec.structs.replace(small.verdicts[1], reason="came '\x00\x1b\ufffe'")
    run = msgspec.structs.replace(small, verdicts=(row,))

    tree = ElementTree.fromstring(RENDERINGS["junit.xml"](run))

    failure = tree.find("testsuite/testcase/failure")
    assert failure is not None
    assert failure.get("message") == "failed: came '\ufffd\ufffd\ufffd'"


def test_counts_add_up_in_junit(small: Run) -> None:
    tree = ElementTree.fromstring(RENDERINGS["junit.xml"](small))

    for name, tag in (
        ("tests", "testcase"),
        ("failures", "failure"),
        ("errors", "error"),
        ("skipped", "skipped"),
    ):
        assert sum(int(suite.get(name, "")) for suite in tree) == len(tree.findall(f".//{tag}"))
        assert name == "skipped" or int(tree.get(name, "")) == len(tree.findall(f".//{tag}"))


def test_the_sentence_counts_worst_first(small: Run) -> None:
    assert sentence(small.verdicts[:3]) == "3 requirements: 1 failed, 1 unsupported, 1 met"
    assert sentence(small.verdicts[:1]) == "1 requirement: 1 met"
